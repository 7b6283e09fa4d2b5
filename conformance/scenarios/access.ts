import type { Scenario, ScenarioGroup } from '../scenario.js';

const CARD = { flow: 'card', outcome: 'paid' } as const;
const PAID = { status: 'succeeded', bookings: 1 } as const;
const REFUSED = { status: 'failed', bookings: 0 } as const;

/** Whether the provider lets us in: address, credentials, keys, signatures, clocks. */
export const access: ScenarioGroup = {
  title: 'Addresses, credentials, keys and clocks',
  scenarios: [
    {
      ...CARD,
      name: 'nobody listens: given up as never sent',
      account: 'unreachable',
      expected: { ...REFUSED, sent: 0, reason: 'never_sent' },
    },
    { ...CARD, name: 'wrong credentials', account: 'wrong_credentials', expected: REFUSED },
    { ...CARD, name: 'encrypted card: paid', account: 'encrypting', expected: PAID },
    {
      ...CARD,
      name: 'encrypted card: declined',
      account: 'encrypting',
      outcome: 'declined',
      expected: { status: 'declined', bookings: 0 },
    },
    {
      ...CARD,
      name: 'encrypted card: processed, then reset before a byte of the answer',
      account: 'encrypting',
      faults: [{ on: 'money', kind: 'reset_processed' }],
      expected: PAID,
    },
    { ...CARD, name: 'signed request: paid', account: 'signing', expected: PAID },
    {
      ...CARD,
      name: 'signed by a key that the provider does not know',
      account: 'wrongly_signing',
      expected: REFUSED,
    },
    { ...CARD, name: 'the clocks differ, within the tolerance', account: 'clock_off', expected: PAID },
    {
      ...CARD,
      name: 'the clocks differ beyond the tolerance',
      account: 'clock_far_off',
      // Where a request built anew could mend it, that is tried once.
      expected: { ...REFUSED, sent: { atMost: 2 } },
    },
  ] satisfies readonly Scenario[],
};
