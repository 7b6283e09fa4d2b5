import type { PayneteasyFault } from '../../simulators/index.js';
import { SIMULATED_CALLBACK_FAULTS } from '../faults.js';
import type { CallbackFaultKind, Fault, FaultKind, FaultOn } from '../faults.js';

type Played = Omit<PayneteasyFault, 'clientOrderId' | 'login' | 'on' | 'times'>;

/** An `error` that names an order: created or not, only the status tells (Payneteasy §9). */
const DOUBTFUL: Played = {
  kind: 'refusal',
  type: 'error',
  message: 'Internal error, order is being processed',
  code: '8',
  orderId: true,
};

/** The neutral kinds in the simulator's words. */
const WIRE: Readonly<Partial<Record<FaultKind, Played>>> = {
  reset_unprocessed: { kind: 'reset_before' },
  reset_processed: { kind: 'reset_after' },
  silent_unprocessed: { kind: 'hang', processed: false },
  silent_processed: { kind: 'hang', processed: true },
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
  other_amount: { kind: 'rewrite', set: { amount: '0.01', currency: 'USD' } },
  other_order: { kind: 'rewrite', set: { 'merchant-order-id': 'somebody-elses' } },
  unheard_of_state: { kind: 'rewrite', set: { status: 'half_done' } },
  // A status may leave its status out (§7); an answer to a request that leaves out its type says nothing at all.
  no_state: { kind: 'rewrite', set: { status: null, type: null } },
  doubtful_unprocessed: DOUBTFUL,
  doubtful_processed: { ...DOUBTFUL, processed: true },
  refused: { kind: 'refusal' },
  still_pending: { kind: 'status_processing' },
  not_found: { kind: 'status_not_found' },
  login_refused: { kind: 'forbidden' },
};

/** Where a question can go wrong otherwise than a request. */
const ON_STATUS: Readonly<Partial<Record<FaultKind, Played>>> = {
  no_state: { kind: 'rewrite', set: { status: null } },
};

/** Said by a status alone. */
const STATUS_ONLY: readonly FaultKind[] = ['still_pending', 'not_found'];

const ALL = Object.keys(WIRE) as readonly FaultKind[];

export const PLAYABLE: Readonly<Record<FaultOn, readonly FaultKind[]>> = {
  money: ALL.filter((kind) => !STATUS_ONLY.includes(kind)),
  store: [],
  status: ALL,
};

export const PLAYABLE_CALLBACKS = Object.keys(SIMULATED_CALLBACK_FAULTS) as readonly CallbackFaultKind[];

/** The simulator's faults for one order. */
export function simulatorFaults(
  target: { readonly clientOrderId: string; readonly login: string },
  faults: readonly Fault[],
  callback: CallbackFaultKind | undefined,
): PayneteasyFault[] {
  return [
    ...faults.flatMap(({ on, kind, step, times = 1 }): PayneteasyFault[] => {
      const played = (on === 'status' ? ON_STATUS[kind] : undefined) ?? WIRE[kind];
      return played ? [{ ...played, ...target, on: commandOf(on, step), times }] : [];
    }),
    ...(callback === undefined ? [] : [{ kind: SIMULATED_CALLBACK_FAULTS[callback], ...target }]),
  ];
}

/** Of two steps the first is a payout-check, the second a payout-pay (§6.3, §6.4). */
function commandOf(on: FaultOn, step: Fault['step']): PayneteasyFault['on'] {
  if (on === 'status') return 'status';
  if (step === undefined) return 'money';
  return step === 'register' ? 'payout-check' : 'payout-pay';
}
