import type { PayoutRow } from '../../batch/payout-row.js';
import { PayoutConflictError, PayoutInvalidError } from '../../client/errors.js';
import type { PayoutClient } from '../../client/payout-client.js';
import type { Payout } from '../../domain/payout.js';
import { describeProblem } from '../../domain/problem.js';
import { firstRowStates, noteOf } from './first-row-state.js';
import { patiently } from './patiently.js';
import { isSettled, type RowState } from './row-state.js';
import { Slots } from './slots.js';

export interface RunOptions {
  readonly client: Pick<PayoutClient, 'create' | 'wait'>;
  readonly rows: readonly PayoutRow[];
  /** How many payouts are under way at once; one that waits for its recipient does not count. @default 10 */
  readonly concurrency?: number | undefined;
  /** How long the engine may be out of reach before a row gives up, in ms. @default 120000 */
  readonly patienceMs?: number | undefined;
  /** `answered`: do not wait for recipients on a provider's page. @default 'settled' */
  readonly until?: 'settled' | 'answered' | undefined;
  /** Ends the run at once; the payouts under way are the engine's, which needs nobody to watch. */
  readonly signal?: AbortSignal | undefined;
  /** Called with each new state of a row, and with all rows as they then stand. */
  readonly onChange?: ((row: RowState, rows: readonly RowState[]) => void) | undefined;
  /** The recipient must do something; called once per row, beside the wait for it. */
  readonly onAction?: ((row: PayoutRow, payout: Payout) => Promise<void>) | undefined;
}

/** How often a row under way is looked at, so that its state in the table is fresh. */
const LOOK_AGAIN_MS = 2_000;

/**
 * Runs a file of payouts: creates each one and waits for its end, a few at a time. It keeps nothing itself and may be
 * stopped and started again at will: the engine knows every payout id and never pays a repeat.
 */
export async function runPayouts(options: RunOptions): Promise<readonly RowState[]> {
  const { rows, signal = new AbortController().signal, concurrency = 10 } = options;
  const states = firstRowStates(rows);
  const slots = new Slots(concurrency);
  const begin = async (): Promise<void> => {
    const underWay: Promise<void>[] = [];
    for (const [index, row] of rows.entries()) {
      const release = await slots.take();
      if (signal.aborted) break;
      const update = updaterOf(states, index, { ...options, signal });
      underWay.push(runRow(row, update, release, { ...options, signal }).finally(release));
    }
    await Promise.all(underWay);
  };
  await Promise.race([begin(), abortOf(signal)]);
  return [...states];
}

type Update = (change: Partial<RowState>) => void;
type Running = RunOptions & { readonly signal: AbortSignal };

function updaterOf(states: RowState[], index: number, { onChange, signal }: Running): Update {
  return (change) => {
    const before = states[index];
    // What comes in after the end of the run is for the next one to show.
    if (before === undefined || signal.aborted) return;
    const now = Date.now();
    const told = change.payout && { note: noteOf(change.payout, before.repeats) };
    const row = { ...before, ...change, ...told };
    const timed: RowState = {
      ...row,
      startedAt: row.startedAt ?? now,
      ...(isSettled(row.status) && { endedAt: row.endedAt ?? now }),
    };
    states[index] = timed;
    if (before.status !== row.status || before.note !== row.note) onChange?.(timed, states);
  };
}

async function runRow(row: PayoutRow, update: Update, release: () => void, options: Running): Promise<void> {
  const { client, signal, patienceMs = 120_000, until, onAction } = options;
  const ask = <T>(call: () => Promise<T>): Promise<T> =>
    patiently(call, { patienceMs, signal, onWait: (note) => update({ note }) });

  update({ status: 'starting' });
  try {
    let payout = await ask(() => client.create(row.request));
    for (let visited = false; ;) {
      update({ status: payout.status, payout, destination: payout.destination });
      if (isSettled(payout.status) || signal.aborted) return;
      if (payout.status === 'action_required') {
        if (until === 'answered') return;
        release();
        if (!visited) onAction?.(row, payout).catch((error: unknown) => update({ note: wordsOf(error) }));
        visited = true;
      }
      const { merchant, payoutId } = payout;
      payout = await ask(() => client.wait({ merchant, payoutId }, { timeoutMs: LOOK_AGAIN_MS }));
    }
  } catch (error) {
    update(endOf(error));
  }
}

function endOf(error: unknown): Partial<RowState> {
  if (error instanceof PayoutInvalidError) {
    return { status: 'refused', note: error.problems.map(describeProblem).join(' · ') };
  }
  if (error instanceof PayoutConflictError) return { status: 'refused', note: error.message };
  return { status: 'unreachable', note: wordsOf(error) };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function abortOf(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
