import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { StepResult } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { loadPayout } from './load-payout.js';
import { nextPollDelay } from './poll-delay.js';
import { FAILURE } from '../domain/failure-types.js';
import type { PayoutKey } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import { isFinal, type PayoutStatus } from '../domain/payout-status.js';
import { suspicionOf, type StoredPayout } from '../journal/port.js';
import type { PayoutProvider } from '../providers/port.js';

/** How often the same order may be sent again after the provider proved not to know it (rule 4). */
const MAX_RESENDS = 3;

/** Asks the provider once and writes down what changed. No news is no write. */
export async function askStatus(
  deps: ActivityDeps,
  { key }: { key: PayoutKey; because: string },
): Promise<StepResult> {
  const { stored, provider } = await loadPayout(deps, key);
  return askOnce(deps, key, stored, provider);
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
  const { stored, provider } = await loadPayout(deps, key);
  if (stored.payout.status !== from) return { payout: stored.payout, next: 'ask' };
  const { attempt, scheduledTimestampMs } = activityInfo();
  const { poll } = provider.limits;
  // The first attempt only sets the clock: the provider has just been spoken to.
  if (attempt === 1) throw pending(from, nextPollDelay(poll, 0) ?? 0);

  const result = await askOnce(deps, key, stored, provider);
  if (result.payout.status !== from || result.next === 'resend') return result;
  const delay = nextPollDelay(poll, Date.now() - scheduledTimestampMs);
  if (delay !== undefined) throw pending(from, delay);
  return { payout: await endInReview(deps, key, from), next: 'ask' };
}

async function askOnce(
  deps: ActivityDeps,
  key: PayoutKey,
  { payout, attempts }: StoredPayout,
  provider: PayoutProvider,
): Promise<StepResult> {
  if (isFinal(payout.status)) return { payout, next: 'ask' };
  const lastAttempt = attempts.at(-1);
  const sinceAttemptMs = lastAttempt ? Date.now() - Date.parse(lastAttempt.intentAt) : 0;
  const answer = await provider.status(
    {
      orderId: payout.orderId,
      amount: payout.amount,
      sinceAttemptMs,
      awaitingAction: payout.status === 'action_required',
      suspected: suspicionOf(attempts),
    },
    AbortSignal.timeout(provider.limits.callTimeoutMs),
  );
  if (answer.kind !== 'answered') return { payout, next: 'ask' };
  const by = { actor: `provider:${payout.account}` };
  if (answer.progress.kind !== 'not_found') {
    return { payout: await deps.journal.payouts.recordProgress(key, answer.progress, by), next: 'ask' };
  }
  if (sinceAttemptMs < provider.limits.notFoundGraceMs) return { payout, next: 'ask' };
  if (provider.limits.resendAfterNotFound === 'auto' && attempts.length <= MAX_RESENDS) {
    return { payout, next: 'resend' };
  }
  const contradiction = {
    kind: 'contradiction',
    code: 'not_found_at_provider',
    message: `The provider does not know order ${payout.orderId}, ${Math.round(sinceAttemptMs / 1000)} s after the request`,
  } as const;
  return { payout: await deps.journal.payouts.recordProgress(key, contradiction, by), next: 'ask' };
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
