import type { PaymentDeed, PaymentScenarioGroup } from '../scenario.js';

const POLLED = { account: 'polled', way: 'page' } as const;
const IMPATIENT = { account: 'impatient', way: 'page' } as const;
const PAID = { status: 'succeeded', charges: 1 } as const;
const PAYS: PaymentDeed = { deed: 'payer', does: 'pay' };
const UNTIL_PAID: PaymentDeed = { deed: 'wait_until', status: 'succeeded' };
const IN_REVIEW: PaymentDeed = { deed: 'wait_until', status: 'in_review' };

/** Repeats, and what a person decides. */
export const commands: PaymentScenarioGroup = {
  title: 'Repeats and verdicts',
  scenarios: [
    {
      ...POLLED,
      name: 'created ten times at once: one order',
      deeds: [{ deed: 'create_again', times: 10 }, PAYS],
      expected: PAID,
    },
    {
      ...POLLED,
      name: 'created again after the end: the same payment',
      deeds: [PAYS, UNTIL_PAID, { deed: 'create_again', times: 3 }],
      expected: PAID,
    },
    {
      ...POLLED,
      name: 'another amount under the same id: refused, before and after the end',
      deeds: [{ deed: 'create_other' }, PAYS, UNTIL_PAID, { deed: 'create_other' }],
      expected: PAID,
    },
    {
      account: 'polled',
      way: 'token',
      name: 'a charge by token, created five times at once: once',
      deeds: [{ deed: 'create_again', times: 5 }],
      expected: PAID,
    },
    {
      ...IMPATIENT,
      name: 'in review, a person asks again, and by then the provider answers',
      faults: [{ on: 'status', kind: 'error_page_unprocessed', times: 100 }],
      deeds: [PAYS, IN_REVIEW, { deed: 'callback', twist: 'true', taken: true }],
      expected: PAID,
    },
    {
      ...IMPATIENT,
      name: 'in review, a person asks again and it is not known yet: in review again',
      deeds: [
        { deed: 'payer', does: 'abandon_challenge' },
        IN_REVIEW,
        { deed: 'resolve', verdict: 'ask_again' },
      ],
      expected: { status: 'in_review', charges: 0, reason: 'no_final_answer' },
    },
    {
      ...IMPATIENT,
      way: 'token',
      name: 'a charge that never arrived, in review, a person knows that it was not paid',
      faults: [{ on: 'token', kind: 'reset_unprocessed' }],
      deeds: [IN_REVIEW, { deed: 'resolve', verdict: 'not_paid' }],
      expected: { status: 'declined', charges: 0, reason: 'operator_not_paid' },
    },
  ],
};
