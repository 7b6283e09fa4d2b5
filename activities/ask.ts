import { activityInfo } from '@temporalio/activity';
import { isActionOver } from './action-over.js';
import type { StepResult } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { mayBeOfEarlier } from './earlier-refusal.js';
import { loadPayout, type LoadedPayout } from './load-payout.js';
import { askForCallback } from './ask-for-callback.js';
import { lastDelay, nextPollDelay } from './poll-delay.js';
import { statusQueryOf } from './status-query.js';
import { noAnswer, stillStopped, stillWaiting } from './still-waiting.js';
import { paidUnasked, wasNeverExecuted } from './unasked.js';
import type { PayoutKey } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import { isFinal, type PayoutStatus } from '../domain/payout-status.js';
import type { Progress } from '../domain/provider-answer.js';
import { mayHaveLeft, type Attempt } from '../journal/port.js';
import type { PayoutProvider } from '../providers/port.js';

/** How often the same order may be sent again after the provider proved not to know it (rule 4). */
const MAX_RESENDS = 3;
/** What changes nothing in a payout that has ended. */
const PROVES_NOTHING: ReadonlySet<string> = new Set(['not_found', 'pending', 'ready', 'action_required']);

/**
 * Asks the provider once and writes down what changed. No news is no write, and one "not found" proves nothing. Where
 * no poll will ask again, it `mustAnswer`: it is tried again if it does not, and where it does not know yet what its own
 * callback told of, for as long as its "not found" proves nothing.
 */
export async function askStatus(
  deps: ActivityDeps,
  { key, mustAnswer = false }: { key: PayoutKey; because: string; mustAnswer?: boolean | undefined },
): Promise<StepResult> {
  const loaded = await loadPayout(deps, key);
  const { result, silence, restMs, saysNothing } = await askOnce(deps, key, loaded, mustAnswer);
  if (!mustAnswer) return result;
  if (silence !== undefined) throw noAnswer(silence, restMs);
  const askedForMs = Date.now() - activityInfo().scheduledTimestampMs;
  const mayLag = isFinal(result.payout.status) && askedForMs < loaded.provider.limits.notFoundGraceMs;
  if (saysNothing !== undefined && mayLag)
    throw noAnswer(`it says "${saysNothing}" after a callback`, restMs);
  return result;
}

/**
 * Asks until the payout's status differs from `from`. Each question is one attempt of this activity, which the server
 * retries after the delay that the account's schedule gives: no history event per question. When the schedule is
 * spent, the payout goes into review: time alone never makes a failure (rules 8 and 9). What could be sent again but
 * for a stop is asked about until that is lifted.
 */
export async function awaitChange(
  deps: ActivityDeps,
  { key, from }: { key: PayoutKey; from: PayoutStatus },
): Promise<StepResult> {
  const loaded = await loadPayout(deps, key);
  const { payout } = loaded.stored;
  if (payout.status !== from) return { payout, next: 'ask' };
  const { attempt, scheduledTimestampMs } = activityInfo();
  const { poll } = loaded.provider.limits;
  // The first attempt only sets the clock: the provider has just been spoken to.
  if (attempt === 1) throw stillWaiting(from, nextPollDelay(poll, 0) ?? 0);

  const { result, restMs = 0 } = await askOnce(deps, key, loaded);
  const { stop } = loaded.stored;
  const elapsedMs = Date.now() - scheduledTimestampMs;
  const delay = nextPollDelay(poll, elapsedMs);
  if (result.next === 'resend' && stop) throw stillStopped(stop, Math.max(delay ?? lastDelay(poll), restMs));
  if (result.payout.status !== from || result.next !== 'ask') return result;
  if (isActionOver(result.payout, loaded.provider.limits)) {
    return { payout: await endAction(deps, key), next: 'ask' };
  }
  if (delay !== undefined) {
    await askForCallback(loaded, elapsedMs, delay);
    throw stillWaiting(from, Math.max(delay, restMs));
  }
  return { payout: await endInReview(deps, key, from), next: 'ask' };
}

/** What one question brought. */
interface Asked {
  readonly result: StepResult;
  /** Why there is no answer, where there is none. */
  readonly silence?: string | undefined;
  /** The provider wants to be left alone for so long, in ms. */
  readonly restMs?: number | undefined;
  /** An answer that proves nothing, in a word. */
  readonly saysNothing?: string | undefined;
}

