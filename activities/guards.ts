import { ApplicationFailure, heartbeat } from '@temporalio/activity';
import { FAILURE } from '../domain/failure-types.js';
import { JournalUnavailableError, UnknownPaymentError, UnknownPayoutError } from '../journal/errors.js';

/** A dead worker is noticed by its missing heartbeats, long before a slow provider's timeout is over. */
const HEARTBEAT_MS = 2_500;

/** Between two tries while the journal is away. */
const JOURNAL_PAUSE_MS = 3_000;

/** Gives the journal's errors their own failure types, so that they read plainly in the Temporal UI. */
export async function naming<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof JournalUnavailableError) {
      // Of its own: the pause of the retry policy has grown with every poll before the outage.
      throw ApplicationFailure.create({
        type: FAILURE.journalUnavailable,
        message: error.message,
        nextRetryDelay: JOURNAL_PAUSE_MS,
      });
    }
    // Trying again cannot make it exist.
    if (error instanceof UnknownPayoutError || error instanceof UnknownPaymentError) {
      throw ApplicationFailure.nonRetryable(error.message, FAILURE.misconfigured);
    }
    throw error;
  }
}

/** Tells the server that the worker lives, as long as the work takes. */
export async function heartbeating<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => heartbeat(), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
