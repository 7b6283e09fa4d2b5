/** Faults to inject on demand, beside the scenarios of Payneteasy §12. */
import type { Command } from './request-log.js';

/** On the wire of an API request. */
export const PAYNETEASY_WIRE_FAULTS = [
  /** Connection reset, nothing processed. */
  'reset_before',
  /** Processed, then connection reset. */
  'reset_after',
  /** No answer (for `ms`, then reset); processed unless `processed: false`. */
  'hang',
  /** A page with HTTP 500; not processed unless `processed: true`. */
  'http_500',
  /** A page with HTTP 503 and `retryAfterSecs`, if given; not processed unless `processed: true`. */
  'http_503',
  /** HTTP 429 with `retryAfterSecs`; not processed. */
  'http_429',
  /** HTTP 403, as a wrong signature has it; not processed. */
  'forbidden',
  /** Processed, HTTP 200 with a page. */
  'unreadable_body',
  /** Processed, HTTP 200 with nothing. */
  'empty_body',
  /** Processed, the right answer labelled as something else. */
  'mislabelled_body',
  /** Processed, the right answer dripping for `ms`. */
  'slow_body',
  /** Processed, half of the answer, then reset. */
  'truncated_body',
  /** Processed, the right answer after 32 MiB of blanks. */
  'huge_body',
  /** Processed, HTTP 200 with 100 000 nested arrays. */
  'deep_body',
  /** The refusal `type` (default `validation-error`) with `message`, `code` and, with `orderId`, an order id; not processed unless `processed: true`. */
  'refusal',
  /** A status says "processing" whatever is true. */
  'status_processing',
  /** A status says `status` (default "declined") whatever is true. */
  'status_wrong',
  /** A status knows no such order, whatever is true. */
  'status_not_found',
  /** Processed, the answer's fields replaced by `set` (null removes one). */
  'rewrite',
] as const;
export type WireFaultKind = (typeof PAYNETEASY_WIRE_FAULTS)[number];

/** On the callback of an order's end. */
export const PAYNETEASY_CALLBACK_FAULTS = [
  /** None is sent. */
  'callback_suppress',
  /** Late by `ms`. */
  'callback_delay',
  /** The order ends at once, and this comes before the answer of the request that ended it. */
  'callback_early',
  'callback_double',
  /** With a wrong control. */
  'callback_forge',
  /** Well signed, with the opposite of the truth. */
  'callback_contradict',
  /** Followed by an earlier message of the same order. */
  'callback_out_of_order',
] as const;
export type CallbackFaultKind = (typeof PAYNETEASY_CALLBACK_FAULTS)[number];

/** On the order itself. */
export const PAYNETEASY_ORDER_FAULTS = [
  /** Where payout-check should leave it ready, it is paid, although nobody sent a payout-pay. */
  'pay_unasked',
] as const;
export type OrderFaultKind = (typeof PAYNETEASY_ORDER_FAULTS)[number];

export interface Fault {
  readonly kind: WireFaultKind | CallbackFaultKind | OrderFaultKind;
  /** Only for this order of ours; else for the next one. */
  readonly clientOrderId?: string | undefined;
  /** Only for this command, or for any that could move money; `status_*` mean status anyway. */
  readonly on?: Command | 'money' | undefined;
  readonly login?: string | undefined;
  /** How many requests, or ended orders, it meets. @default 1 */
  readonly times?: number | undefined;
  readonly ms?: number | undefined;
  readonly processed?: boolean | undefined;
  readonly retryAfterSecs?: number | undefined;
  /** Of a `refusal`. */
  readonly type?: 'validation-error' | 'error' | undefined;
  readonly message?: string | undefined;
  readonly code?: string | undefined;
  readonly orderId?: boolean | undefined;
  readonly status?: string | undefined;
  readonly set?: Readonly<Record<string, string | null>> | undefined;
}
