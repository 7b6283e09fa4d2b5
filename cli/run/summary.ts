import { formatMoney, type Money } from '../../domain/money.js';
import { commandName } from '../command-name.js';
import type { CliIo } from '../io.js';
import { endedWell, isRepeat, isSettled, type RowState, type RowStatus } from './row-state.js';
import { paint, signOf } from './status-style.js';
import { clock } from './progress-bar.js';

export interface RunSummary {
  readonly rows: number;
  readonly settled: number;
  /** Of all rows; those of `repeated` too. */
  readonly byStatus: Readonly<Partial<Record<RowStatus, number>>>;
  /** Rows that the engine answered with the payout of an earlier row. */
  readonly repeated: readonly RowState[];
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
    repeated: rows.filter(isRepeat),
    paid: [...paid].map(([currency, minor]) => ({ minor, currency })),
    notAsWished: rows.filter((row) => !endedWell(row, rows)),
  };
}

/** The last lines of a run: what came of it and what is left to do. */
export function renderSummary(
  summary: RunSummary,
  options: { elapsedMs: number; colors: CliIo['colors'] },
): string[] {
  const { rows, settled, byStatus, repeated, paid } = summary;
  const counts = (Object.entries(byStatus) as [RowStatus, number][]).flatMap(([status, all]) => {
    const count = all - repeated.filter((row) => row.status === status).length;
    return count === 0 ? [] : [paint(options.colors, status, `${signOf(status)} ${count} ${status}`)];
  });
  if (repeated.length > 0) counts.push(`${repeated.length} repeated`);
  const money = paid.length === 0 ? 'nothing paid' : `paid ${paid.map(formatMoney).join(' and ')}`;
  return [
    `${rows} rows in ${clock(options.elapsedMs)}: ${counts.join('  ')}`,
    `${settled === rows ? 'All are settled' : `${rows - settled} are not settled yet`}; ${money}.`,
  ];
}

/** What to do about payouts in review, while their engine can be asked. `where`: options that find it. */
export function reviewHint({ byStatus }: RunSummary, where = ''): string[] {
  if (byStatus.in_review === undefined) return [];
  const payouts = commandName();
  return [`For a person: ${payouts} review${where}`];
}
