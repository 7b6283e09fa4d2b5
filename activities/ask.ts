import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { StepResult } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { loadPayout, type LoadedPayout } from './load-payout.js';
import { nextPollDelay } from './poll-delay.js';
import { FAILURE } from '../domain/failure-types.js';
import type { PayoutKey } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import { isFinal, type PayoutStatus } from '../domain/payout-status.js';
import type { SealedPayoutRequest } from '../domain/payout-request.js';
import { suspicionOf } from '../journal/port.js';

/** How often the same order may be sent again after the provider proved not to know it (rule 4). */
const MAX_RESENDS = 3;

/** Asks the provider once and writes down what changed. No news is no write, and one "not found" proves nothing. */
export async function askStatus(
  deps: ActivityDeps,
  { key }: { key: PayoutKey; because: string },
): Promise<StepResult> {
  return askOnce(deps, key, await loadPayout(deps, key), { believesNotFound: false });
}

/**
 * Asks until the payout's status differs from `from`. Each question is one attempt of this activity, which the server
 * retries after the delay that the account's schedule gives: no history event per question. When the schedule is
 * spent, the payout goes into review: time alone never makes a failure (rules 8 and 9).
 */
export async function awaitChange(
  deps: ActivityDeps,
  { key, from }: { key: PayoutKey; from: PayoutStatus },
): Promise<StepResult> {
  const loaded = await loadPayout(deps, key);
  const { payout } = loaded.stored;
  if (payout.status !== from) return { payout, next: 'ask' };
  const { attempt, scheduledTimestampMs } = activityInfo();
  const { poll, notFoundMinQueries } = loaded.provider.limits;
  // The first attempt only sets the clock: the provider has just been spoken to.
  if (attempt === 1) throw pending(from, nextPollDelay(poll, 0) ?? 0);

  const result = await askOnce(deps, key, loaded, { believesNotFound: attempt > notFoundMinQueries });
  if (result.payout.status !== from || result.next === 'resend') return result;
  const delay = nextPollDelay(poll, Date.now() - scheduledTimestampMs);
  if (delay !== undefined) throw pending(from, delay);
  return { payout: await endInReview(deps, key, from), next: 'ask' };
}

/** One question and what follows from its answer. Also of a payout that ended unpaid: a later proof must be heard. */
export async function askOnce(
  deps: ActivityDeps,
  key: PayoutKey,
  { stored, provider }: LoadedPayout,
  { believesNotFound }: { believesNotFound: boolean },
): Promise<StepResult> {
  const { payout, request, attempts, readAt } = stored;
  const unchanged: StepResult = { payout, next: 'ask' };
  // What provably never left cannot be found, and its absence says nothing.
  const mayHaveLeft = attempts.filter((attempt) => attempt.answer?.kind !== 'not_sent');
  const lastAttempt = mayHaveLeft.at(-1);
  if (payout.status === 'succeeded' || payout.status === 'returned' || !lastAttempt) return unchanged;
  const answer = await provider.status(
    {
      orderId: payout.orderId,
      amount: payout.amount,
      suspected: suspicionOf(mayHaveLeft),
      withheld: withheldWords(request),
    },
    AbortSignal.timeout(provider.limits.callTimeoutMs),
  );
  if (answer.kind !== 'answered') return unchanged;
  const by = { actor: `provider:${payout.account}` };
  if (answer.progress.kind !== 'not_found') {
    return { payout: await deps.journal.payouts.recordProgress(key, answer.progress, by), next: 'ask' };
  }
  const { notFoundGraceMs, resendAfterNotFound } = provider.limits;
  const sinceAttemptMs = Date.parse(readAt) - Date.parse(lastAttempt.intentAt);
  if (isFinal(payout.status) || !believesNotFound || sinceAttemptMs < notFoundGraceMs) return unchanged;
  if (resendAfterNotFound === 'auto' && payout.status !== 'in_review' && mayHaveLeft.length <= MAX_RESENDS) {
    return { payout, next: 'resend', of: lastAttempt.number };
  }
  const contradiction = {
    kind: 'contradiction',
    code: 'not_found_at_provider',
    message: `The provider does not know order ${payout.orderId}, ${Math.round(sinceAttemptMs / 1000)} s after the request`,
  } as const;
  return { payout: await deps.journal.payouts.recordProgress(key, contradiction, by), next: 'ask' };
}

/** What the provider's words must not carry into our records: the recipient's data. */
function withheldWords({ recipient, destination }: SealedPayoutRequest): readonly string[] {
  const { type: _type, ...where } = destination;
  return Object.values({ ...recipient, ...where }).filter((value) => typeof value === 'string');
}

function endInReview({ journal }: ActivityDeps, key: PayoutKey, from: PayoutStatus): Promise<Payout> {
  const message = `Still ${from} at the end of the poll schedule: the provider gave no final answer`;
  return journal.payouts.changeStatus(
    key,
    'in_review',
    { code: 'no_final_answer', message },
    { actor: 'engine' },
  );
}

function pending(status: PayoutStatus, nextRetryDelay: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: FAILURE.pending,
    message: `Still ${status}; the next question comes in ${nextRetryDelay} ms`,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay,
  });
}
