import type { Deed, Scenario, ScenarioGroup } from '../scenario.js';
import type { OddCallback } from '../words.js';

const LATER = { account: 'called_back', flow: 'card', outcome: 'paid_later' } as const;
const AT_ONCE = { account: 'called_back', flow: 'card', outcome: 'paid' } as const;
const PAID = { status: 'succeeded', bookings: 1 } as const;

const PENDING: Deed = { deed: 'wait_for_provider', to: 'know_it' };
const odd = (kind: OddCallback, taken: boolean): Deed => ({ deed: 'odd_callback', odd: kind, taken });
const says = (twist: 'true' | 'says_paid' | 'says_declined'): Deed => ({
  deed: 'callback',
  twist,
  taken: true,
});

/** A callback is a hint until proven: it is stored, one question confirms it, and nothing it says is believed. */
export const callbacks: ScenarioGroup = {
  title: 'Callbacks',
  scenarios: [
    { ...LATER, name: 'on time: one question confirms it', expected: { ...PAID, asked: 1 } },
    { ...LATER, name: 'lost: the polls find the outcome', callback: 'lost', expected: PAID },
    {
      ...LATER,
      name: 'late: after the polls have found the outcome',
      callback: 'lost',
      afterwards: [says('true')],
      expected: PAID,
    },
    {
      ...AT_ONCE,
      name: 'early: before the answer to the request has left',
      callback: 'early',
      expected: PAID,
    },
    { ...LATER, name: 'doubled', callback: 'doubled', expected: PAID },
    {
      ...AT_ONCE,
      name: 'repeated ten times after the end',
      afterwards: Array.from({ length: 10 }, () => says('true')),
      expected: PAID,
    },
    {
      ...LATER,
      name: 'forged by whoever sends it: the polls find the outcome',
      callback: 'forged',
      expected: PAID,
    },
    { ...LATER, name: 'contradicting the truth', callback: 'contradicting', expected: PAID },
    { ...LATER, name: 'followed by an earlier message', callback: 'out_of_order', expected: PAID },
    {
      ...LATER,
      name: 'forged while pending: refused, and nobody is asked',
      callback: 'lost',
      meanwhile: [PENDING, { deed: 'callback', twist: 'forged', taken: false }],
      expected: PAID,
    },
    {
      ...LATER,
      name: 'contradicting: says paid while it is pending',
      meanwhile: [PENDING, says('says_paid')],
      expected: PAID,
    },
    {
      ...LATER,
      name: 'contradicting: says declined while it is pending',
      meanwhile: [PENDING, says('says_declined')],
      expected: PAID,
    },
    {
      ...AT_ONCE,
      name: 'contradicting: says declined after it was paid',
      afterwards: [says('says_declined')],
      expected: PAID,
    },
    {
      ...AT_ONCE,
      name: 'contradicting: says paid after it was declined',
      outcome: 'declined',
      afterwards: [says('says_paid')],
      expected: { status: 'declined', bookings: 0 },
    },
    {
      ...LATER,
      name: 'out of order: the last word first, earlier ones after it',
      meanwhile: [PENDING, says('says_paid'), says('says_declined')],
      afterwards: [says('says_declined'), says('true'), says('says_declined')],
      expected: PAID,
    },
    {
      ...AT_ONCE,
      name: 'foreign: genuine, for an order that nobody knows',
      afterwards: [{ deed: 'callback', twist: 'foreign', taken: true }],
      expected: PAID,
    },
    {
      ...AT_ONCE,
      name: 'overdue: asked for again, and the one that comes then ends it',
      account: 'asking_for_callbacks',
      callback: 'lost',
      // The one poll there is finds no end, so that nothing but a callback can bring it.
      faults: [{ on: 'status', kind: 'still_pending' }],
      expected: PAID,
    },
    {
      ...AT_ONCE,
      name: 'contradicting a status: says paid, the question after it says pending',
      faults: [{ on: 'status', kind: 'still_pending' }],
      expected: PAID,
    },
    {
      ...AT_ONCE,
      name: 'contradicting a status: says paid, the question after it knows no such order, the answer is lost',
      faults: [
        { on: 'money', kind: 'reset_processed' },
        { on: 'status', kind: 'not_found' },
      ],
      expected: PAID,
    },
    {
      ...LATER,
      name: 'contradicting a status: says declined after the polls found it paid',
      callback: 'lost',
      afterwards: [says('says_declined')],
      expected: PAID,
    },
    {
      ...LATER,
      name: 'contradicting the order: says paid, but another amount, while it is pending',
      meanwhile: [PENDING, odd('other_amount', true)],
      expected: PAID,
    },
    {
      ...LATER,
      name: "another account's: signed by that account, refused, and nobody is asked",
      meanwhile: [PENDING, odd('signed_by_another', false)],
      expected: { ...PAID, asked: 1 },
    },
    {
      ...LATER,
      name: "another account's: genuine there, but about an order of this one; nobody is asked",
      meanwhile: [PENDING, odd('at_anothers_door', true)],
      expected: { ...PAID, asked: 1 },
    },
  ] satisfies readonly Scenario[],
};
