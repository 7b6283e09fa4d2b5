import { FAULTS, type Fault, type FaultKind } from '../faults.js';
import type { Expected, Scenario, ScenarioGroup } from '../scenario.js';

/** The money request's own answer is lost, so that everything hangs on the questions after it. */
const ANSWER_LOST: Fault = { on: 'money', kind: 'reset_processed' };

const CONTRADICTING: readonly FaultKind[] = ['other_amount', 'other_order'];
const PAID: Expected = { status: 'succeeded', bookings: 1 };
const REVIEW: Expected = { status: 'in_review', bookings: 1 };

function meets(kind: FaultKind): Scenario {
  return {
    name: `question: ${FAULTS[kind].words}, three times`,
    // A refused login may stop the whole account for a while.
    account: kind === 'login_refused' ? 'shut_out' : 'polled',
    flow: 'card',
    outcome: 'paid',
    faults: [ANSWER_LOST, { on: 'status', kind, times: 3 }],
    expected: CONTRADICTING.includes(kind) ? REVIEW : PAID,
  };
}

/** The questions after a lost answer meet faults. They change nothing, however often they come. */
export const faultsOnStatus: ScenarioGroup = {
  title: 'Faults on the questions after it',
  scenarios: [
    ...(Object.keys(FAULTS) as FaultKind[]).map(meets),
    {
      name: 'question: not found for ever, although it is paid',
      account: 'polled',
      flow: 'card',
      outcome: 'paid',
      faults: [ANSWER_LOST, { on: 'status', kind: 'not_found', times: 1_000 }],
      expected: { ...REVIEW, reason: 'not_found_at_provider' },
    },
  ],
};
