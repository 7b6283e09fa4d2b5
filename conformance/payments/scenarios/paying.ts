import type { PaymentDeed, PaymentScenarioGroup } from '../scenario.js';
import type { PayerDoes } from '../words.js';

const POLLED = { account: 'polled', way: 'page' } as const;
const BRIEF = { account: 'brief', way: 'page' } as const;
const PAID = { status: 'succeeded', charges: 1 } as const;

const payer = (does: PayerDoes): PaymentDeed => ({ deed: 'payer', does });

/** One order, many tries of one payer. */
export const paying: PaymentScenarioGroup = {
  title: "The payer at the provider's page",
  scenarios: [
    { ...POLLED, name: 'pays at once', deeds: [payer('pay')], expected: PAID },
    { ...POLLED, name: 'mistypes, then pays', deeds: [payer('mistype_then_pay')], expected: PAID },
    { ...POLLED, name: 'pays through 3-D Secure', deeds: [payer('approve_challenge')], expected: PAID },
    {
      ...POLLED,
      name: 'fails twice, then pays: several transactions, one charge',
      deeds: [payer('fail_twice_then_pay')],
      expected: PAID,
    },
    {
      ...POLLED,
      name: 'refuses 3-D Secure, then pays with another card',
      deeds: [payer('refuse_challenge_then_pay')],
      expected: PAID,
    },
    {
      ...POLLED,
      name: 'pays, but the provider knows only later',
      deeds: [payer('pay_with_delay')],
      expected: PAID,
    },
    {
      ...BRIEF,
      name: 'fails and leaves: declined once the order is over',
      deeds: [payer('fail_and_leave')],
      expected: { status: 'declined', charges: 0, reason: 'transaction_failed' },
    },
    { ...BRIEF, name: 'never comes', expected: { status: 'expired', charges: 0, reason: 'expired' } },
    {
      ...BRIEF,
      name: 'abandons 3-D Secure: waited for until the provider calls it expired',
      deeds: [
        payer('abandon_challenge'),
        { deed: 'wait_until', status: 'processing' },
        { deed: 'order_ends' },
      ],
      expected: { status: 'expired', charges: 0 },
    },
    {
      ...BRIEF,
      account: 'impatient',
      name: 'abandons 3-D Secure, and the provider never says so',
      deeds: [payer('abandon_challenge')],
      expected: { status: 'in_review', charges: 0, reason: 'no_final_answer' },
    },
    {
      ...BRIEF,
      name: 'pays after the end of the order: corrected by a late callback',
      deeds: [
        { deed: 'wait_until', status: 'expired' },
        payer('pay'),
        { deed: 'callback', twist: 'true', taken: true },
      ],
      expected: { ...PAID, history: 'correction' },
    },
    {
      account: 'twice_payable',
      way: 'page',
      name: 'pays twice from two tabs: a person must look',
      deeds: [payer('pay_in_two_tabs')],
      expected: { status: 'in_review', charges: 2, reason: 'double_charge' },
    },
    {
      account: 'twice_payable',
      way: 'page',
      name: 'pays twice, and the surplus is given back',
      deeds: [
        payer('pay_in_two_tabs'),
        { deed: 'wait_until', status: 'in_review' },
        { deed: 'operate', kind: 'refund', id: 'surplus', last: true, ends: 'done' },
      ],
      expected: { status: 'succeeded', charges: 2, back: 10_000 },
    },
    {
      account: 'verifying',
      way: 'verification',
      name: 'proves a card: held, released, never charged',
      deeds: [payer('pay')],
      expected: { status: 'succeeded', charges: 0 },
    },
    {
      account: 'polled',
      way: 'token',
      name: 'is charged by the token of an earlier payment',
      expected: PAID,
    },
    {
      account: 'polled',
      way: 'token',
      outcome: 'declined',
      name: 'is charged by token, declined: no other card can be tried',
      expected: { status: 'declined', charges: 0 },
    },
    {
      account: 'polled',
      way: 'token',
      outcome: 'uncertain',
      name: 'is charged by token, the provider knows only later',
      expected: PAID,
    },
  ],
};
