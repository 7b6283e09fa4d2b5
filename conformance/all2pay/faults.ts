import type { Fault as SimulatorFault } from '../../simulators/index.js';
import { SIMULATED_CALLBACK_FAULTS } from '../faults.js';
import type { CallbackFaultKind, Fault, FaultKind, FaultOn } from '../faults.js';

type Played = Omit<SimulatorFault, 'orderNumber' | 'login' | 'method' | 'times'>;

/** The neutral kinds in the simulator's words. Rows are those of All2pay payouts document §11.1. */
const WIRE: Readonly<Record<FaultKind, Played>> = {
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
  other_amount: { kind: 'rewrite', set: { amount: 1 } },
  other_order: { kind: 'rewrite', set: { orderNumber: 'somebody-elses' } },
  unheard_of_state: { kind: 'rewrite', set: { orderStatus: '42' } },
  no_state: { kind: 'rewrite', set: { orderStatus: null } },
  doubtful_unprocessed: { kind: 'row', row: 20 },
  doubtful_processed: { kind: 'row', row: 20, processed: true },
  refused: { kind: 'row', row: 4 },
  card_refused: { kind: 'row', row: 32 },
  still_pending: { kind: 'status_pending' },
  not_found: { kind: 'row', row: 9 },
  login_refused: { kind: 'row', row: 17 },
};

/** Said by getPayoutStatus alone. */
const STATUS_ONLY: readonly FaultKind[] = ['still_pending', 'not_found'];
/** What a question cannot be answered. */
const REQUEST_ONLY: readonly FaultKind[] = ['card_refused'];

const ALL = Object.keys(WIRE) as readonly FaultKind[];

const ON_REQUESTS = ALL.filter((kind) => !STATUS_ONLY.includes(kind));

export const PLAYABLE: Readonly<Record<FaultOn, readonly FaultKind[]>> = {
  money: ON_REQUESTS,
  store: ON_REQUESTS,
  status: ALL.filter((kind) => !REQUEST_ONLY.includes(kind)),
};

/** An order is either registered or performed: the other fault waits for a request that never comes. */
const METHODS = {
  money: ['performPayout', 'registerPayout'],
  store: ['createTargetBindingId', 'createSourceBindingId'],
  status: ['getPayoutStatus'],
} as const satisfies Readonly<Record<FaultOn, readonly SimulatorFault['method'][]>>;

export const PLAYABLE_CALLBACKS = Object.keys(SIMULATED_CALLBACK_FAULTS) as readonly CallbackFaultKind[];

/** The simulator's faults for one order. */
export function simulatorFaults(
  target: { readonly orderNumber: string; readonly login: string },
  faults: readonly Fault[],
  callback: CallbackFaultKind | undefined,
): SimulatorFault[] {
  return [
    ...faults.flatMap(({ on, kind, times = 1 }) =>
      METHODS[on].map((method): SimulatorFault => ({ ...WIRE[kind], ...target, method, times })),
    ),
    ...(callback === undefined ? [] : [{ kind: SIMULATED_CALLBACK_FAULTS[callback], ...target }]),
  ];
}
