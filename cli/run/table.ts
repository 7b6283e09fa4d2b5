import { formatMoney } from '../../domain/money.js';
import type { CliIo } from '../io.js';
import { pad, plainText } from '../plain-text.js';
import { clock, renderProgressBar } from './progress-bar.js';
import { isSettled, type RowState } from './row-state.js';
import { paint, signOf, STATUS_WIDTH } from './status-style.js';

export interface TableOptions {
  /** Of the terminal, in characters. */
  readonly width: number;
  /** Of the terminal, in lines; the table never uses more. */
  readonly height: number;
  /** Epoch ms. */
  readonly now: number;
  readonly startedAt: number;
  readonly colors: CliIo['colors'];
}

const GAP = '  ';

/** The whole picture: a line per payout and the progress bar, as tall as the terminal allows. */
export function renderTable(rows: readonly RowState[], options: TableOptions): string {
  const bar = renderProgressBar(rows, { ...options, elapsedMs: options.now - options.startedAt });
  // Header, the line about what is left out, a blank line and the bar; one line for the cursor.
  const { shown, hidden } = choose(rows, Math.max(1, options.height - 5));
  const left = hidden === 0 ? [] : [options.colors.dim(`… and ${hidden} more`)];
  return [...renderRows(shown, options), ...left, '', bar].join('\n');
}

/** The header and one line per row, unpainted where `colors` does not paint. */
export function renderRows(
  rows: readonly RowState[],
  options: Omit<TableOptions, 'height' | 'startedAt'>,
): string[] {
  const amounts = rows.map((row) => formatMoney(row.amount));
  const widths = {
    id: Math.max(6, ...rows.map((row) => Math.min(24, row.payoutId.length))),
    amount: Math.max(6, ...amounts.map((amount) => amount.length)),
    destination: Math.max(11, ...rows.map((row) => Math.min(30, row.destination.length))),
  };
  const fixed = widths.id + widths.amount + widths.destination + STATUS_WIDTH + 2 + 7 + GAP.length * 5;
  const note = Math.max(0, options.width - fixed - 1);
  const line = (cells: readonly string[]): string => cells.join(GAP).trimEnd();

  const header = line([
    pad('PAYOUT', widths.id),
    pad('AMOUNT', widths.amount, 'right'),
    pad('DESTINATION', widths.destination),
    pad('STATUS', STATUS_WIDTH + 2),
    pad('TIME', 7, 'right'),
    note >= 4 ? 'NOTE' : '',
  ]);
  return [
    options.colors.bold(header),
    ...rows.map((row, index) =>
      line([
        pad(row.payoutId, widths.id),
        pad(amounts[index] ?? '', widths.amount, 'right'),
        pad(row.destination, widths.destination),
        paint(options.colors, row.status, pad(`${signOf(row.status)} ${row.status}`, STATUS_WIDTH + 2)),
        pad(seconds(row, options.now), 7, 'right'),
        options.colors.dim(pad(plainText(row.note ?? ''), note).trimEnd()),
      ]),
    ),
  ];
}

/** `3.2 s` since the row's start, or until its end; `12:05` beyond a minute and a half. */
function seconds({ startedAt, endedAt }: RowState, now: number): string {
  if (startedAt === undefined) return '';
  const ms = Math.max(0, (endedAt ?? now) - startedAt);
  return ms < 90_000 ? `${(ms / 1000).toFixed(1)} s` : clock(ms);
}

/** What matters now when not all rows fit: those under way, then the ones that ended last, then the next in line. */
function choose(rows: readonly RowState[], room: number): { shown: readonly RowState[]; hidden: number } {
  if (rows.length <= room) return { shown: rows, hidden: 0 };
  const rank = (row: RowState): number => (row.status === 'waiting' ? 2 : isSettled(row.status) ? 1 : 0);
  const chosen = new Set(
    [...rows]
      .sort((a, b) => rank(a) - rank(b) || (b.endedAt ?? 0) - (a.endedAt ?? 0) || a.line - b.line)
      .slice(0, room),
  );
  return { shown: rows.filter((row) => chosen.has(row)), hidden: rows.length - room };
}
