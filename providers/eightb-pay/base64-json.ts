/** The `data` of every message: JSON in UTF-8, in base64 (8b.world /pay §3.1). */

/** Without line breaks, and with the standard alphabet. */
export function encodeDocument(document: object): string {
  return Buffer.from(JSON.stringify(document), 'utf8').toString('base64');
}

/** White space in the text means nothing here, though it is signed; undefined for what is no base64, UTF-8 or JSON. */
export function decodeDocument(data: string): unknown {
  const text = data.replace(/[\t\n\r ]+/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64')));
  } catch {
    return undefined;
  }
}
