import { reconcile, reconcilePayments } from '../../cli/demo/reconcile.js';
import { isSettledPayment } from '../../domain/payment-moves.js';
import type { Payment } from '../../domain/payment.js';
import { isFinal } from '../../domain/payout-status.js';
import type { Payout } from '../../domain/payout.js';
import type { BookedPayout, ProviderBooks } from '../../workers/simulated/simulated-provider.js';
import type { Obligation, PaymentToTake } from '../plan/obligations.js';
import type { Findings } from './findings.js';

export interface Records {
  readonly obligations: readonly Obligation[];
  readonly payments: readonly PaymentToTake[];
  readonly journal: { readonly payouts: readonly Payout[]; readonly payments: readonly Payment[] };
  readonly books: ProviderBooks;
}

/** Compares what was asked for with the journal, and the journal with the providers' books. */
export function compareBooks({ obligations, payments, journal, books }: Records): Findings {
  const byId = new Map(journal.payouts.map((payout) => [payout.payoutId as string, payout]));
  const paymentsById = new Map(journal.payments.map((payment) => [payment.paymentId as string, payment]));
  const stuck = new Set(
    journal.payouts.filter((payout) => !isSettled(payout)).map(({ orderId }) => orderId as string),
  );
  const { mismatches } = reconcile(
    journal.payouts.filter(isSettled),
    // Of orders whose payout is stuck, that is what is told.
    books.payouts.filter(({ orderId }) => !stuck.has(orderId)),
  );
  return {
    doubleBookings: doubleBookings(obligations, books.payouts),
    lost: [
      ...obligations
        .filter(({ request }) => !byId.has(request.payoutId))
        .map(({ request }) => `payout ${request.payoutId}: the journal does not know it`),
      ...payments
        .filter(({ request }) => !paymentsById.has(request.paymentId))
        .map(({ request }) => `payment ${request.paymentId}: the journal does not know it`),
    ],
    stuck: [
      ...journal.payouts
        .filter((payout) => !isSettled(payout))
        .map(({ payoutId, status, account }) => `payout ${payoutId} at ${account}: still ${status}`),
      ...journal.payments
        .filter(({ status }) => !isSettledPayment(status))
        .map(({ paymentId, status }) => `payment ${paymentId}: still ${status}`),
    ],
    mismatches: [
      ...mismatches.map(({ orderId, id = '?', words }) => `payout ${id}, order ${orderId}: ${words}`),
      ...reconcilePayments(
        journal.payments.filter(({ status }) => isSettledPayment(status)),
        books.payments,
      ).map(({ orderId, id = '?', words }) => `payment ${id}, order ${orderId}: ${words}`),
      ...journal.payouts
        .filter(({ status, reason }) => status === 'in_review' && !reason)
        .map(({ payoutId }) => `payout ${payoutId}: in review without a reason`),
    ],
  };
}

function isSettled({ status }: Payout): boolean {
  return isFinal(status) || status === 'in_review';
}

/** By the amount, which is one debt's alone: it counts what moved for it under any order id, known to us or not. */
function doubleBookings(obligations: readonly Obligation[], orders: readonly BookedPayout[]): string[] {
  const moved = new Map<string, number>();
  for (const { currency, amount, bookings } of orders) {
    const debt = `${currency} ${amount}`;
    moved.set(debt, (moved.get(debt) ?? 0) + bookings);
  }
  return obligations
    .map(({ request: { payoutId, account, amount } }) => ({
      what: `payout ${payoutId} at ${account}`,
      times: moved.get(`${amount.currency} ${amount.minor}`) ?? 0,
    }))
    .filter(({ times }) => times > 1)
    .map(({ what, times }) => `${what}: money moved ${times} times`);
}
