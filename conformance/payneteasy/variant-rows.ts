import type { Deed, Scenario } from '../scenario.js';

/** What variants are played on beside the short set, where that does not touch them. */

export const PAID = { status: 'succeeded', bookings: 1 } as const;
const PAID_IN_TWO = { ...PAID, sent: 2 } as const;
export const LEFT_OPEN = { status: 'in_review', bookings: 0 } as const;
export const PAID_UNPROVEN = { status: 'in_review', bookings: 1 } as const;

const card = { account: 'polled', flow: 'card', outcome: 'paid' } as const;
export const account = { ...card, flow: 'bank_account' } as const;
export const refused: Scenario = {
  ...card,
  name: 'refused',
  faults: [{ on: 'money', kind: 'refused' }],
  expected: { status: 'failed', bookings: 0 },
};
export const later: Scenario = { ...card, name: 'paid later', outcome: 'paid_later', expected: PAID };
export const wronglySigned: Scenario = {
  ...card,
  account: 'wrongly_signing',
  name: 'wrongly signed',
  expected: { status: 'failed', bookings: 0 },
};
export const byCallback: Scenario = {
  ...{ ...card, account: 'called_back', name: 'by callback', outcome: 'paid_later' },
  expected: { ...PAID, asked: 1 },
};
export const formDone: Scenario = {
  ...{ ...account, name: 'form approved', outcome: 'challenged' },
  meanwhile: [{ deed: 'person', does: 'approve' }],
  expected: PAID,
};
export const inTwo: Scenario = { ...account, account: 'two_step', name: 'two steps', expected: PAID_IN_TWO };
export const secondLost: Scenario = {
  ...{ ...inTwo, account: 'two_step_resending', name: 'two steps, the second not executed' },
  faults: [{ on: 'money', step: 'execute', kind: 'reset_unprocessed' }],
  expected: { ...PAID, sent: 3 },
};
export const resent: Scenario = {
  ...{ ...card, account: 'resending', name: 'sent again' },
  faults: [{ on: 'money', kind: 'reset_unprocessed' }],
  expected: { ...PAID, sent: 2 },
};
export const neverFound: Scenario = {
  ...{ ...card, account: 'resending', name: 'never found' },
  faults: [
    { on: 'money', kind: 'reset_processed' },
    { on: 'status', kind: 'not_found', times: 1_000 },
  ],
  expected: { ...PAID_UNPROVEN, sent: 4, reason: 'not_found_at_provider' },
};

/** Until the provider's word is its last. */
export const TURNED: Deed = { deed: 'wait_for_provider', to: 'end_it' };
