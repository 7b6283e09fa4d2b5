import type { Expectation } from '../../batch/payout-row.js';
import type { Money } from '../../domain/money.js';
import type { Payout } from '../../domain/payout.js';
import { isFinal, type PayoutStatus } from '../../domain/payout-status.js';

/**
 * How a row stands. Beside the payout's own states: `waiting` for its turn, `starting` while the engine is asked,
 * `refused` by the engine (nothing was started), `unreachable` when the engine did not answer for too long.
 */
export type RowStatus = 'waiting' | 'starting' | 'refused' | 'unreachable' | PayoutStatus;

/** One line of the table. */
export interface RowState {
  readonly line: number;
  readonly merchant: string;
  readonly payoutId: string;
  readonly amount: Money;
  /** Masked. */
  readonly destination: string;
  readonly status: RowStatus;
  /** Epoch ms. */
  readonly startedAt?: number | undefined;
  readonly endedAt?: number | undefined;
  /** Why it is where it is, or what somebody must do. */
  readonly note?: string | undefined;
  readonly payout?: Payout | undefined;
  readonly expect?: Expectation | undefined;
  /** The line of the first row with the same payout id. */
  readonly repeats?: number | undefined;
}

/** Nothing more will come of this row by itself. */
export function isSettled(status: RowStatus): boolean {
  if (status === 'waiting' || status === 'starting') return false;
  return status === 'refused' || status === 'unreachable' || status === 'in_review' || isFinal(status);
}

/** The engine knew this payout already from an earlier row: no payment of its own. */
export function isRepeat({ repeats, payout }: RowState): boolean {
  return repeats !== undefined && payout !== undefined;
}

/** What counts as a good end: what the file expects, or else that the recipient was paid. */
export function endedWell(row: RowState, all: readonly RowState[]): boolean {
  if (row.expect !== 'duplicate') return row.status === (row.expect ?? 'succeeded');
  const original = all.find(
    ({ merchant, payoutId, repeats }) =>
      merchant === row.merchant && payoutId === row.payoutId && repeats === undefined,
  );
  return original !== undefined && row.status === original.status && row.payout !== undefined;
}
