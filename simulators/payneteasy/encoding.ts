/** Percent-encoding, byte by byte, and forms. Payneteasy §4.1 and §5. */
const UNRESERVED = /^[A-Za-z0-9\-._~]$/;

export type Form = Readonly<Record<string, string>>;

export function encode(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return UNRESERVED.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** Decoded names and trimmed values of a form; undefined for what is no form, or names a field twice. */
export function readForm(text: string): Form | undefined {
  const fields = new Map<string, string>();
  for (const piece of text === '' ? [] : text.split('&')) {
    const split = piece.indexOf('=');
    if (split < 1) return undefined;
    const name = decode(piece.slice(0, split));
    const value = decode(piece.slice(split + 1));
    if (name === undefined || value === undefined || fields.has(name)) return undefined;
    fields.set(name, value.trim());
  }
  return Object.fromEntries(fields);
}

/** Undefined for what is not encoded properly. */
export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', '%20'));
  } catch {
    return undefined;
  }
}
