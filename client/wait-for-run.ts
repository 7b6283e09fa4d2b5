import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError } from '@temporalio/client';

/** How to look at one run. */
export interface RunToWatch<View> {
  /** How it stands; undefined while it is not accepted yet. */
  readonly look: () => Promise<View | undefined>;
  readonly isEnough: (view: View) => boolean;
  /** Settles when the run ends; rejects with `WorkflowFailedError` if it failed. */
  readonly ended: (signal: AbortSignal) => Promise<unknown>;
}

/**
 * The run's end wakes us at once; states before it (review, an action) are looked for at growing intervals.
 *
 * @returns how it stands at its end, at what is enough, or when the time is over; undefined if it was never accepted
 */
export async function waitForRun<View>(
  { look, isEnough, ended }: RunToWatch<View>,
  timeoutMs: number | undefined,
): Promise<View | undefined> {
  const deadline = timeoutMs === undefined ? Infinity : Date.now() + timeoutMs;
  const stop = new AbortController();
  let over = false;
  const end = new Promise<void>((resolve) => {
    const note = (): void => {
      over = true;
      resolve();
    };
    // Only the run's own end counts; a connection that broke off is no news.
    ended(stop.signal).then(note, (error: unknown) => {
      if (error instanceof WorkflowFailedError) note();
    });
  });
  try {
    for (let pause = 250; ; pause = Math.min(pause * 1.5, 5_000)) {
      // A run that ended without an outcome was terminated by hand: there is nothing more to wait for.
      const nothingMore = over;
      const view = await look();
      const left = deadline - Date.now();
      if (nothingMore || left <= 0 || (view !== undefined && isEnough(view))) return view;
      await Promise.race([end, sleep(Math.min(pause, left), undefined, { signal: stop.signal })]);
    }
  } finally {
    stop.abort();
  }
}
