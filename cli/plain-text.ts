/**
 * Text from elsewhere (a provider's words, an error) on one line and without control characters, so that it can
 * neither break a table nor steer the terminal.
 */
export function plainText(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what must not reach the terminal
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]+/g, ' ').trim();
}

/** Cut to `width` characters, with an ellipsis where something is missing. */
export function fit(text: string, width: number): string {
  if (width <= 0) return '';
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}

/** Cut or filled with blanks to exactly `width` characters. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = fit(text, width);
  const blanks = ' '.repeat(Math.max(0, width - [...cut].length));
  return align === 'left' ? cut + blanks : blanks + cut;
}
