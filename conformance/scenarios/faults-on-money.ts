import { FAULTS, type FaultKind } from '../faults.js';
import type { Expected, Scenario, ScenarioGroup } from '../scenario.js';

/** What each fault leads to that does not follow from `processed` alone. */
const ENDS: Partial<Readonly<Record<FaultKind, Expected>>> = {
  // A success about something else than we asked for is for a person to judge.
  other_amount: { status: 'in_review', bookings: 1 },
  other_order: { status: 'in_review', bookings: 1 },
  refused: { status: 'failed', bookings: 0 },
  card_refused: { status: 'declined', bookings: 0 },
  login_refused: { status: 'failed', bookings: 0 },
};

const PAID: Expected = { status: 'succeeded', bookings: 1 };
const NEVER_FOUND: Expected = { status: 'in_review', bookings: 0, reason: 'not_found_at_provider' };

function meets(kind: FaultKind): Scenario {
  const { processed, words } = FAULTS[kind];
  return {
    name: `request: ${words}`,
    // A refused login may stop the whole account for a while.
    account: kind === 'login_refused' ? 'shut_out' : 'polled',
    flow: 'card',
    outcome: 'paid',
    faults: [{ on: 'money', kind }],
    expected: ENDS[kind] ?? (processed ? PAID : NEVER_FOUND),
  };
}

/** Faults that leave nobody wiser: the answer is lost, and nothing was processed. */
const LOST_UNPROCESSED = (Object.keys(FAULTS) as FaultKind[]).filter(
  (kind) => !FAULTS[kind].processed && ENDS[kind] === undefined,
);

/** The one request that moves money meets a fault. It is never sent twice, unless the account says that this is safe. */
export const faultsOnMoney: ScenarioGroup = {
  title: 'Faults on the request that moves money',
  scenarios: (Object.keys(FAULTS) as FaultKind[]).map(meets),
};

export const policies: ScenarioGroup = {
  title: 'What the account says about sending again',
  scenarios: [
    ...LOST_UNPROCESSED.map((kind): Scenario => ({
      name: `resend allowed: ${FAULTS[kind].words}`,
      account: 'resending',
      flow: 'card',
      outcome: 'paid',
      faults: [{ on: 'money', kind }],
      expected: { status: 'succeeded', bookings: 1, sent: 2 },
    })),
    {
      name: 'resend allowed: paid, but the provider never finds it; refused each time as a duplicate',
      account: 'resending',
      flow: 'card',
      outcome: 'paid',
      faults: [
        { on: 'money', kind: 'reset_processed' },
        { on: 'status', kind: 'not_found', times: 1_000 },
      ],
      expected: { status: 'in_review', bookings: 1, sent: 4, reason: 'not_found_at_provider' },
    },
    {
      name: 'resend never: connection reset, nothing processed',
      account: 'never_resending',
      flow: 'card',
      outcome: 'paid',
      faults: [{ on: 'money', kind: 'reset_unprocessed' }],
      expected: NEVER_FOUND,
    },
  ],
};
