/** The document's tables, copied by hand: what the adapter has as data must agree with them. */

type Class = 'CONFIG' | 'FINAL' | 'AMBIGUOUS';

/** §7, with the words of every row. */
export const DOCUMENTED_ERRORS: readonly (readonly [
  text: string,
  class_: Class,
  suspected: string | undefined,
])[] = [
  ['invalid hash', 'CONFIG', 'refused'],
  ['access denied', 'CONFIG', 'refused'],
  ['unknown service', 'CONFIG', 'refused'],
  ['invalid parameter amount', 'FINAL', 'refused'],
  ['invalid parameter dt', 'FINAL', 'refused'],
  ['invalid parameter client', 'FINAL', 'declined'],
  ['invalid parameter receiver_fio', 'FINAL', 'declined'],
  ['unknown destination', 'FINAL', 'refused'],
  ['currency mismatch', 'FINAL', 'refused'],
  ['insufficient funds', 'FINAL', 'declined'],
  ['duplicate id', 'AMBIGUOUS', undefined],
  ['temporarily unavailable', 'AMBIGUOUS', undefined],
  ['internal error', 'AMBIGUOUS', undefined],
];

/** §6. */
export const DOCUMENTED_HTTP: readonly (readonly [status: number, class_: Class])[] = [
  [400, 'CONFIG'],
  [401, 'FINAL'],
  [403, 'FINAL'],
  [404, 'CONFIG'],
  [429, 'AMBIGUOUS'],
  [500, 'AMBIGUOUS'],
  [502, 'AMBIGUOUS'],
  [503, 'AMBIGUOUS'],
  [504, 'AMBIGUOUS'],
];

/** §5.1 and §8: every word of `payout`. */
export const DOCUMENTED_PAYOUT_RESULTS = [
  ['OK', 'pending'],
  ['PROCESSING', 'pending'],
  ['PAID', 'paid'],
  ['NOT_PAID', 'not_paid'],
] as const;

/** §5.2: every word of `check`. */
export const DOCUMENTED_CHECK_RESULTS = [
  ['PAID', 'paid'],
  ['NOT_PAID', 'not_paid'],
  ['PROCESSING', 'pending'],
  ['NOT FOUND', 'not_found'],
] as const;
