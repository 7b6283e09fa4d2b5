import type { StoringScenario } from '../storing-scenario.js';

const OF_RECIPIENT = { account: 'polled', purpose: 'destination' } as const;
const OF_PAYER = { account: 'polled', purpose: 'source' } as const;
const ACTIVE = { status: 'active', stored: 1 } as const;

/** Cards that the provider keeps for us. No money moves by it, but a person may have to act. */
export const storing: readonly StoringScenario[] = [
  { ...OF_RECIPIENT, name: "recipient's card: stored", outcome: 'stored', expected: ACTIVE },
  {
    ...OF_RECIPIENT,
    name: "recipient's card: stored, then paid to",
    outcome: 'stored',
    afterwards: 'pay',
    expected: { ...ACTIVE, payout: 'succeeded' },
  },
  {
    ...OF_RECIPIENT,
    name: "recipient's card: taken out of use, then no payout may name it",
    outcome: 'stored',
    afterwards: 'remove_and_pay',
    expected: { status: 'removed', stored: 1, payout: 'refused' },
  },
  {
    ...OF_RECIPIENT,
    name: "recipient's card: refused by the provider",
    outcome: 'refused',
    expected: { status: 'failed', stored: 0 },
  },
  {
    ...OF_RECIPIENT,
    name: "recipient's card: stored, the answer lost",
    outcome: 'stored',
    faults: [{ on: 'store', kind: 'reset_processed' }],
    expected: ACTIVE,
  },
  {
    ...OF_RECIPIENT,
    name: "recipient's card: stored, the answer unreadable, questions fail three times",
    outcome: 'stored',
    faults: [
      { on: 'store', kind: 'unreadable_body' },
      { on: 'status', kind: 'error_page_unprocessed', times: 3 },
    ],
    expected: ACTIVE,
  },
  {
    ...OF_RECIPIENT,
    name: "recipient's card: the request never arrived",
    outcome: 'stored',
    faults: [{ on: 'store', kind: 'reset_unprocessed' }],
    // No money hangs on it, so what the provider does not know is over.
    expected: { status: 'failed', stored: 0 },
  },
  {
    ...OF_RECIPIENT,
    name: "recipient's card: added five times at once",
    outcome: 'stored',
    again: 5,
    expected: ACTIVE,
  },
  { ...OF_PAYER, name: "payer's card: stored without a challenge", outcome: 'stored', expected: ACTIVE },
  {
    ...OF_PAYER,
    name: "payer's card: challenge approved",
    outcome: 'challenged',
    person: 'approve',
    expected: ACTIVE,
  },
  {
    ...OF_PAYER,
    name: "payer's card: challenge declined",
    outcome: 'challenged',
    person: 'decline',
    expected: { status: 'failed', stored: 0 },
  },
  {
    ...OF_PAYER,
    name: "payer's card: challenge abandoned",
    outcome: 'challenged',
    expected: { status: 'expired', stored: 0 },
  },
  {
    ...OF_PAYER,
    account: 'called_back',
    name: "payer's card: challenge approved, the callback ends it",
    outcome: 'challenged',
    person: 'approve',
    expected: ACTIVE,
  },
  {
    ...OF_PAYER,
    name: "payer's card: may not be paid to",
    outcome: 'stored',
    afterwards: 'pay',
    expected: { ...ACTIVE, payout: 'refused' },
  },
];
