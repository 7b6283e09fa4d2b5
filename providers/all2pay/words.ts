const MAX_LENGTH = 200;

/**
 * A provider's text as it may be stored and shown: one line, at most 200 characters, without what we sent in
 * confidence (`known`: login, card, phone, names), card-like digits or e-mail addresses.
 */
export function cleanWords(text: string, known: readonly string[]): string {
  let words = text.slice(0, 2_000);
  for (const value of known) {
    if (value.length < 3) continue;
    // A name only as a whole word: "Ann" must not blot out "cannot".
    const isName = /^\p{L}+$/u.test(value);
    words = words.replaceAll(isName ? new RegExp(`(?<!\\p{L})${value}(?!\\p{L})`, 'giu') : value, '***');
  }
  return (
    words
      // U+2423, the open box: the document prints it for a blank (§11.1 row 32).
      .replace(/\p{C}|\s|\u2423/gu, ' ')
      .replace(/[\w.+-]+@[\w.-]+/g, '***')
      .replace(/ {2,}/g, ' ')
      // Whatever stands between the digits, it may be a card or a phone number.
      .replace(/\d(?:[^\p{L}\d]{0,3}\d){5,}/gu, '***')
      .trim()
      .slice(0, MAX_LENGTH)
  );
}

/** What of an order must not come back in words. */
export function confidential(order: {
  readonly destination: object;
  readonly recipient?: object | undefined;
}): readonly string[] {
  const fields: [string, unknown][] = [
    ...Object.entries(order.destination),
    ...Object.entries(order.recipient ?? {}),
  ];
  return fields.flatMap(([name, value]) => (name !== 'type' && typeof value === 'string' ? [value] : []));
}
