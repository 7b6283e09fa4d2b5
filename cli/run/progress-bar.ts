import type { CliIo } from '../io.js';
import { isRepeat, isSettled, type RowState, type RowStatus } from './row-state.js';
import { paint, signOf } from './status-style.js';

export interface BarOptions {
  /** Of the whole line, in characters. */
  readonly width: number;
  readonly elapsedMs: number;
  readonly colors: CliIo['colors'];
}

/** `━━━━━━━━────  14/24  58%  00:12  ✔ 9  ✖ 3  ? 1`. */
export function renderProgressBar(rows: readonly RowState[], options: BarOptions): string {
  const done = rows.filter((row) => isSettled(row.status)).length;
  const share = rows.length === 0 ? 1 : done / rows.length;
  // Rounded down: 100 % is said when it is true.
  const figures = `${done}/${rows.length}  ${Math.floor(share * 100)}%  ${clock(options.elapsedMs)}`;
  const tallies = tally(rows);
  const repeated = rows.filter(isRepeat).length;
  const apart = repeated === 0 ? [] : [`${repeated} repeated`];
  const tail = [figures, ...tallies.map(({ text }) => text), ...apart].join('  ');
  const length = Math.max(8, Math.min(40, options.width - tail.length - 3));
  const filled = Math.floor(share * length);
  const { colors } = options;
  const bar = colors.green('━'.repeat(filled)) + colors.dim('─'.repeat(length - filled));
  const painted = tallies.map(({ status, text }) => paint(colors, status, text));
  return [bar, figures, ...painted, ...apart].join('  ');
}

function tally(rows: readonly RowState[]): { status: RowStatus; text: string }[] {
  const groups: [RowStatus, readonly RowStatus[]][] = [
    ['succeeded', ['succeeded', 'returned']],
    ['declined', ['declined', 'failed', 'refused', 'unreachable']],
    ['expired', ['expired', 'cancelled']],
    ['in_review', ['in_review']],
    ['action_required', ['action_required']],
  ];
  return groups.flatMap(([status, members]) => {
    const count = rows.filter((row) => members.includes(row.status) && !isRepeat(row)).length;
    return count === 0 ? [] : [{ status, text: `${signOf(status)} ${count}` }];
  });
}

/** `00:12`, `1:02:03`. */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(total / 3600);
  const rest = `${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}
