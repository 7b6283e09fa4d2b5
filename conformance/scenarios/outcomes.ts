import type { ScenarioGroup } from '../scenario.js';

/** Nothing goes wrong. */
export const outcomes: ScenarioGroup = {
  title: 'Outcomes',
  scenarios: [
    ...(['card', 'stored_card', 'phone', 'bank_account', 'payer_card'] as const).flatMap((flow) => [
      {
        name: `${flow.replace('_', ' ')}: paid`,
        account: 'polled' as const,
        flow,
        outcome: 'paid' as const,
        expected: { status: 'succeeded' as const, bookings: 1 as const },
      },
      {
        name: `${flow.replace('_', ' ')}: declined`,
        account: 'polled' as const,
        flow,
        outcome: 'declined' as const,
        expected: { status: 'declined' as const, bookings: 0 as const },
      },
    ]),
    {
      name: 'declined for lack of funds',
      account: 'polled',
      flow: 'card',
      outcome: 'no_funds',
      expected: { status: 'declined', bookings: 0 },
    },
    {
      name: 'paid later, found by polls',
      account: 'polled',
      flow: 'card',
      outcome: 'paid_later',
      expected: { status: 'succeeded', bookings: 1 },
    },
    {
      name: 'bank account: paid later, found by polls',
      account: 'polled',
      flow: 'bank_account',
      outcome: 'paid_later',
      expected: { status: 'succeeded', bookings: 1 },
    },
    {
      name: 'the schedule of polls ends before the provider knows: a person looks',
      account: 'impatient',
      flow: 'card',
      outcome: 'paid',
      faults: [
        { on: 'money', kind: 'reset_processed' },
        { on: 'status', kind: 'still_pending', times: 1_000 },
      ],
      expected: { status: 'in_review', bookings: 1, reason: 'no_final_answer' },
    },
    {
      name: 'in review, a person asks again, by then the provider knows',
      account: 'impatient',
      flow: 'card',
      outcome: 'paid_later',
      afterwards: [
        { deed: 'wait_for_provider', to: 'end_it' },
        { deed: 'ask_again' },
        { deed: 'wait_until', status: 'succeeded' },
      ],
      expected: { status: 'succeeded', bookings: 1 },
    },
  ],
};
