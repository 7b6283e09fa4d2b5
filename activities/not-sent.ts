import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { FAILURE } from '../domain/failure-types.js';
import type { NotSent } from '../domain/provider-answer.js';
import { mayHaveLeft, type StoppedBy } from '../journal/port.js';

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

/** One try to send a request, as the journal has it. */
interface Tried {
  /** ISO 8601. */
  readonly intentAt: string;
  readonly answer?: NotSent | { readonly kind: 'unknown' | 'answered' } | undefined;
}

/**
 * Words, once a request was tried for longer than the account's budget and provably never left. Time in which it was
 * stopped does not count: after a stop the budget is whole again.
 */
export function whyNotSentInTime(
  tried: readonly Tried[],
  { readAt, stop, resumedAt }: StoppedBy & { readonly readAt: string },
  { sendBudgetMs }: { readonly sendBudgetMs: number },
): string | undefined {
  const [first] = tried;
  if (!first || stop || tried.some(mayHaveLeft)) return undefined;
  const since = Math.max(Date.parse(first.intentAt), Date.parse(resumedAt ?? first.intentAt));
  if (Date.parse(readAt) - since <= sendBudgetMs) return undefined;
  const last = tried.at(-1)?.answer;
  return `The provider was not reached in time: ${last?.kind === 'not_sent' ? last.message : 'nothing was sent'}`;
}

/** In ms: half a second, doubled up to half a minute. */
function pauseAfter(attempt: number): number {
  return Math.min(500 * 2 ** Math.min(attempt - 1, 10), 30_000);
}
