import { CURRENCIES } from '../../domain/currencies.js';
import { formatMoney } from '../../domain/money.js';
import type { Payout } from '../../domain/payout.js';
import { isFinal } from '../../domain/payout-status.js';

/** An order as the provider's own books have it; the simulators' `/sim/ledger` gives more than this. */
export interface LedgerOrder {
  readonly orderNumber: string;
  /** Ordered, in minor units. */
  readonly amount: number;
  /** ISO 4217, numeric. */
  readonly currency: string;
  /** How often money moved. */
  readonly bookings: number;
  /** All that moved, in minor units. */
  readonly bookedAmount: number;
  /** The payer's card, by the provider's id. Absent: the account's own funds. */
  readonly sourceCard?: string | undefined;
}

/** A payout of our journal, with the payer's card by the provider's id. */
export interface BookedPayout extends Payout {
  readonly sourceCard?: string | undefined;
}

export interface Mismatch {
  readonly orderId: string;
  /** Absent where the ledger alone knows the order. */
  readonly payoutId?: string | undefined;
  readonly words: string;
}

export interface Reconciliation {
  readonly payouts: number;
  readonly bookings: number;
  readonly doubleBookings: number;
  readonly mismatches: readonly Mismatch[];
}

/**
 * Compares our journal with the provider's books, both ways and to the minor unit. One booking belongs to `succeeded`
 * and to `returned`, none to any other final state; of a payout in review nothing is claimed but that it was not paid
 * twice.
 */
export function reconcile(payouts: readonly BookedPayout[], orders: readonly LedgerOrder[]): Reconciliation {
  const byOrder = new Map(payouts.map((payout) => [payout.orderId as string, payout]));
  const booked = new Map(orders.map((order) => [order.orderNumber, order]));
  const mismatches = [
    ...payouts.flatMap((payout) =>
      complaintsOf(payout, booked.get(payout.orderId)).map((words) => ({
        orderId: payout.orderId,
        payoutId: payout.payoutId,
        words,
      })),
    ),
    ...sharedOrderIds(payouts),
    ...orders
      .filter((order) => !byOrder.has(order.orderNumber))
      .map((order) => ({
        orderId: order.orderNumber,
        words: `the provider has this order (bookings: ${order.bookings}), the journal does not`,
      })),
    ...repeated(orders.map((order) => order.orderNumber)).map((orderId) => ({
      orderId,
      words: 'the provider has this order number more than once',
    })),
  ];
  return {
    payouts: payouts.length,
    bookings: orders.reduce((sum, order) => sum + order.bookings, 0),
    doubleBookings: orders.filter((order) => order.bookings > 1).length,
    mismatches,
  };
}

function complaintsOf(payout: BookedPayout, order: LedgerOrder | undefined): string[] {
  const { status, amount } = payout;
  const bookings = order?.bookings ?? 0;
  const words: string[] = [];
  if (order && (order.amount !== amount.minor || order.currency !== CURRENCIES[amount.currency].numeric)) {
    words.push(
      `we say ${formatMoney(amount)}, the provider says ${order.amount} minor units of ${order.currency}`,
    );
  }
  if (order && order.bookedAmount !== order.bookings * order.amount) {
    words.push(
      `${order.bookedAmount} minor units moved, ${order.bookings} times ${order.amount} were ordered`,
    );
  }
  if (order && order.sourceCard !== payout.sourceCard) {
    words.push(`we take it from ${funds(payout)}, the provider from ${funds(order)}`);
  }
  if (bookings > 1) words.push(`money moved ${bookings} times`);
  if (status === 'in_review') return words;
  if (!isFinal(status)) return [...words, `is not final: ${status}`];
  const wanted = status === 'succeeded' || status === 'returned' ? 1 : 0;
  if (wanted === 1 && order === undefined) words.push(`is ${status}, and the provider does not know it`);
  else if (bookings < wanted) words.push(`is ${status}, and no money moved`);
  else if (bookings > wanted && bookings === 1) words.push(`is ${status}, and money moved`);
  return words;
}

function funds({ sourceCard }: Pick<LedgerOrder, 'sourceCard'>): string {
  return sourceCard === undefined ? "the account's own funds" : `the card ${sourceCard}`;
}

function sharedOrderIds(payouts: readonly Payout[]): Mismatch[] {
  return repeated(payouts.map((payout) => payout.orderId)).map((orderId) => ({
    orderId,
    words: 'several payouts share this order id',
  }));
}

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}
