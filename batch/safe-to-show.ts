const SHOWN = 40;
/** As many digits as the shortest card number; blanks, dashes and dots between them do not hide it. */
const LONG_NUMBER = /\d(?:[\s.\-_/]?\d){12,}/g;

/** Replaces what may be a card number by the count of its digits. */
export function hideLongNumbers(text: string): string {
  return text.replace(LONG_NUMBER, (number) => `<${number.replace(/\D/g, '').length} digits>`);
}

/** A cell as an error may show it: quoted, on one line, short, and never with a card number in it. */
export function safeToShow(text: string): string {
  // A cell full of digits is not shown at all, however they are spaced.
  if (text.replace(/\D/g, '').length >= 13) return `a text of ${text.length} characters`;
  // eslint-disable-next-line no-control-regex -- control characters are what must not reach the terminal
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  const characters = [...line];
  return `"${characters.slice(0, SHOWN).join('')}${characters.length > SHOWN ? '…' : ''}"`;
}
