import { isCardNumber, printedGroups } from '../domain/card.js';

const SEPARATORS = /[\s._\u2010-\u2015-]+/;
const RUN = /\d(?:[\s._\u2010-\u2015-]*\d){12,}/gu;

/**
 * Does a text hold something that reads as a card number: 13 to 19 digits that pass the Luhn check, with or without
 * spaces, dashes, dots or underscores between them? Such a text would put a readable number where none may be,
 * so it is refused.
 *
 * @example holdsCardNumber('to card 4111 1111 1111 1111 please') // true
 * @example holdsCardNumber('order 2024-11-22 040133') // false: times are not card numbers
 */
export function holdsCardNumber(text: string): boolean {
  for (const [run] of text.normalize('NFKC').matchAll(RUN)) {
    const groups = run.split(SEPARATORS);
    if (isPlausible(groups.join(''))) return true;
    // In the middle of a longer run of groups: `12 4111 1111 1111 1111 0525`.
    if (groups.some((_, first) => printedGroups(groups, first, isPlausible) > 0)) return true;
  }
  return false;
}

/** No issuer has numbers that begin with 20, and 1 is left to 15-digit travel cards: these are dates and epoch times. */
function isPlausible(digits: string): boolean {
  if (digits.startsWith('20') || (digits.startsWith('1') && digits.length !== 15)) return false;
  return isCardNumber(digits);
}
