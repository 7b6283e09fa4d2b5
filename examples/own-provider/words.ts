/** What Pocket Pay's words mean, as data. A word that is not here means nothing: never guess one. */

/** `state` (Pocket Pay §4). */
export const STATES: Readonly<Record<string, 'pending' | 'paid' | 'refused'>> = {
  pending: 'pending',
  paid: 'paid',
  refused: 'refused',
};

/**
 * Errors by HTTP status and code (§6). `refused`: our request or configuration was wrong. `declined`: this payout was not
 * taken. Both only where the document says that no money moved. `ask`: it says that money may have moved, or nothing.
 */
export const ERRORS: Readonly<Record<string, 'refused' | 'declined' | 'ask' | 'not_found'>> = {
  '400 invalid_request': 'refused',
  '401 unknown_key': 'refused',
  '401 bad_signature': 'refused',
  '402 insufficient_funds': 'declined',
  '404 unknown_transfer': 'not_found',
  '409 duplicate_id': 'ask',
  '422 card_not_accepted': 'declined',
  '429 too_many_requests': 'ask',
  '500 outcome_unknown': 'ask',
};

export function meaningOf<Meaning>(
  table: Readonly<Record<string, Meaning>>,
  word: string,
): Meaning | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
