import { formatMoney, type Money } from '../../domain/money.js';
import type { CliIo } from '../io.js';
import { endedWell, isSettled, type RowState, type RowStatus } from './row-state.js';
import { paint, signOf } from './status-style.js';
import { clock } from './progress-bar.js';

export interface RunSummary {
  readonly rows: number;
  readonly settled: number;
  readonly byStatus: Readonly<Partial<Record<RowStatus, number>>>;
  /** What was paid in this file, each payout once, per currency. */
  readonly paid: readonly Money[];
  /** Rows that did not end as the file expects, or, without an expectation, did not succeed. */
  readonly notAsWished: readonly RowState[];
}

export function summarize(rows: readonly RowState[]): RunSummary {
  const byStatus: Partial<Record<RowStatus, number>> = {};
  const paid = new Map<Money['currency'], number>();
  for (const row of rows) {
    byStatus[row.status] = (byStatus[row.status] ?? 0) + 1;
    if (row.status !== 'succeeded' || row.repeats !== undefined) continue;
    paid.set(row.amount.currency, (paid.get(row.amount.currency) ?? 0) + row.amount.minor);
  }
  return {
    rows: rows.length,
    settled: rows.filter((row) => isSettled(row.status)).length,
    byStatus,
    paid: [...paid].map(([currency, minor]) => ({ minor, currency })),
    notAsWished: rows.filter((row) => !endedWell(row, rows)),
  };
}

/** The last lines of a run: what came of it and what is left to do. */
export function renderSummary(
  summary: RunSummary,
  options: { elapsedMs: number; colors: CliIo['colors'] },
): string[] {
  const { rows, settled, byStatus, paid } = summary;
  const counts = Object.entries(byStatus).map(([status, count]) =>
    paint(options.colors, status as RowStatus, `${signOf(status as RowStatus)} ${count} ${status}`),
  );
  const money = paid.length === 0 ? 'nothing paid' : `paid ${paid.map(formatMoney).join(' and ')}`;
  return [
    `${rows} rows in ${clock(options.elapsedMs)}: ${counts.join('  ')}`,
    `${settled === rows ? 'All are settled' : `${rows - settled} are not settled yet`}; ${money}.`,
    ...(byStatus.in_review
      ? [`For a person: payouts list --status in_review, then payouts resolve --help`]
      : []),
  ];
}
