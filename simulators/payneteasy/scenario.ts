/** What becomes of an order, by the last two digits of its account number, else of its amount. Payneteasy §12. */

/** How the bank treats it. `form`: the receiver must fill one in. */
export type Course =
  | 'approved'
  | 'approved_late'
  | 'declined'
  | 'filtered'
  | 'error'
  | 'form'
  | 'form_abandoned'
  | 'unknown_first'
  | 'for_ever';

export interface Scenario {
  readonly words: string;
  readonly course: Course;
  /** What happens to the answer of the request that moves money. `lost`: nothing is processed either. */
  readonly answer?: 'http_500' | 'lost' | 'validation_error' | 'error_with_id';
  /** What happens to the callback. */
  readonly callback?: 'lost' | 'three_times' | 'contradicting';
  /** The next day, by `notify_url` alone. */
  readonly reversed?: true;
}

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  '00': { words: 'approved', course: 'approved' },
  '01': { words: 'declined', course: 'declined' },
  '02': { words: 'filtered', course: 'filtered' },
  '03': { words: 'error', course: 'error' },
  '04': { words: 'needs a form, then approved', course: 'form' },
  '05': { words: 'needs a form, the receiver leaves', course: 'form_abandoned' },
  '06': { words: 'unknown, then approved', course: 'unknown_first' },
  '07': { words: 'processing for ever', course: 'for_ever' },
  '08': { words: 'HTTP 500, but approved', course: 'approved', answer: 'http_500' },
  '09': { words: 'connection reset, no order', course: 'approved', answer: 'lost' },
  '10': { words: 'validation error', course: 'approved', answer: 'validation_error' },
  '11': { words: 'callback lost', course: 'approved', callback: 'lost' },
  '12': { words: 'callback three times, one forged', course: 'approved', callback: 'three_times' },
  '13': { words: 'callback approved, but declined', course: 'declined', callback: 'contradicting' },
  '14': { words: 'error with an order id, but approved', course: 'approved', answer: 'error_with_id' },
  '15': { words: 'approved, reversed the next day', course: 'approved', reversed: true },
  // Ours: the document has none that takes its time.
  '16': { words: 'approved late', course: 'approved_late' },
};

const OTHERWISE: Scenario = { words: 'approved', course: 'approved' };

export function scenarioOf(accountNumber: string | undefined, amountMinor: number): Scenario {
  const digits = accountNumber?.replaceAll(/\D/g, '') ?? '';
  const key = digits.length >= 2 ? digits.slice(-2) : String(amountMinor % 100).padStart(2, '0');
  return SCENARIOS[key] ?? OTHERWISE;
}
