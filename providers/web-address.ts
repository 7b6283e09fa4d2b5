/** Longer ones break in browsers and logs. */
const MAX_LENGTH = 4_096;

/**
 * As it stands: what parsers mend silently (white space, backslashes, missing slashes) they mend differently. With this
 * a browser is never handed `javascript:` or `data:`, whoever wrote it.
 */
const EXACT = /^https?:\/\/[^\s\\\p{Cc}/][^\s\\\p{Cc}]*$/iu;

/** The text, if it is an absolute http or https address that a browser may be sent to. */
export function webAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > MAX_LENGTH || !EXACT.test(text) || !URL.canParse(text)) {
    return undefined;
  }
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' ? text : undefined;
}
