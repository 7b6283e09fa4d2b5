import type { Payout } from '../../domain/payout.js';
import type { Findings } from './findings.js';

/** The last line that a run prints. */
export interface Summary {
  readonly seed: number;
  readonly payouts: number;
  readonly succeeded: number;
  /** Ended without money: declined, failed, cancelled, expired. */
  readonly not_paid: number;
  readonly in_review: number;
  readonly bookings: number;
  readonly double_bookings: number;
  readonly lost: number;
  readonly stuck: number;
  readonly mismatches: number;
  /** Processes ended by SIGKILL. */
  readonly kills: number;
  /** Connections, messages and processes interfered with otherwise. */
  readonly faults: number;
  readonly payments: number;
  readonly callbacks: number;
  readonly forgeries: number;
  readonly verdicts: number;
  /** Requests that could move money, after a stop had taken effect. */
  readonly sent_while_stopped: number;
  readonly asked_while_stopped: number;
  /** Temporal's development server ran and did not work, and was started again. */
  readonly temporal_hangs: number;
  readonly seconds: number;
  readonly broken?: string | undefined;
}

export function countsOf(
  payouts: readonly Payout[],
): Pick<Summary, 'payouts' | 'succeeded' | 'not_paid' | 'in_review'> {
  const count = (...statuses: readonly Payout['status'][]): number =>
    payouts.filter(({ status }) => statuses.includes(status)).length;
  return {
    payouts: payouts.length,
    succeeded: count('succeeded', 'returned'),
    not_paid: count('declined', 'failed', 'cancelled', 'expired'),
    in_review: count('in_review'),
  };
}

export function findingCounts(
  findings: Findings,
): Pick<Summary, 'double_bookings' | 'lost' | 'stuck' | 'mismatches'> {
  return {
    double_bookings: findings.doubleBookings.length,
    lost: findings.lost.length,
    stuck: findings.stuck.length,
    mismatches: findings.mismatches.length,
  };
}
