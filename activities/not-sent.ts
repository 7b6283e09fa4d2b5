import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { FAILURE } from '../domain/failure-types.js';

/** Provably nothing left: the server starts this activity again, after a growing pause. */
export function notSent(message: string): ApplicationFailure {
  const { attempt } = activityInfo();
  return ApplicationFailure.create({
    type: FAILURE.notSent,
    message: `Nothing was sent: ${message}`,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: Math.min(500 * 2 ** Math.min(attempt - 1, 10), 30_000),
  });
}

/** Is there still time to mend what keeps this call from being sent? */
export function isInTime({ sendBudgetMs }: { readonly sendBudgetMs: number }): boolean {
  return Date.now() - activityInfo().scheduledTimestampMs <= sendBudgetMs;
}