/** One question and what follows from its answer. Also of a payout that ended unpaid: a later proof must be heard. */
export async function askOnce(
  deps: ActivityDeps,
  key: PayoutKey,
  { stored, provider }: LoadedPayout,
  /** A success can only be taken back: not worth a question by itself. */
  evenIfPaid = false,
): Promise<Asked> {
  const { payout, request, attempts } = stored;
  const unchanged: Asked = { result: { payout, next: 'ask' } };
  // What provably never left cannot be found, and its absence says nothing.
  const sent = attempts.filter(mayHaveLeft);
  const lastAttempt = sent.at(-1);
  if (payout.status === 'returned' || !lastAttempt) return unchanged;
  if (payout.status === 'succeeded' && !evenIfPaid) return unchanged;
  const answer = await provider.status(
    statusQueryOf(stored),
    AbortSignal.timeout(provider.limits.callTimeoutMs),
  );
  if (answer.kind === 'unknown')
    return { ...unchanged, silence: answer.message, restMs: answer.retryAfterMs };
  if (answer.kind === 'not_sent') return { ...unchanged, silence: answer.message };
  const { progress } = answer;
  const { payouts } = deps.journal;
  if (isFinal(payout.status) && PROVES_NOTHING.has(progress.kind)) {
    return { ...unchanged, saysNothing: progress.kind };
  }
  const record = async (word: Progress): Promise<Asked> => {
    const by = { actor: `provider:${payout.account}` };
    return { result: { payout: await payouts.recordProgress(key, word, by), next: 'ask' } };
  };
  const isExecuted = lastAttempt.step === provider.steps(request).at(-1);
  if (progress.kind === 'paid' && !isExecuted && !isFinal(payout.status)) {
    return record((await wasNeverExecuted(deps, key, provider)) ? paidUnasked(stored) : progress);
  }
  if (progress.kind === 'ready' && !isExecuted) {
    const { result } = await record(progress);
    const isRunning = !isFinal(result.payout.status) && result.payout.status !== 'in_review';
    return { result: { payout: result.payout, next: isRunning ? 'step' : 'ask' } };
  }
  // The last step was taken, and its order still waits for it: heard and not yet done, or never heard.
  const isUnheard = progress.kind === 'not_found' || (progress.kind === 'ready' && !isAnswered(lastAttempt));
  const resend: Asked = { result: { payout, next: 'resend', of: lastAttempt.number } };
  const mends = isMendable(progress, payout, sent, provider);
  const { notFoundGraceMs, resendAfterNotFound } = provider.limits;
  const sinceAttemptMs = Date.parse(stored.readAt) - Date.parse(lastAttempt.intentAt);
  if (mayBeOfEarlier(progress, stored, provider.limits)) return unchanged;
  if (!isUnheard && !mends) {
    if (lastAttempt.notFoundAnswers > 0) await payouts.countNotFound(key, lastAttempt.number, 'found');
    return record(progress);
  }
  const times = await payouts.countNotFound(key, lastAttempt.number, 'not_found');
  if (times < provider.limits.notFoundMinQueries) return unchanged;
  if (mends) return resend;
  if (sinceAttemptMs < notFoundGraceMs) return unchanged;
  // One that the provider took in, and then does not know, is not lost: to send it again would ask for a second one.
  const mayResend = resendAfterNotFound === 'auto' && !isAnswered(lastAttempt);
  if (mayResend && payout.status !== 'in_review' && sent.length <= MAX_RESENDS) return resend;
  const seconds = Math.round(sinceAttemptMs / 1000);
  return record({
    kind: 'contradiction',
    ...(progress.kind === 'ready'
      ? {
          code: 'not_executed_at_provider',
          message: `Order ${payout.orderId} still waits to be executed, ${seconds} s after the request`,
        }
      : {
          code: 'not_found_at_provider',
          message: `The provider does not know order ${payout.orderId}, ${seconds} s after the request`,
        }),
  });
}

function isAnswered({ answer }: Attempt): boolean {
  return answer?.kind === 'answered';
}

/**
 * The provider proved that it did not execute the one request that may have left, and would take it built anew (an
 * encrypted card whose key or time had run out). After as many "not found" as any resend needs, and unless the account
 * says `never`, it is sent once more under the same order id; a second refusal is believed.
 */
function isMendable(
  progress: Progress | { readonly kind: 'not_found' },
  { status }: Payout,
  sent: readonly Attempt[],
  { limits }: PayoutProvider,
): boolean {
  if (progress.kind !== 'not_paid' || progress.mendable === undefined) return false;
  if (limits.resendAfterNotFound === 'never') return false;
  const isRunning = !isFinal(status) && status !== 'in_review';
  return isRunning && sent.length === 1 && sent[0]?.answer?.kind === 'unknown';
}

/** Nothing can be done at the page any more, but what was done there may still come out: the poll goes on. */
async function endAction({ journal }: ActivityDeps, key: PayoutKey): Promise<Payout> {
  const by = { actor: 'engine', reason: 'The time to act is over; waiting for the outcome' };
  return journal.payouts.changeStatus(key, 'processing', undefined, by, 'action_required');
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
