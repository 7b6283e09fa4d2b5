import type { RawCallback } from '../port.js';

const MAX_BYTES = 8 * 1024;
const MAX_PARAMETERS = 60;
const MAX_NAME = 64;
const MAX_VALUE = 1024;

/**
 * The parameters of a callback (GET query) or of a final redirect (POST form), or why they are refused. Strict: what two
 * parsers could read differently is refused.
 */
export function callbackParameters(raw: RawCallback): ReadonlyMap<string, string> | string {
  const text = raw.method === 'GET' ? queryOf(raw.url) : Buffer.from(raw.body).toString('latin1');
  if (text.length > MAX_BYTES) return `the parameters are longer than ${MAX_BYTES} bytes`;
  if (!/^[\x21-\x7e]*$/.test(text)) return 'the parameters hold bytes that should be percent-encoded';
  const pieces = text === '' ? [] : text.split('&');
  if (pieces.length > MAX_PARAMETERS) return `there are more than ${MAX_PARAMETERS} parameters`;

  const parameters = new Map<string, string>();
  for (const piece of pieces) {
    const split = piece.indexOf('=');
    const name = decode(split < 0 ? piece : piece.slice(0, split));
    const value = decode(split < 0 ? '' : piece.slice(split + 1));
    if (name === undefined || value === undefined) return 'a parameter is not encoded properly';
    if (name === '' || name.length > MAX_NAME || value.length > MAX_VALUE) {
      return 'a parameter is empty or too long';
    }
    if (parameters.has(name)) return 'a parameter is there twice';
    parameters.set(name, value);
  }
  return parameters;
}

function queryOf(url: string): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start + 1);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
