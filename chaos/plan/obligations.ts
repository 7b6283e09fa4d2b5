import type { PaymentRequestInput } from '../../schemas/payment-request.js';
import { between, weighted, type Chance } from './chance.js';
import {
  byDisbursement,
  byPage,
  byPayneteasy,
  ofPayer,
  toCard,
  type Ask,
  type ClearRequest,
} from './asks.js';
import { orderName } from './order-names.js';

/** One debt of the back end's: to be paid once, whatever happens. */
export interface Obligation {
  readonly number: number;
  /** When the back end asks for it, in ms from the start. */
  readonly atMs: number;
  readonly request: ClearRequest & { readonly orderId: string };
  /** What the recipient does with a page or form, should there be one. */
  readonly visit: 'complete' | 'cancel';
  readonly habits: Habits;
}

/** How a back end behaves that is not sure of itself. */
export interface Habits {
  readonly door: 'client' | 'http';
  /** Asks for the same once more: at once and by the other door, or some time later. */
  readonly again: 'no' | 'at_once' | 'later';
  /** Later asks for another amount under the same id, which must be refused. */
  readonly contradicts: boolean;
  /** Wants it cancelled, so many ms after it asked. */
  readonly cancelsAfterMs?: number | undefined;
}

/** A payment by a payer, on the provider's page. */
export interface PaymentToTake {
  readonly number: number;
  readonly atMs: number;
  readonly request: PaymentRequestInput & { readonly paymentId: string; readonly orderId: string };
  /** The payer's first card is declined, and another one tried. */
  readonly isDeclinedFirst: boolean;
}

export const MERCHANTS = ['acme', 'bolt'] as const;

/** What becomes of an order at its provider, by the digits that its simulator goes by. */
const ALL2PAY = [
  [50, 0],
  [6, 6],
  [8, 7],
  [5, 404],
  [6, 500],
  [5, 501],
  [6, 504],
  [4, 505],
  [3, 116],
] as const;
const PAYNETEASY = [
  [40, '00'],
  [8, '01'],
  [3, '02'],
  [3, '03'],
  [8, '04'],
  [6, '06'],
  [1, '07'],
  [6, '08'],
  [4, '09'],
  [3, '10'],
  [4, '11'],
  [6, '14'],
  [8, '16'],
] as const;
const EIGHTB = [
  [40, '20'],
  [20, '00'],
  [10, '01'],
  [1, '02'],
  [5, '03'],
  [6, '04'],
  [4, '05'],
  [5, '07'],
  [5, '08'],
  [4, '09'],
  [3, '10'],
] as const;

/** `thousands` is the payout's own: no two of a run ask for the same amount, so that the books alone tell them apart. */
type Asking = (roll: Chance, thousands: number) => Ask;

const all2pay =
  (account: string): Asking =>
  (roll, thousands) =>
    toCard(account, thousands * 1_000 + weighted(roll('course'), ALL2PAY));

const hostedPage: Asking = (_roll, thousands) => byPage('a2p-hint', thousands * 1_000);

const payneteasy =
  (account: string): Asking =>
  (roll, thousands) =>
    byPayneteasy(account, thousands * 100, weighted(roll('course'), PAYNETEASY));

const eightb =
  (account: string): Asking =>
  (roll, thousands) =>
    byDisbursement(account, thousands * 100, weighted(roll('course'), EIGHTB));

const KINDS: readonly (readonly [weight: number, asking: Asking])[] = [
  [16, all2pay('a2p-hint')],
  [16, all2pay('a2p-again')],
  [8, hostedPage],
  [12, payneteasy('pne')],
  [12, payneteasy('pne-again')],
  [12, payneteasy('pne-two')],
  [12, eightb('8b')],
  [12, eightb('8b-again')],
];

const merchantOf = (roll: Chance): string =>
  weighted(roll('merchant'), [
    [2, MERCHANTS[0]],
    [1, MERCHANTS[1]],
  ]);

/** All payouts of a run, spread over its time. */
export function obligationsOf(
  chance: Chance,
  seed: number,
  count: number,
  spanMs: number,
): readonly Obligation[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const roll: Chance = (name) => chance(`payout ${number}: ${name}`);
    return {
      number,
      atMs: (index / count) * spanMs + roll('at') * 500,
      request: {
        merchant: merchantOf(roll),
        payoutId: `P-${seed}-${number}`,
        orderId: orderName(seed, number),
        ...weighted(roll('kind'), KINDS)(roll, 100 + number),
      },
      visit: roll('visit') < 0.8 ? 'complete' : 'cancel',
      habits: {
        door: roll('door') < 0.5 ? 'client' : 'http',
        again: weighted(roll('again'), [
          [80, 'no'],
          [10, 'at_once'],
          [10, 'later'],
        ]),
        contradicts: roll('contradicts') < 0.03,
        cancelsAfterMs: roll('cancels') < 0.08 ? between(roll('cancels after'), 0, 4_000) : undefined,
      },
    };
  });
}

/** Payers, one to twenty payouts. */
export function paymentsOf(
  chance: Chance,
  seed: number,
  payouts: number,
  spanMs: number,
): readonly PaymentToTake[] {
  const count = Math.ceil(payouts / 20);
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const roll: Chance = (name) => chance(`payment ${number}: ${name}`);
    return {
      number,
      atMs: (index / count) * spanMs,
      request: {
        merchant: merchantOf(roll),
        paymentId: `M-${seed}-${number}`,
        // After those of the payouts.
        orderId: orderName(seed, payouts + number),
        ...ofPayer(100 + number),
      },
      isDeclinedFirst: roll('declined first') < 0.3,
    };
  });
}
