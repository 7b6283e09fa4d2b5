import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError } from '@temporalio/client';
import type { WaitOptions } from './payout-client.js';
import { payoutOf } from './run-state.js';
import type { PayoutKey } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import { isFinal } from '../domain/payout-status.js';
import type { RunState } from '../workflows/messages.js';

/** How to look at one run. */
export interface RunToWatch {
  readonly key: PayoutKey;
  readonly look: () => Promise<RunState>;
  /** Settles when the run ends; rejects with `WorkflowFailedError` if it failed. */
  readonly ended: (signal: AbortSignal) => Promise<unknown>;
}

/** The run's end wakes us at once; states before it (review, an action) are looked for at growing intervals. */
export async function waitForPayout(
  { key, look, ended }: RunToWatch,
  { timeoutMs, until = 'settled' }: WaitOptions,
): Promise<Payout> {
  const deadline = timeoutMs === undefined ? Infinity : Date.now() + timeoutMs;
  const stop = new AbortController();
  let over = false;
  const end = new Promise<void>((resolve) => {
    const note = (): void => {
      over = true;
      resolve();
    };
    // Only the run's own end counts; a connection that broke off is no news of the payout.
    ended(stop.signal).then(note, (error: unknown) => {
      if (error instanceof WorkflowFailedError) note();
    });
  });
  try {
    for (let pause = 250; ; pause = Math.min(pause * 1.5, 5_000)) {
      // A run that ended without a final state was terminated by hand: there is nothing more to wait for.
      const nothingMore = over;
      const state = await look();
      const left = deadline - Date.now();
      if (state.kind !== 'accepting' || nothingMore || left <= 0) {
        const payout = payoutOf(key, state);
        const answered = until === 'answered' && payout.status === 'action_required';
        const settled = isFinal(payout.status) || payout.status === 'in_review' || answered;
        if (settled || nothingMore || left <= 0) return payout;
      }
      await Promise.race([end, sleep(Math.min(pause, left), undefined, { signal: stop.signal })]);
    }
  } finally {
    stop.abort();
  }
}
