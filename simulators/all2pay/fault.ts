/** Faults to inject on demand, beside the triggers of All2pay payouts document §18. */
import type { Method } from './request-log.js';
import { METHODS } from './request-log.js';

/** On the wire of an API request. */
export const WIRE_FAULTS = [
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
  /** getPayoutStatus says 7 whatever is true. */
  'status_pending',
  /** getPayoutStatus says `orderStatus` (default 6) whatever is true. */
  'status_wrong',
  /** getPayoutStatus says row 9 whatever is true. */
  'status_not_found',
  /** The refusal of row `row` of §11.1, about `subject`; not processed unless `processed: true`. */
  'row',
  /** Processed, the answer's fields replaced by `set` (null removes one). */
  'rewrite',
] as const;
export type WireFaultKind = (typeof WIRE_FAULTS)[number];

/** On the callback that an order's or card's end sends. */
export const CALLBACK_FAULTS = [
  /** None is sent. */
  'callback_suppress',
  /** Late by `ms`. */
  'callback_delay',
  /** Before the answer of the request that ended the order leaves. */
  'callback_early',
  'callback_double',
  /** With a wrong checksum. */
  'callback_forge',
  /** Well signed, with the opposite of the truth. */
  'callback_contradict',
  /** Followed by an earlier message of the same order. */
  'callback_out_of_order',
] as const;
export type CallbackFaultKind = (typeof CALLBACK_FAULTS)[number];

export interface Fault {
  readonly kind: WireFaultKind | CallbackFaultKind;
  /** Only for this order; else for the next one. */
  readonly orderNumber?: string | undefined;
  /** Only for this method; `status_*` mean getPayoutStatus anyway. `keys` and `echo` are met only by name. */
  readonly method?: Method | undefined;
  readonly login?: string | undefined;
  /** How many requests, or finished orders, it meets. @default 1 */
  readonly times?: number | undefined;
  /** Instead: all that come within so many ms of the first. */
  readonly forMs?: number | undefined;
  readonly ms?: number | undefined;
  readonly processed?: boolean | undefined;
  readonly retryAfterSecs?: number | undefined;
  readonly row?: number | undefined;
  /** What the row's words name: a field, a login, a service. @default the method, or what the row needs */
  readonly subject?: string | undefined;
  readonly orderStatus?: string | undefined;
  readonly set?: Readonly<Record<string, unknown>> | undefined;
}

export function isMethod(value: unknown): value is Method {
  return METHODS.some((method) => method === value);
}

export function isWireFault(kind: string): kind is WireFaultKind {
  return WIRE_FAULTS.some((known) => known === kind);
}

export function isCallbackFault(kind: string): kind is CallbackFaultKind {
  return CALLBACK_FAULTS.some((known) => known === kind);
}
