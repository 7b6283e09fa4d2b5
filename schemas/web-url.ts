/** What of an address would send a browser where nobody meant it to go; undefined: nothing. */
export type WebUrlFault = 'not_absolute' | 'not_web' | 'not_encrypted' | 'credentials';

const LOOPBACK = /^((.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * An address that a browser may be sent to: https, or http to the browser's own machine, for trying things out. Exactly
 * as it is written: what URL parsers mend silently (backslashes, missing slashes, white space) they mend differently.
 */
export function webUrlFault(text: string): WebUrlFault | undefined {
  if (!URL.canParse(text) || /[\s\\\p{Cc}]/u.test(text)) return 'not_absolute';
  const { protocol, hostname, username, password } = new URL(text);
  if (!/^https?:\/\/[^/]/i.test(text)) return /^https?:$/.test(protocol) ? 'not_absolute' : 'not_web';
  if (protocol === 'http:' && !LOOPBACK.test(hostname)) return 'not_encrypted';
  return username === '' && password === '' ? undefined : 'credentials';
}
