/**
 * What can go wrong between us and a provider, in neutral words: a subject translates each kind into whatever its
 * simulator can play. `processed` says whether the provider did what it was asked before things went wrong.
 */
export const FAULTS = {
  reset_unprocessed: { processed: false, words: 'connection reset, nothing processed' },
  reset_processed: { processed: true, words: 'processed, then reset before a byte of the answer' },
  silent_unprocessed: { processed: false, words: 'no answer within the time limit, nothing processed' },
  silent_processed: { processed: true, words: 'processed, no answer within the time limit' },
  error_page_unprocessed: { processed: false, words: 'HTTP 500 of a proxy, nothing processed' },
  error_page_processed: { processed: true, words: 'processed, HTTP 500 of a proxy' },
  unavailable: { processed: false, words: 'HTTP 503, nothing processed' },
  rate_limited: { processed: false, words: 'HTTP 429 with Retry-After, nothing processed' },
  unreadable_body: { processed: true, words: 'processed, HTTP 200 with a page instead of data' },
  empty_body: { processed: true, words: 'processed, HTTP 200 with nothing' },
  oversized_body: { processed: true, words: 'processed, the answer is far too long' },
  deep_body: { processed: true, words: 'processed, the answer is nested a hundred thousand deep' },
  mislabelled_body: { processed: true, words: 'processed, the right answer labelled as a page' },
  slow_body: { processed: true, words: 'processed, the answer drips in within the time limit' },
  too_slow_body: { processed: true, words: 'processed, the answer drips in beyond the time limit' },
  cut_off_body: { processed: true, words: 'processed, half of the answer, then reset' },
  other_amount: { processed: true, words: 'processed, the answer names another amount' },
  other_order: { processed: true, words: 'processed, the answer names another order' },
  unheard_of_state: { processed: true, words: 'processed, the answer names a state that nobody documented' },
  no_state: { processed: true, words: 'processed, the answer names no state' },
  doubtful_unprocessed: { processed: false, words: 'the error that documents doubt, nothing processed' },
  doubtful_processed: { processed: true, words: 'processed, the error that documents doubt' },
  refused: { processed: false, words: 'a documented refusal of the request' },
  card_refused: { processed: false, words: 'a documented refusal of the card' },
  still_pending: { processed: true, words: 'says pending, whatever is true' },
  not_found: { processed: false, words: 'says that it knows no such order, whatever is true' },
  login_refused: { processed: false, words: 'refuses our credentials' },
} as const satisfies Readonly<Record<string, { readonly processed: boolean; readonly words: string }>>;

export type FaultKind = keyof typeof FAULTS;

/** `money`: requests that register or execute; `store`: those that store a card; `status`: the questions after them. */
export type FaultOn = 'money' | 'store' | 'status';

export interface Fault {
  readonly on: FaultOn;
  readonly kind: FaultKind;
  /** Of two steps, the one whose request it meets; else the first that comes. */
  readonly step?: 'register' | 'execute' | undefined;
  /** How many requests it meets. @default 1 */
  readonly times?: number | undefined;
}

/** What can go wrong with the callback that the provider sends by itself. */
export const CALLBACK_FAULTS = {
  lost: 'never sent',
  early: 'sent before the answer to the request',
  doubled: 'sent twice',
  forged: 'sent with a wrong checksum',
  contradicting: 'well signed, with the opposite of the truth',
  out_of_order: 'followed by an earlier message',
} as const;
export type CallbackFaultKind = keyof typeof CALLBACK_FAULTS;

/** What our simulators of payouts call them. */
export const SIMULATED_CALLBACK_FAULTS = {
  lost: 'callback_suppress',
  early: 'callback_early',
  doubled: 'callback_double',
  forged: 'callback_forge',
  contradicting: 'callback_contradict',
  out_of_order: 'callback_out_of_order',
} as const satisfies Readonly<Record<CallbackFaultKind, string>>;
