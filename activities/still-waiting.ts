import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { FAILURE } from '../domain/failure-types.js';
import { stopReason, type Stop } from '../domain/stop.js';

/** No failure: the server asks again after the delay, which costs no history. */
export function stillWaiting(status: string, nextRetryDelay: number): ApplicationFailure {
  return pending(`Still ${status}; the next question comes in ${nextRetryDelay} ms`, nextRetryDelay);
}

/** The same of what a stop keeps from being sent. */
export function stillStopped(stop: Stop, nextRetryDelay: number): ApplicationFailure {
  return pending(stopReason(stop).message, nextRetryDelay);
}

/** No answer where one must come: the server tries again, not before the provider's own pause. */
export function noAnswer(silence: string, nextRetryDelay: number | undefined): ApplicationFailure {
  const message = `The provider gave no answer: ${silence}`;
  return ApplicationFailure.create({ type: FAILURE.pending, message, nextRetryDelay });
}

function pending(message: string, nextRetryDelay: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: FAILURE.pending,
    message,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay,
  });
}
