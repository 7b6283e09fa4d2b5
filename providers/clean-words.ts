const MAX_LENGTH = 200;

/**
 * A provider's text as it may be stored and shown: one line, at most 200 characters, without what we sent in
 * confidence (`known`: credentials, card, account, phone, names), card-like digits or e-mail addresses.
 */
export function cleanWords(text: string, known: readonly string[]): string {
  let words = text.slice(0, 2_000);
  // The longest first: a first name must not break up the full name that holds it.
  const values = known.map((value) => value.trim()).sort((a, b) => b.length - a.length);
  for (const value of values) {
    if (value.length >= 3) words = words.replaceAll(asPattern(value), '***');
  }
  return (
    words
      // U+2423, the open box: All2pay's document prints it for a blank (§11.1 row 32).
      .replace(/\p{C}|\s|\u2423/gu, ' ')
      .replace(/[\w.+-]+@[\w.-]+/g, '***')
      .replace(/ {2,}/g, ' ')
      // A signature, a token, a sealed card; a hash or a key.
      .replace(/[\w+/=-]{64,}|\b[0-9A-Fa-f]{32}\b/g, '***')
      // Whatever stands between the digits, it may be a card, an account or a phone number.
      .replace(/\d(?:[^\p{L}\d]{0,3}\d){5,}/gu, '***')
      .trim()
      .slice(0, MAX_LENGTH)
  );
}

/** A name or a short number only as a whole: "Ann" must not blot out "cannot", nor a card's code half of an amount. */
function asPattern(value: string): RegExp {
  const whole = /^\p{L}+$/u.test(value) ? '\\p{L}' : /^\d{3,4}$/.test(value) ? '\\d' : undefined;
  const literal = value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(whole === undefined ? literal : `(?<!${whole})${literal}(?!${whole})`, 'giu');
}
