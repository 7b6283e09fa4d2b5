/**
 * RFC 3986 percent-encoding of UTF-8: `A-Za-z0-9-._~` stay, all else is `%XX` (Payneteasy §4.1 step 2). Never throws:
 * half of a surrogate pair becomes U+FFFD.
 */
export function percentEncode(text: string): string {
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
  return encodeURIComponent(wellFormed).replace(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}
