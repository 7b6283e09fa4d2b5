import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { FAILURE } from '../domain/failure-types.js';

/** No failure: the server asks again after the delay, which costs no history. */
export function stillWaiting(status: string, nextRetryDelay: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: FAILURE.pending,
    message: `Still ${status}; the next question comes in ${nextRetryDelay} ms`,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay,
  });
}
