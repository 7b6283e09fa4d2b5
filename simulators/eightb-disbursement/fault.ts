/** Faults to inject on demand, beside the scenarios of 8b Disbursement §11. */
import type { Method } from './request-log.js';

/** On the wire of a request. */
export const EIGHTB_DISBURSEMENT_WIRE_FAULTS = [
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
  /** Processed, the right XML labelled as HTML. */
  'mislabelled_body',
  /** Processed, the right answer dripping for `ms`. */
  'slow_body',
  /** Processed, half of the answer, then reset. */
  'truncated_body',
  /** Processed, the right answer after 32 MiB of blanks. */
  'huge_body',
  /** Processed, HTTP 200 with 100 000 nested elements. */
  'deep_body',
  /** Processed, the right answer with a document type that declares an entity. */
  'entity_body',
  /** `ERROR: <text>`; not processed unless `processed: true`. */
  'error',
  /** Processed, the answer's elements replaced by `set` (null removes one). */
  'rewrite',
  /** A check says PROCESSING whatever is true. */
  'check_processing',
  /** A check says NOT FOUND whatever is true. */
  'check_not_found',
  /** A check says `result` (default NOT_PAID) whatever is true. */
  'check_wrong',
] as const;
export type EightbDisbursementWireFaultKind = (typeof EIGHTB_DISBURSEMENT_WIRE_FAULTS)[number];

/** On the callback that an operation's end sends. */
export const EIGHTB_DISBURSEMENT_CALLBACK_FAULTS = [
  /** None is sent. */
  'callback_suppress',
  /** Late by `ms`. */
  'callback_delay',
  /** The operation ends at once, and its callback is sent before the answer of its payout leaves. */
  'callback_early',
  'callback_double',
  /** With a wrong hash. */
  'callback_forge',
  /** Well signed, with the opposite of the truth. */
  'callback_contradict',
  /** Followed by the same message with an earlier date. */
  'callback_out_of_order',
  /** Well signed, with the amount `amount`. */
  'callback_other_amount',
] as const;
export type EightbDisbursementCallbackFaultKind = (typeof EIGHTB_DISBURSEMENT_CALLBACK_FAULTS)[number];

export interface EightbDisbursementFault {
  readonly kind: EightbDisbursementWireFaultKind | EightbDisbursementCallbackFaultKind;
  /** Only for this operation; else for the next request or end. */
  readonly id?: string | undefined;
  /** Only for this method; `check_*` mean check anyway. */
  readonly method?: Method | undefined;
  readonly service?: string | undefined;
  /** How many requests, or ended operations, it meets. @default 1 */
  readonly times?: number | undefined;
  readonly ms?: number | undefined;
  readonly processed?: boolean | undefined;
  readonly retryAfterSecs?: number | undefined;
  /** After `ERROR: `. */
  readonly text?: string | undefined;
  readonly result?: string | undefined;
  readonly amount?: string | undefined;
  readonly set?: Readonly<Record<string, string | null>> | undefined;
}

export function isCallbackFault(kind: string): kind is EightbDisbursementCallbackFaultKind {
  return EIGHTB_DISBURSEMENT_CALLBACK_FAULTS.some((known) => known === kind);
}
