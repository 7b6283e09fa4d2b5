import type { AskedOperation, PaymentDeed, PaymentScenarioGroup } from '../scenario.js';

const POLLED = { account: 'polled', way: 'page' } as const;
const PAYING: readonly PaymentDeed[] = [
  { deed: 'payer', does: 'pay' },
  { deed: 'wait_until', status: 'succeeded' },
];
const refund = (id: string, ends: AskedOperation['ends'], minor?: number): AskedOperation => ({
  ...{ deed: 'operate', kind: 'refund', id, ends, minor },
});
const REFUNDED = { status: 'refunded', charges: 1 } as const;
const PAID = { status: 'succeeded', charges: 1 } as const;
const LOST_PART = [{ on: 'refund', kind: 'reset_processed' }] as const;
const LOST_REQUEST = [{ on: 'refund', kind: 'reset_unprocessed' }] as const;

/** Whole and in parts, of 100.00; none of them is idempotent at the provider. */
export const refunds: PaymentScenarioGroup = {
  title: 'Refunds',
  scenarios: [
    {
      ...POLLED,
      name: 'whole',
      deeds: [...PAYING, refund('all', 'done')],
      expected: { ...REFUNDED, back: 10_000 },
    },
    {
      ...POLLED,
      name: 'in part',
      deeds: [...PAYING, refund('part', 'done', 2_500)],
      expected: { ...REFUNDED, back: 2_500 },
    },
    {
      ...POLLED,
      name: 'two parts of one size',
      deeds: [...PAYING, refund('one', 'done', 2_500), refund('two', 'done', 2_500)],
      expected: { ...REFUNDED, back: 5_000 },
    },
    {
      ...POLLED,
      name: 'a part, then the rest',
      deeds: [...PAYING, refund('part', 'done', 2_500), refund('rest', 'done')],
      expected: { ...REFUNDED, back: 10_000 },
    },
    {
      ...POLLED,
      name: 'more than is left: refused',
      deeds: [...PAYING, refund('part', 'done', 2_500), refund('more', 'refused', 7_501)],
      expected: { ...REFUNDED, back: 2_500 },
    },
    {
      ...POLLED,
      name: 'whole, five times at once by one id: once',
      deeds: [...PAYING, { ...refund('all', 'done'), times: 5 }, refund('again', 'refused')],
      expected: { ...REFUNDED, back: 10_000 },
    },
    {
      ...POLLED,
      name: 'another amount under the same id: refused, naming the original',
      deeds: [...PAYING, refund('one', 'done', 2_500), refund('one', 'conflict', 2_501)],
      expected: { ...REFUNDED, back: 2_500 },
    },
    {
      ...POLLED,
      name: 'of what nobody paid: refused',
      deeds: [refund('all', 'refused'), { deed: 'payer', does: 'pay' }],
      expected: PAID,
    },
    {
      ...POLLED,
      name: 'in part, processed, the answer lost: settled by a person as done',
      faults: LOST_PART,
      deeds: [
        ...PAYING,
        refund('part', 'in_review', 2_500),
        { deed: 'wait_until', status: 'in_review' },
        refund('more', 'refused', 1),
        { deed: 'settle', id: 'part', verdict: 'done' },
      ],
      expected: { ...REFUNDED, back: 2_500 },
    },
    {
      ...POLLED,
      name: 'in part, never arrived: settled by a person as not done, then sent under another id',
      faults: LOST_REQUEST,
      deeds: [
        ...PAYING,
        refund('part', 'in_review', 2_500),
        { deed: 'settle', id: 'part', verdict: 'not_done' },
        { deed: 'wait_until', status: 'succeeded' },
        refund('again', 'done', 2_500),
      ],
      expected: { ...REFUNDED, back: 2_500 },
    },
    {
      ...POLLED,
      name: 'a second part, the answer lost: no status can tell it from the first',
      faults: [
        { on: 'refund', kind: 'slow_body' },
        { on: 'refund', kind: 'reset_processed' },
      ],
      deeds: [...PAYING, refund('one', 'done', 2_500), refund('two', 'in_review', 2_500)],
      expected: { status: 'in_review', charges: 1, back: 5_000, reason: 'operation_unclear' },
    },
    {
      ...POLLED,
      name: 'whole, never arrived: not done, then sent under another id',
      faults: LOST_REQUEST,
      deeds: [...PAYING, refund('one', 'not_done'), refund('two', 'done')],
      expected: { ...REFUNDED, back: 10_000 },
    },
  ],
};
