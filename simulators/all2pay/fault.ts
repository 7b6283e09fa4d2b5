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
  /** Retry-After `retryAfterSecs`; not processed. */
  'http_429',
  /** Processed, HTTP 200 with HTML. */
  'unreadable_body',
  /** Processed, the right JSON labelled as HTML. */
  'mislabelled_body',
  /** Processed, the right answer dripping for `ms`. */
  'slow_body',
  /** Processed, half of the answer, then reset. */
  'truncated_body',
  /** getPayoutStatus says 7 whatever is true. */
  'status_pending',
  /** The refusal of row `row` of §11.1; not processed unless `processed: true`. */
  'row',
  /** Processed, the answer's fields replaced by `set` (null removes one). */
  'rewrite',
] as const;
export type WireFaultKind = (typeof WIRE_FAULTS)[number];

/** On the callbacks of an order: none at all, late by `ms`, twice, or with a wrong checksum. */
export const CALLBACK_FAULTS = [
  'callback_suppress',
  'callback_delay',
  'callback_double',
  'callback_forge',
] as const;
export type CallbackFaultKind = (typeof CALLBACK_FAULTS)[number];

export interface Fault {
  readonly kind: WireFaultKind | CallbackFaultKind;
  /** Only for this order; else for the next one. */
  readonly orderNumber?: string | undefined;
  /** Only for this method; `status_pending` means getPayoutStatus anyway. */
  readonly method?: Method | undefined;
  readonly login?: string | undefined;
  /** How many requests, or finished orders, it meets. @default 1 */
  readonly times?: number | undefined;
  readonly ms?: number | undefined;
  readonly processed?: boolean | undefined;
  readonly retryAfterSecs?: number | undefined;
  readonly row?: number | undefined;
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
