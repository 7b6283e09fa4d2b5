import { FAULTS } from '../faults.js';

const {
  other_amount,
  other_order,
  unheard_of_state,
  no_state,
  still_pending,
  not_found,
  login_refused,
  refused,
} = FAULTS;

/** What payouts can meet too, and what signed answers and pages add, in the same neutral words. */
export const PAYMENT_FAULTS = {
  reset_unprocessed: FAULTS.reset_unprocessed,
  reset_processed: FAULTS.reset_processed,
  silent_unprocessed: FAULTS.silent_unprocessed,
  silent_processed: FAULTS.silent_processed,
  error_page_unprocessed: FAULTS.error_page_unprocessed,
  error_page_processed: FAULTS.error_page_processed,
  unavailable: FAULTS.unavailable,
  rate_limited: FAULTS.rate_limited,
  unreadable_body: FAULTS.unreadable_body,
  empty_body: FAULTS.empty_body,
  oversized_body: FAULTS.oversized_body,
  deep_body: FAULTS.deep_body,
  mislabelled_body: FAULTS.mislabelled_body,
  slow_body: FAULTS.slow_body,
  too_slow_body: FAULTS.too_slow_body,
  cut_off_body: FAULTS.cut_off_body,
  wrongly_signed: { processed: true, words: 'processed, the answer is wrongly signed' },
  unsigned: { processed: true, words: 'processed, the answer is not signed' },
  other_shop: { processed: true, words: 'processed, the answer names another shop' },
  other_amount,
  other_order,
  unheard_of_state,
  no_state,
  no_page: { processed: true, words: 'processed, the answer names no page' },
  refused,
  refused_processed: { processed: true, words: 'processed, and refused all the same' },
  lost_page_unprocessed: { processed: false, words: 'HTTP 404 of a proxy, nothing processed' },
  lost_page_processed: { processed: true, words: 'processed, HTTP 404 of a proxy' },
  login_refused,
  still_pending,
  says_uncertain: { processed: true, words: 'says that it does not know yet, whatever is true' },
  not_found,
} as const satisfies Readonly<Record<string, { readonly processed: boolean; readonly words: string }>>;
export type PaymentFaultKind = keyof typeof PAYMENT_FAULTS;

/** `start`: opens the page. `token`: charges by token. The others as the operations are called; `status`: questions. */
export const FAULTS_ON = ['start', 'token', 'refund', 'void', 'complete', 'status'] as const;
export type PaymentFaultOn = (typeof FAULTS_ON)[number];

export interface PaymentFault {
  readonly on: PaymentFaultOn;
  readonly kind: PaymentFaultKind;
  /** How many requests it meets. @default 1 */
  readonly times?: number | undefined;
}

/** What can go wrong with the callbacks that the provider sends by itself. */
export const PAYMENT_CALLBACK_FAULTS = {
  lost: 'never sent',
  late: 'late by a second and a half',
  early: 'sent before the answer to the request',
  doubled: 'sent twice',
  forged: 'first with a wrong signature, then rightly',
  contradicting: 'well signed, with the opposite of the truth',
  out_of_order: 'followed by an earlier message',
} as const;
export type PaymentCallbackFaultKind = keyof typeof PAYMENT_CALLBACK_FAULTS;
