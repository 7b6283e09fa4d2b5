import type { CliIo } from '../io.js';
import { displayFor } from './display.js';
import type { RowState } from './row-state.js';
import { runPayouts, type RunOptions } from './run-payouts.js';

export interface ShownRun {
  readonly rows: readonly RowState[];
  /** Ended by Ctrl-C, with rows that are not settled. */
  readonly interrupted: boolean;
  readonly elapsedMs: number;
}

/** Runs a file and shows it; the first Ctrl-C ends the run, a second one the process. */
export async function runWithDisplay(
  io: CliIo,
  options: Omit<RunOptions, 'signal' | 'onChange'> & { readonly json: boolean },
): Promise<ShownRun> {
  const display = displayFor(io, { json: options.json });
  const interrupt = new AbortController();
  const startedAt = io.now();
  const ignore = io.onInterrupt(() => {
    if (interrupt.signal.aborted) io.exit(130);
    interrupt.abort();
  });
  try {
    const rows = await runPayouts({
      ...options,
      signal: interrupt.signal,
      onChange: (row, rows) => display.change(row, rows),
    });
    display.end(rows);
    return { rows, interrupted: interrupt.signal.aborted, elapsedMs: io.now() - startedAt };
  } catch (error) {
    display.end([]);
    throw error;
  } finally {
    ignore();
  }
}
