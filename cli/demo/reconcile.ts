import { formatMoney } from '../../domain/money.js';
import type { Payment } from '../../domain/payment.js';
import type { Payout } from '../../domain/payout.js';
import { isFinal } from '../../domain/payout-status.js';
import type { BookedPayment, BookedPayout } from '../../workers/simulated/simulated-provider.js';

/** A payout of our journal, with the payer's card by the provider's id. */
export interface OurPayout extends Payout {
  readonly sourceCard?: string | undefined;
}

export interface Mismatch {
  readonly orderId: string;
  /** Ours, of a payout or a payment. Absent where the ledger alone knows the order. */
  readonly id?: string | undefined;
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
export function reconcile(payouts: readonly OurPayout[], orders: readonly BookedPayout[]): Reconciliation {
  const byOrder = new Map(payouts.map((payout) => [payout.orderId as string, payout]));
  const booked = new Map(orders.map((order) => [order.orderId, order]));
  const mismatches = [
    ...payouts.flatMap((payout) =>
      complaintsOf(payout, booked.get(payout.orderId)).map((words) => ({
        orderId: payout.orderId,
        id: payout.payoutId,
        words,
      })),
    ),
    ...sharedOrderIds(payouts),
    ...orders
      .filter((order) => !byOrder.has(order.orderId))
      .map((order) => ({
        orderId: order.orderId,
        words: `the provider has this order (bookings: ${order.bookings}), the journal does not`,
      })),
    ...repeated(orders.map((order) => order.orderId)).map((orderId) => ({
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

function complaintsOf(payout: OurPayout, order: BookedPayout | undefined): string[] {
  const { status, amount } = payout;
  const bookings = order?.bookings ?? 0;
  const words: string[] = [];
  if (order && (order.amount !== amount.minor || order.currency !== amount.currency)) {
    words.push(
      `we say ${formatMoney(amount)}, the provider says ${formatMoney({ minor: order.amount, currency: order.currency })}`,
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

function funds({ sourceCard }: Pick<BookedPayout, 'sourceCard'>): string {
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

/**
 * Compares our payments with the provider's books, both ways: `succeeded` and `refunded` were taken once, the others
 * not, and what was given back is the same.
 */
export function reconcilePayments(
  payments: readonly Payment[],
  booked: readonly BookedPayment[],
): readonly Mismatch[] {
  const byOrder = new Map(booked.map((order) => [order.orderId, order]));
  const known = new Set(payments.map(({ orderId }) => orderId as string));
  return [
    ...payments.flatMap((payment) =>
      complaintsOfPayment(payment, byOrder.get(payment.orderId)).map((words) => ({
        orderId: payment.orderId,
        id: payment.paymentId,
        words,
      })),
    ),
    ...booked
      .filter(({ orderId }) => !known.has(orderId))
      .map(({ orderId }) => ({ orderId, words: 'the provider has this payment, the journal does not' })),
  ];
}

function complaintsOfPayment(payment: Payment, order: BookedPayment | undefined): string[] {
  const { status, amount, refundedMinor = 0 } = payment;
  const { bookings = 0, takenAmount = 0, refundedAmount = 0 } = order ?? {};
  const words: string[] = [];
  const wanted = status === 'succeeded' || status === 'refunded' ? 1 : 0;
  if (status !== 'in_review' && bookings !== wanted)
    words.push(`is ${status}, and money was taken ${bookings} times`);
  if (bookings === 1 && takenAmount !== amount.minor)
    words.push(`${takenAmount} minor units were taken instead of ${amount.minor}`);
  if (refundedAmount !== refundedMinor)
    words.push(`we gave ${refundedMinor} minor units back, the provider says ${refundedAmount}`);
  return words;
}
