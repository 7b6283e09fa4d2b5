import type { EightbConfig } from './config.js';

/** Decoded fields by their lower-case names. */
export type Fields = Readonly<Record<string, string>>;

const MAX_BYTES = 8 * 1024;
const MAX_FIELDS = 50;
const MAX_NAME = 64;
const MAX_VALUE = 1_024;

/** `application/x-www-form-urlencoded` (8b Disbursement §4), in the order of the fields. */
export function encodeForm(fields: Fields, { fieldCase }: Pick<EightbConfig, 'fieldCase'>): string {
  const named = Object.entries(fields).map(([name, value]): [string, string] => [
    fieldCase === 'upper' ? name.toUpperCase() : name,
    value,
  ]);
  return new URLSearchParams(named).toString();
}

/**
 * A form as it came, or why it is refused. Strict, since a hash covers decoded values: what two parsers could read
 * differently is refused. Names in capitals are the same names (§4 `fieldCase`).
 */
export function decodeForm(body: Uint8Array): Fields | string {
  if (body.length > MAX_BYTES) return `the form is longer than ${MAX_BYTES} bytes`;
  const text = Buffer.from(body).toString('latin1');
  if (!/^[\x21-\x7e]*$/.test(text)) return 'the form holds bytes that should be percent-encoded';
  const pieces = text === '' ? [] : text.split('&');
  if (pieces.length > MAX_FIELDS) return `there are more than ${MAX_FIELDS} fields`;
  const fields = new Map<string, string>();
  for (const piece of pieces) {
    const split = piece.indexOf('=');
    const name = decode(split < 0 ? piece : piece.slice(0, split))?.toLowerCase();
    const value = decode(split < 0 ? '' : piece.slice(split + 1));
    if (name === undefined || value === undefined) return 'a field is not encoded properly';
    if (!/^\w+$/.test(name) || name.length > MAX_NAME || value.length > MAX_VALUE) {
      return 'a field has an odd name or is too long';
    }
    if (fields.has(name)) return 'a field is there twice';
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
