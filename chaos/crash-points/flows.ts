import { byDisbursement, byPage, byPayneteasy, ofPayer, toCard, type Ask } from '../plan/asks.js';

/** One way that money takes, from being asked for to its end. */
export type Flow =
  | { readonly kind: 'payout'; readonly name: string; readonly request: (number: number) => Ask }
  | { readonly kind: 'payment'; readonly name: string; readonly request: typeof ofPayer };

/** Every provider, and of each the ways that differ in their steps. */
export const FLOWS: readonly Flow[] = [
  {
    kind: 'payout',
    name: 'all2pay, to a card, pending for a while',
    request: (number) => toCard('a2p-again', number * 1_000 + 7),
  },
  {
    kind: 'payout',
    name: 'all2pay, by a page of the bank',
    request: (number) => byPage('a2p-hint', number * 1_000),
  },
  {
    kind: 'payout',
    name: 'payneteasy, with a form after the request',
    request: (number) => byPayneteasy('pne-again', number * 100, '04'),
  },
  {
    kind: 'payout',
    name: 'payneteasy, in two steps',
    request: (number) => byPayneteasy('pne-two', number * 100, '00'),
  },
  {
    kind: 'payout',
    name: '8b.world Disbursement, to a bank account',
    request: (number) => byDisbursement('8b-again', number * 100, '00'),
  },
  { kind: 'payment', name: '8b.world /pay, by the page', request: ofPayer },
];
