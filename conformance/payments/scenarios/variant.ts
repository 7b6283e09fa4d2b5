import type { PaymentScenario } from '../scenario.js';

const PAID = { status: 'succeeded', charges: 1 } as const;

/** The money rules in short: played for every undocumented behaviour that the provider could show. */
export const PAYMENT_SHORT_SET: readonly PaymentScenario[] = [
  {
    ...{ account: 'polled', way: 'page', name: 'start unanswered, fails twice, pays, created again' },
    faults: [{ on: 'start', kind: 'reset_processed' }],
    deeds: [
      { deed: 'create_again', times: 2 },
      { deed: 'payer', does: 'fail_twice_then_pay' },
    ],
    expected: { ...PAID, started: 2 },
  },
  {
    ...{ account: 'polled', way: 'page', name: 'paid, given back' },
    deeds: [
      { deed: 'payer', does: 'pay' },
      { deed: 'wait_until', status: 'succeeded' },
      { deed: 'operate', kind: 'refund', id: 'back', ends: 'done' },
    ],
    expected: { status: 'refunded', charges: 1, back: 10_000 },
  },
  {
    ...{ account: 'polled', way: 'token', name: 'charge by token unanswered' },
    faults: [{ on: 'token', kind: 'reset_processed' }],
    expected: PAID,
  },
];
