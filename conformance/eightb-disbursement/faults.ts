import type { EightbDisbursementFault } from '../../simulators/index.js';
import { SIMULATED_CALLBACK_FAULTS } from '../faults.js';
import type { CallbackFaultKind, Fault, FaultKind, FaultOn } from '../faults.js';

type Played = Omit<EightbDisbursementFault, 'id' | 'service' | 'method' | 'times'>;

/** The neutral kinds in the simulator's words. Error texts are those of 8b Disbursement §7. No answer names an amount. */
const WIRE: Partial<Readonly<Record<FaultKind, Played>>> = {
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
  other_order: { kind: 'rewrite', set: { id: 'SOMEBODYELSES' } },
  unheard_of_state: { kind: 'rewrite', set: { result: 'MAYBE' } },
  no_state: { kind: 'rewrite', set: { result: null } },
  doubtful_unprocessed: { kind: 'error', text: 'internal error' },
  doubtful_processed: { kind: 'error', text: 'internal error', processed: true },
  refused: { kind: 'error', text: 'invalid parameter amount' },
  card_refused: { kind: 'error', text: 'invalid parameter client' },
  still_pending: { kind: 'check_processing' },
  not_found: { kind: 'check_not_found' },
  login_refused: { kind: 'error', text: 'invalid hash' },
};

/** Said by `check` alone. */
const STATUS_ONLY: readonly FaultKind[] = ['still_pending', 'not_found'];
/** What a question cannot be answered. */
const REQUEST_ONLY: readonly FaultKind[] = ['card_refused'];

const ALL = Object.keys(WIRE) as readonly FaultKind[];

export const PLAYABLE: Readonly<Record<FaultOn, readonly FaultKind[]>> = {
  money: ALL.filter((kind) => !STATUS_ONLY.includes(kind)),
  // The provider stores no cards.
  store: [],
  status: ALL.filter((kind) => !REQUEST_ONLY.includes(kind)),
};

const METHODS = { money: 'payout', status: 'check' } as const;

export const PLAYABLE_CALLBACKS = Object.keys(SIMULATED_CALLBACK_FAULTS) as readonly CallbackFaultKind[];

/** The simulator's faults for one order. */
export function simulatorFaults(
  target: { readonly id: string; readonly service: string },
  faults: readonly Fault[],
  callback: CallbackFaultKind | undefined,
): EightbDisbursementFault[] {
  return [
    ...faults.flatMap(({ on, kind, times = 1 }): EightbDisbursementFault[] => {
      const played = WIRE[kind];
      return played === undefined || on === 'store'
        ? []
        : [{ ...played, ...target, method: METHODS[on], times }];
    }),
    ...(callback === undefined ? [] : [{ kind: SIMULATED_CALLBACK_FAULTS[callback], ...target }]),
  ];
}
