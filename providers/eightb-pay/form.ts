/** Two fields, of which one holds a document of some kilobytes. */
const MAX_BYTES = 64 * 1024;
const MAX_FIELDS = 20;

export interface SignedForm {
  readonly data: string;
  readonly sign: string;
}

/**
 * The fields `data` and `sign` of a form, decoded, or why it is refused (8b.world /pay §5). Line breaks within `data`
 * stay: they are signed (§3.1).
 */
export function readSignedForm(body: Uint8Array): SignedForm | string {
  if (body.byteLength > MAX_BYTES) return `the form is longer than ${MAX_BYTES} bytes`;
  const pieces = Buffer.from(body).toString('latin1').split('&');
  if (pieces.length > MAX_FIELDS) return `there are more than ${MAX_FIELDS} fields`;
  const fields = new Map<string, string>();
  for (const piece of pieces) {
    const split = piece.indexOf('=');
    const name = decode(split < 0 ? piece : piece.slice(0, split));
    const value = decode(split < 0 ? '' : piece.slice(split + 1));
    if (name === undefined || value === undefined) return 'a field is not encoded properly';
    // Two parsers could pick different ones.
    if (fields.has(name)) return 'a field is there twice';
    fields.set(name, value);
  }
  const data = fields.get('data');
  const sign = fields.get('sign');
  if (data === undefined || data === '' || sign === undefined || sign === '')
    return 'data or sign is missing';
  return { data, sign };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
