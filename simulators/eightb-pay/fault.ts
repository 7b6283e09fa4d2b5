/** Faults to inject on demand. 8b.world /pay §7 and §10. */
import type { Method } from './request-log.js';

/** On the wire of an API request. */
export const PAY_WIRE_FAULTS = [
  /** Connection reset, nothing processed. */
  'reset_before',
  /** Processed, then connection reset. */
  'reset_after',
  /** No answer (for `ms`, then reset); processed unless `processed: false`. */
  'hang',
  /** HTML 500 of a proxy; not processed unless `processed: true`. */
  'http_500',
  /** HTML 503 with Retry-After `retryAfterSecs`, if given; not processed unless `processed: true`. */
  'http_503',
  /** Retry-After `retryAfterSecs`; not processed. */
  'http_429',
  /** HTML 404 of a proxy; not processed unless `processed: true`. */
  'http_404',
  /** `success: false`; not processed unless `processed: true`. */
  'refuse',
  /** The credentials are turned away, HTTP 403; not processed. */
  'login_refused',
  /** Processed, HTTP 200 with HTML. */
  'unreadable_body',
  /** Processed, HTTP 200 with nothing. */
  'empty_body',
  /** Processed, the right JSON labelled as HTML. */
  'mislabelled_body',
  /** Processed, the right answer dripping for `ms`. */
  'slow_body',
  /** Processed, half of the answer, then reset. */
  'truncated_body',
  /** Processed, the right answer after 32 MiB of blanks. */
  'huge_body',
  /** Processed, HTTP 200 with 100 000 nested arrays. */
  'deep_body',
  /** Processed, wrongly signed. */
  'bad_sign',
  /** Processed, not signed. */
  'no_sign',
  /** The status query tells of no transaction, whatever is true. */
  'status_empty',
  /** The status query says `status` (default 0) of every transaction, whatever is true. */
  'status_wrong',
  /** Processed, fields of the signed document (of its transactions, where it has some) replaced by `set`; null removes one. */
  'rewrite',
] as const;
export type PayWireFaultKind = (typeof PAY_WIRE_FAULTS)[number];

/** On the callback that a transaction's next status sends. */
export const PAY_CALLBACK_FAULTS = [
  /** None is sent. */
  'callback_lost',
  /** Late by `ms`. */
  'callback_delay',
  'callback_double',
  /** First with a wrong signature, then rightly. */
  'callback_forge',
  /** Well signed, with the opposite of the truth. */
  'callback_contradict',
  /** Followed by the message of status 0. */
  'callback_out_of_order',
  /** Before the answer of the request that changed the status. */
  'callback_early',
] as const;
export type PayCallbackFaultKind = (typeof PAY_CALLBACK_FAULTS)[number];

export interface PayFault {
  readonly kind: PayWireFaultKind | PayCallbackFaultKind;
  /** Only for this order; else for the next one. */
  readonly reference?: string | undefined;
  readonly apiKey?: string | undefined;
  /** Only for this method; `status_*` mean the status query anyway. */
  readonly method?: Method | undefined;
  /** How many requests, or statuses, it meets. @default 1 */
  readonly times?: number | undefined;
  readonly ms?: number | undefined;
  readonly processed?: boolean | undefined;
  readonly retryAfterSecs?: number | undefined;
  readonly status?: string | undefined;
  readonly words?: string | undefined;
  readonly set?: Readonly<Record<string, unknown>> | undefined;
}

export function isCallbackFault(kind: PayFault['kind']): kind is PayCallbackFaultKind {
  return PAY_CALLBACK_FAULTS.some((known) => known === kind);
}
