import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { FAILURE } from '../domain/failure-types.js';

/** Provably nothing left: the server starts this activity again, after a growing pause. */
export function notSent(message: string): ApplicationFailure {
  return ApplicationFailure.create({
    type: FAILURE.notSent,
    message: `Nothing was sent: ${message}`,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: pauseAfter(activityInfo().attempt),
  });
}

/**
 * Is there still time to mend what keeps this call from being sent? Counted by the pauses between the tries: time in a
 * queue that a rate limit holds up is no try.
 */
export function isInTime({ sendBudgetMs }: { readonly sendBudgetMs: number }): boolean {
  let waitedMs = 0;
  for (let attempt = 1; attempt < activityInfo().attempt; attempt += 1) {
    waitedMs += pauseAfter(attempt);
    if (waitedMs > sendBudgetMs) return false;
  }
  return waitedMs <= sendBudgetMs;
}

/** In ms: half a second, doubled up to half a minute. */
function pauseAfter(attempt: number): number {
  return Math.min(500 * 2 ** Math.min(attempt - 1, 10), 30_000);
}
