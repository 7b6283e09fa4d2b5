import type { PaymentDeed, PaymentScenarioGroup } from '../scenario.js';
import type { CallbackTwist } from '../words.js';

const CALLED = { account: 'called_back', way: 'page' } as const;
const POLLED = { account: 'polled', way: 'page' } as const;
const PAID = { status: 'succeeded', charges: 1 } as const;
const PAYS: PaymentDeed = { deed: 'payer', does: 'pay' };
const UNTIL_PAID: PaymentDeed = { deed: 'wait_until', status: 'succeeded' };
const PAYS_3DS: PaymentDeed = { deed: 'payer', does: 'approve_challenge' };
const comes = (twist: CallbackTwist): PaymentDeed => ({ deed: 'callback', twist, taken: true });
const bounces = (twist: CallbackTwist): PaymentDeed => ({ deed: 'callback', twist, taken: false });

/** A callback's signature covers what it says: it is a proof, and needs no question. */
export const callbacks: PaymentScenarioGroup = {
  title: 'Callbacks',
  scenarios: [
    { ...CALLED, name: 'on time: nobody is asked', deeds: [PAYS], expected: { ...PAID, asked: 0 } },
    {
      ...CALLED,
      name: 'of every try: two fail, one pays',
      deeds: [{ deed: 'payer', does: 'fail_twice_then_pay' }],
      expected: { ...PAID, asked: 0 },
    },
    {
      ...CALLED,
      name: 'through 3-D Secure, one for each status',
      deeds: [PAYS_3DS],
      expected: { ...PAID, asked: 0 },
    },
    { ...CALLED, name: 'lost: the polls find the outcome', callback: 'lost', deeds: [PAYS], expected: PAID },
    {
      ...POLLED,
      name: 'late: after the polls have found the outcome',
      deeds: [PAYS, UNTIL_PAID, comes('true')],
      expected: PAID,
    },
    { ...CALLED, name: 'late, but before the polls', callback: 'late', deeds: [PAYS], expected: PAID },
    { ...CALLED, name: 'doubled', callback: 'doubled', deeds: [PAYS], expected: PAID },
    {
      ...CALLED,
      name: 'repeated ten times after the end',
      deeds: [PAYS, UNTIL_PAID, ...Array.from({ length: 10 }, () => comes('true'))],
      expected: PAID,
    },
    {
      ...CALLED,
      name: 'forged by whoever sends it, then the true one',
      callback: 'forged',
      deeds: [PAYS],
      expected: PAID,
    },
    {
      ...CALLED,
      account: 'brief',
      name: 'forged while the payer is at it: refused, and nothing comes of it',
      deeds: [{ deed: 'payer', does: 'fail_and_leave' }, bounces('forged')],
      expected: { status: 'declined', charges: 0 },
    },
    {
      ...CALLED,
      name: 'of another shop: refused, and the true one believed',
      callback: 'lost',
      deeds: [PAYS, bounces('foreign_shop'), comes('true')],
      expected: { ...PAID, asked: 0 },
    },
    {
      ...CALLED,
      name: 'at the door of another account: refused',
      callback: 'lost',
      deeds: [PAYS, bounces('other_door'), comes('true')],
      expected: { ...PAID, asked: 0 },
    },
    {
      ...CALLED,
      name: 'of an order that nobody knows',
      deeds: [PAYS, comes('nobodys_order')],
      expected: PAID,
    },
    {
      ...CALLED,
      name: 'out of order: paid first, created after it',
      callback: 'out_of_order',
      deeds: [PAYS],
      expected: PAID,
    },
    {
      ...CALLED,
      name: 'out of order after the end: older, so nothing comes of it',
      deeds: [PAYS, UNTIL_PAID, comes('says_created')],
      expected: PAID,
    },
    {
      ...CALLED,
      name: 'contradicting: says declined of what the polls then find paid',
      callback: 'contradicting',
      deeds: [PAYS],
      expected: { status: 'in_review', charges: 1, reason: 'contradictory_transaction' },
    },
    {
      ...POLLED,
      name: 'contradicting the status: says declined after it was found paid',
      deeds: [PAYS, UNTIL_PAID, comes('says_declined')],
      expected: { ...PAID, history: 'contradiction' },
    },
    {
      ...CALLED,
      name: 'with a status that nobody documented: in review, until a known one proves more',
      callback: 'lost',
      deeds: [PAYS, comes('says_unheard_of'), { deed: 'wait_until', status: 'in_review' }, comes('true')],
      expected: PAID,
    },
    {
      ...CALLED,
      name: 'signed, but without a status: one question tells',
      callback: 'lost',
      deeds: [PAYS, comes('says_nothing')],
      expected: { ...PAID, asked: 1 },
    },
    {
      ...CALLED,
      name: 'of another amount than was asked for',
      callback: 'lost',
      deeds: [PAYS, comes('other_amount')],
      expected: { status: 'in_review', charges: 1, reason: 'amount_mismatch' },
    },
    {
      ...CALLED,
      way: 'token',
      name: 'early: before the answer to the charge by token',
      callback: 'early',
      expected: PAID,
    },
  ],
};
