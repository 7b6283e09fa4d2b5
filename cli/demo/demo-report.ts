import type { Payout } from '../../domain/payout.js';
import type { PayoutStatus } from '../../domain/payout-status.js';
import { endedWell, type RowState } from '../run/row-state.js';
import type { Payment } from '../../domain/payment.js';
import type { Mismatch, Reconciliation } from './reconcile.js';

/** Payouts and payments against the providers' books. */
export interface Books extends Reconciliation {
  /** What is wrong with payments. */
  readonly payments: readonly Mismatch[];
}

export interface DemoReport {
  /** The last line of `npm run demo -- --json`. */
  readonly figures: Readonly<Record<string, number>>;
  /** Rows that did not end as their `expect` column says. */
  readonly surprises: readonly RowState[];
  readonly ok: boolean;
}

/** What the demo proves, or does not: every row as expected, and the provider's books equal to ours. */
export function reportOf(
  rows: readonly RowState[],
  { payouts, payments }: { readonly payouts: readonly Payout[]; readonly payments: readonly Payment[] },
  books: Books,
  history: { readonly p50: number; readonly max: number },
): DemoReport {
  const count = (status: PayoutStatus): number => payouts.filter((payout) => payout.status === status).length;
  const surprises = rows.filter((row) => !endedWell(row, rows));
  const { bookings, doubleBookings } = books;
  const mismatches = [...books.mismatches, ...books.payments];
  return {
    figures: {
      payouts: payouts.length,
      succeeded: count('succeeded'),
      declined: count('declined'),
      failed: count('failed'),
      expired: count('expired'),
      in_review: count('in_review'),
      bookings,
      double_bookings: doubleBookings,
      payments: payments.length,
      payments_succeeded: payments.filter(({ status }) => status === 'succeeded').length,
      mismatches: mismatches.length,
      history_events_p50: history.p50,
      history_events_max: history.max,
    },
    surprises,
    ok: surprises.length === 0 && mismatches.length === 0 && doubleBookings === 0,
  };
}
