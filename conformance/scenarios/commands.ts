import type { Scenario, ScenarioGroup } from '../scenario.js';

const POLLED = { account: 'polled', flow: 'card' } as const;
const PAID = { status: 'succeeded', bookings: 1 } as const;

/** What callers and operators do to a payout. */
export const commands: ScenarioGroup = {
  title: 'Repeats and cancels',
  scenarios: [
    {
      ...POLLED,
      name: 'created again five times at once, while it is under way',
      outcome: 'paid_later',
      meanwhile: [{ deed: 'create_again', times: 5 }],
      expected: PAID,
    },
    {
      ...POLLED,
      name: 'created again five times at once, after its end',
      outcome: 'paid',
      afterwards: [{ deed: 'create_again', times: 5 }],
      expected: PAID,
    },
    {
      ...POLLED,
      name: 'the same id for another amount: refused',
      outcome: 'paid',
      afterwards: [{ deed: 'create_other' }],
      expected: PAID,
    },
    {
      name: 'cancelled before anything was sent',
      account: 'stopped',
      flow: 'card',
      outcome: 'paid',
      meanwhile: [{ deed: 'cancel', cancelled: true }],
      expected: { status: 'cancelled', bookings: 0, sent: 0 },
    },
    {
      ...POLLED,
      name: 'a cancel while the request is on its way is refused',
      outcome: 'paid',
      faults: [{ on: 'money', kind: 'slow_body' }],
      meanwhile: [
        { deed: 'wait_for_provider', to: 'know_it' },
        { deed: 'cancel', cancelled: false },
      ],
      expected: PAID,
    },
    {
      ...POLLED,
      name: 'a cancel after sending is refused',
      outcome: 'paid_later',
      meanwhile: [
        { deed: 'wait_for_provider', to: 'know_it' },
        { deed: 'cancel', cancelled: false },
      ],
      expected: PAID,
    },
  ] satisfies readonly Scenario[],
};
