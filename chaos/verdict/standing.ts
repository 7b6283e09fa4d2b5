import { isSettledPayment } from '../../domain/payment-moves.js';
import type { PaymentStatus } from '../../domain/payment-status.js';
import { isFinal, type PayoutStatus } from '../../domain/payout-status.js';
import type { Stage } from '../stage/start-stage.js';
import { queryJournal } from './query-journal.js';

/** How far a run is. */
export interface Standing {
  readonly taken: number;
  readonly underWay: number;
  readonly paymentsUnderWay: number;
}

/** Counted by the database: a run looks often, and at ten thousand payouts. */
export async function standingOf({ databaseUrl }: Pick<Stage, 'databaseUrl'>): Promise<Standing> {
  const payouts = await countByStatus<PayoutStatus>(databaseUrl, 'payouts');
  const payments = await countByStatus<PaymentStatus>(databaseUrl, 'payments');
  const isUnderWay = (status: PayoutStatus): boolean => !isFinal(status) && status !== 'in_review';
  return {
    taken: sum(payouts),
    underWay: sum(payouts.filter(({ status }) => isUnderWay(status))),
    paymentsUnderWay: sum(payments.filter(({ status }) => !isSettledPayment(status))),
  };
}

interface Count<Status> {
  readonly status: Status;
  readonly count: number;
}

function countByStatus<Status>(
  url: string,
  table: 'payouts' | 'payments',
): Promise<readonly Count<Status>[]> {
  return queryJournal(url, `select status, count(*)::integer as count from ${table} group by status`);
}

function sum(counts: readonly Count<unknown>[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}
