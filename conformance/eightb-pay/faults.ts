import type { EightbPayMethod, PayFault } from '../../simulators/index.js';
import {
  FAULTS_ON,
  type PaymentCallbackFaultKind,
  type PaymentFault,
  type PaymentFaultKind,
  type PaymentFaultOn,
} from '../payments/faults.js';

type Played = Omit<PayFault, 'reference' | 'apiKey' | 'method' | 'times'>;

/** The neutral kinds in the simulator's words. */
const WIRE: Readonly<Record<PaymentFaultKind, Played>> = {
  reset_unprocessed: { kind: 'reset_before' },
  reset_processed: { kind: 'reset_after' },
  silent_unprocessed: { kind: 'hang', processed: false },
  silent_processed: { kind: 'hang' },
  error_page_unprocessed: { kind: 'http_500' },
  error_page_processed: { kind: 'http_500', processed: true },
  unavailable: { kind: 'http_503' },
  rate_limited: { kind: 'http_429', retryAfterSecs: 1 },
  unreadable_body: { kind: 'unreadable_body' },
  empty_body: { kind: 'empty_body' },
  oversized_body: { kind: 'huge_body' },
  deep_body: { kind: 'deep_body' },
  mislabelled_body: { kind: 'mislabelled_body' },
  slow_body: { kind: 'slow_body', ms: 800 },
  too_slow_body: { kind: 'slow_body', ms: 10_000 },
  cut_off_body: { kind: 'truncated_body' },
  wrongly_signed: { kind: 'bad_sign' },
  unsigned: { kind: 'no_sign' },
  other_shop: { kind: 'rewrite', set: { api_key: 'somebody-elses', shop_api_key: 'somebody-elses' } },
  other_amount: { kind: 'rewrite', set: { amount: '0.01' } },
  other_order: { kind: 'rewrite', set: { reference: 'somebody-elses' } },
  unheard_of_state: { kind: 'rewrite', set: { status: '42' } },
  no_state: { kind: 'rewrite', set: { status: null } },
  no_page: { kind: 'rewrite', set: { url: null } },
  refused: { kind: 'refuse' },
  refused_processed: { kind: 'refuse', processed: true },
  lost_page_unprocessed: { kind: 'http_404' },
  lost_page_processed: { kind: 'http_404', processed: true },
  login_refused: { kind: 'login_refused' },
  still_pending: { kind: 'status_wrong' },
  says_uncertain: { kind: 'status_wrong', status: '8' },
  not_found: { kind: 'status_empty' },
};

const ALL = Object.keys(WIRE) as readonly PaymentFaultKind[];

/** The faults on one request are whatever the simulator can do to any; `status_*` mean the question alone. */
const OF_STATUS: readonly PaymentFaultKind[] = ['still_pending', 'says_uncertain', 'not_found'];

export const PLAYABLE = Object.fromEntries(
  FAULTS_ON.map((on) => [on, ALL.filter((kind) => on === 'status' || !OF_STATUS.includes(kind))]),
) as unknown as Readonly<Record<PaymentFaultOn, readonly PaymentFaultKind[]>>;

export const METHODS = {
  start: 'pay',
  token: 'recurrent',
  refund: 'refund',
  void: 'void',
  complete: 'complete',
  status: 'status',
} as const satisfies Readonly<Record<PaymentFaultOn, EightbPayMethod>>;

const CALLBACK: Readonly<Record<PaymentCallbackFaultKind, Played>> = {
  lost: { kind: 'callback_lost' },
  late: { kind: 'callback_delay', ms: 1_500 },
  early: { kind: 'callback_early' },
  doubled: { kind: 'callback_double' },
  forged: { kind: 'callback_forge' },
  contradicting: { kind: 'callback_contradict' },
  out_of_order: { kind: 'callback_out_of_order' },
};

export const PLAYABLE_CALLBACKS = Object.keys(CALLBACK) as readonly PaymentCallbackFaultKind[];

/** The simulator's faults for one order. */
export function simulatorFaults(
  target: { readonly reference: string; readonly apiKey: string },
  faults: readonly PaymentFault[],
  callback: PaymentCallbackFaultKind | undefined,
): PayFault[] {
  return [
    ...faults.map(({ on, kind, times = 1 }): PayFault => ({
      ...WIRE[kind],
      ...target,
      method: METHODS[on],
      times,
    })),
    ...(callback === undefined ? [] : [{ ...CALLBACK[callback], ...target }]),
  ];
}
