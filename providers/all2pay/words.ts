const MAX_LENGTH = 200;

/**
 * A provider's text as it may be stored and shown: one line, at most 200 characters, without what we sent in
 * confidence (`known`: login, card, its code, phone, names), card-like digits or e-mail addresses.
 */
export function cleanWords(text: string, known: readonly string[]): string {
  let words = text.slice(0, 2_000);
  for (const value of known) {
    if (value.length < 3) continue;
    words = words.replaceAll(asPattern(value), '***');
  }
  return (
    words
      // U+2423, the open box: the document prints it for a blank (§11.1 row 32).
      .replace(/\p{C}|\s|\u2423/gu, ' ')
      .replace(/[\w.+-]+@[\w.-]+/g, '***')
      .replace(/ {2,}/g, ' ')
      // An encrypted card or a signature.
      .replace(/[\w+/=-]{64,}/g, '***')
      // Whatever stands between the digits, it may be a card or a phone number.
      .replace(/\d(?:[^\p{L}\d]{0,3}\d){5,}/gu, '***')
      .trim()
      .slice(0, MAX_LENGTH)
  );
}

/** A name or a short number only as a whole: "Ann" must not blot out "cannot", nor a card's code half of an amount. */
function asPattern(value: string): RegExp | string {
  const whole = /^\p{L}+$/u.test(value) ? '\\p{L}' : /^\d{3,4}$/.test(value) ? '\\d' : undefined;
  return whole === undefined ? value : new RegExp(`(?<!${whole})${value}(?!${whole})`, 'giu');
}

/** What of an order must not come back in words. */
export function confidential(order: {
  readonly destination: object;
  readonly source?: object | undefined;
  readonly recipient?: object | undefined;
}): readonly string[] {
  const fields: [string, unknown][] = [
    ...Object.entries(order.destination),
    ...Object.entries(order.source ?? {}),
    ...Object.entries(order.recipient ?? {}),
  ];
  return fields.flatMap(([name, value]) => (name !== 'type' && typeof value === 'string' ? [value] : []));
}
