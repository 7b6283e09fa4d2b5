import type { Mark } from './marks.js';

/** Shorter ones stand somewhere by chance. */
const LEAST_BYTES = 5;

/** Every way in which a text may stand in a file: as it is, in groups, in JSON, in a URL, as hexadecimal or base64. */
export function spellingsOf({ text, secrecy }: Mark): readonly Buffer[] {
  const plain = new Set([text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)]);
  if (secrecy === 'card' && /^\d{12,}$/.test(text)) {
    for (const gap of [' ', '-']) plain.add(text.replace(/(\d{4})(?=\d)/g, `$1${gap}`));
  }
  const bytes = Buffer.from(text);
  const encoded = [bytes.toString('hex'), ...base64Of(bytes, 'base64'), ...base64Of(bytes, 'base64url')];
  return [...new Set([...plain, ...encoded, bytes.toString('hex').toUpperCase()])]
    .filter((spelling) => spelling.length >= LEAST_BYTES)
    .map((spelling) => Buffer.from(spelling));
}

/** As a part of something longer: at each of the three offsets, without the characters that its neighbours share. */
function base64Of(bytes: Buffer, encoding: 'base64' | 'base64url'): string[] {
  return [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const text = padded.toString(encoding).replaceAll('=', '');
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor((padded.length * 8) / 6);
    return text.slice(first, last);
  });
}
