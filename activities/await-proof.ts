import { activityInfo } from '@temporalio/activity';
import type { ActivityDeps } from './deps.js';
import { mayBeOfEarlier } from './earlier-refusal.js';
import { loadPayout, type LoadedPayout } from './load-payout.js';
import { nextPollDelay } from './poll-delay.js';
import { statusQueryOf } from './status-query.js';
import { stillWaiting } from './still-waiting.js';
import { wasNeverExecuted } from './unasked.js';
import type { PayoutKey } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import { mayHaveLeft } from '../journal/port.js';

/**
 * Asks slowly while a payout waits for a person: by the account's `reviewPoll`, each question one attempt of this
 * activity. Only a proof ends a review; pending, "not found" and contradictions are what it is in review for, and
 * write nothing.
 *
 * @returns the payout once it is no longer in review, or as it is when the schedule is spent
 */
export async function awaitProof(deps: ActivityDeps, { key }: { key: PayoutKey }): Promise<Payout> {
  const loaded = await loadPayout(deps, key);
  const { payout, attempts } = loaded.stored;
  if (payout.status !== 'in_review' || !attempts.some(mayHaveLeft)) return payout;
  const { attempt, scheduledTimestampMs } = activityInfo();
  const schedule = deps.accounts.get(payout.account)?.reviewPoll ?? [];
  // The first attempt only sets the clock: the provider has just been spoken to.
  const asked = attempt === 1 ? { payout } : await askForProof(deps, key, loaded);
  if (asked.payout.status !== 'in_review') return asked.payout;
  const delay = nextPollDelay(schedule, attempt === 1 ? 0 : Date.now() - scheduledTimestampMs);
  if (delay === undefined) return asked.payout;
  throw stillWaiting('in_review', Math.max(delay, asked.restMs ?? 0));
}

async function askForProof(
  deps: ActivityDeps,
  key: PayoutKey,
  { stored, provider }: LoadedPayout,
): Promise<{ readonly payout: Payout; readonly restMs?: number | undefined }> {
  const { payout } = stored;
  const signal = AbortSignal.timeout(provider.limits.callTimeoutMs);
  const answer = await provider.status(statusQueryOf(stored), signal);
  if (answer.kind === 'unknown') return { payout, restMs: answer.retryAfterMs };
  if (answer.kind === 'not_sent') return { payout };
  const { progress } = answer;
  if (progress.kind !== 'paid' && progress.kind !== 'not_paid') return { payout };
  if (mayBeOfEarlier(progress, stored, provider.limits)) return { payout };
  // Paid without our request to pay it: the contradiction that a person is to look at.
  if (progress.kind === 'paid' && (await wasNeverExecuted(deps, key, provider))) return { payout };
  const by = { actor: `provider:${payout.account}`, reason: 'asked while in review' };
  return { payout: await deps.journal.payouts.recordProgress(key, progress, by) };
}
