import { ApplicationFailure } from '@temporalio/activity';
import { askOnce } from './ask.js';
import type { StepResult } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { keepAnswer } from './keep-answer.js';
import { loadPayout, type LoadedPayout } from './load-payout.js';
import { startLeaving } from './leave-in-time.js';
import { isInTime, notSent, whyNotSentInTime } from './not-sent.js';
import { openOrder } from './open-order.js';
import { FAILURE } from '../domain/failure-types.js';
import type { PayoutKey } from '../domain/ids.js';
import { isFinal } from '../domain/payout-status.js';
import type { MoneyAnswer, NotSent } from '../domain/provider-answer.js';
import type { Reason } from '../domain/payout.js';
import type { Stop } from '../domain/stop.js';
import { JournalUnavailableError } from '../journal/errors.js';
import { mayHaveLeft, type AttemptStep, type Journal, type StoredPayout } from '../journal/port.js';
import type { MoneyRequest, PayoutProvider } from '../providers/port.js';
import { bytesFingerprint } from '../secrets/fingerprint.js';

interface StepToTake {
  readonly key: PayoutKey;
  readonly step: AttemptStep;
  readonly resendOf?: number | undefined;
}

/**
 * Sends one step's request, at most once (money rules 1 to 3): the intent is committed before the first byte leaves,
 * and an intent without an answer bars every further send, also when the server starts this activity again. Only
 * `not_sent`, the proof that nothing left, is tried again, within the account's budget. While a stop covers the payout
 * nothing is sent.
 *
 * With `resendOf` it follows that one attempt, whose order the provider was proven not to know (rule 4), and asks the
 * provider once more right before sending.
 */
export async function takeStep(
  deps: ActivityDeps,
  { key, step: wanted, resendOf }: StepToTake,
): Promise<StepResult> {
  const loaded = await loadPayout(deps, key);
  const { stored, provider } = loaded;
  // A run that took the payout up again begins with the first step, and hears which request is to follow which.
  const step = stored.attempts.find(({ number }) => number === resendOf)?.step ?? wanted;
  if (isFinal(stored.payout.status)) return { payout: stored.payout, next: 'ask' };
  if (resendOf === undefined) {
    const sent = stored.attempts.findLast((attempt) => attempt.step === step && mayHaveLeft(attempt));
    if (sent) {
      const next = sent.answer === undefined ? 'ask' : nextAfter(sent.answer, step, provider, stored);
      return { payout: stored.payout, next };
    }
    if (stored.stop) return stoppedBy(deps.journal, key, stored.stop);
    const tried = stored.attempts.filter((attempt) => attempt.step === step);
    const why = whyNotSentInTime(tried, stored, provider.limits);
    if (why !== undefined) return giveUpUnsent(deps.journal, key, { code: 'never_sent', message: why });
  } else {
    const instead = await insteadOfResend(deps, key, loaded, resendOf);
    if (instead) return instead;
  }

  const request = await build(deps, stored, provider, step);
  if ('kind' in request) {
    if (isInTime(provider.limits)) throw notSent(request.message);
    const message = `The request could not be built: ${request.message}`;
    return resendOf === undefined
      ? giveUpUnsent(deps.journal, key, { code: 'never_sent', message })
      : giveUpResend(deps.journal, key, message);
  }
  const requestFingerprint = bytesFingerprint(deps.fingerprintKey, request.exact);
  const tooLate = startLeaving();
  const began = await deps.journal.payouts.beginAttempt(key, { step, requestFingerprint, resendOf });
  switch (began.kind) {
    case 'closed':
      return { payout: began.payout, next: 'ask' };
    case 'answered':
      return { payout: began.payout, next: nextAfter(began.answer, step, provider, stored) };
    case 'unanswered':
      return { payout: stored.payout, next: 'ask' };
    case 'stopped':
      // By a stop that came after the payout was read: the next try reads it. A resend goes back to the poll.
      if (resendOf === undefined) throw notSent('an operator stopped it');
      return { payout: stored.payout, next: 'ask' };
    case 'go': {
      // Deliberately not tied to the activity's cancellation: a money call that was begun is heard out.
      const said = tooLate() ?? (await request.send(AbortSignal.timeout(provider.limits.callTimeoutMs)));
      const answer = resendOf === undefined ? said : doubted(said);
      const payout = await keepAnswer(() => deps.journal.payouts.endAttempt(key, began.number, answer));
      if (answer.kind !== 'not_sent') return { payout, next: nextAfter(answer, step, provider, stored) };
      if (resendOf === undefined || isInTime(provider.limits)) throw notSent(answer.message);
      return giveUpResend(deps.journal, key, answer.message);
    }
  }
}

/**
 * Undefined if an attempt may follow this one: the provider is asked again, and a lost answer is written off, which
 * alone would bar it. Otherwise what is to be done instead, with the newest view of the payout.
 */
async function insteadOfResend(
  deps: ActivityDeps,
  key: PayoutKey,
  loaded: LoadedPayout,
  resendOf: number,
): Promise<StepResult | undefined> {
  const { attempts, payout } = loaded.stored;
  const followed = attempts.find((attempt) => attempt.number === resendOf);
  if (!followed || attempts.some((attempt) => attempt.number > resendOf && mayHaveLeft(attempt))) {
    return { payout, next: 'ask' };
  }
  const { result } = await askOnce(deps, key, loaded);
  if (result.next !== 'resend') return result;
  if (followed.answer === undefined) {
    const message = 'The worker died before it could write the answer down';
    await deps.journal.payouts.endAttempt(key, resendOf, { kind: 'unknown', code: 'answer_lost', message });
  }
  return undefined;
}

/** It is written down, so that every door shows why the payout waits. */
async function stoppedBy({ payouts }: Journal, key: PayoutKey, stop: Stop): Promise<StepResult> {
  return { payout: await payouts.noteStop(key), next: 'stopped', stop };
}

/** `not_sent` where what it needs cannot be had: a key of ours, a setting, a key of the provider's. */
async function build(
  deps: ActivityDeps,
  stored: StoredPayout,
  provider: PayoutProvider,
  step: AttemptStep,
): Promise<MoneyRequest | NotSent> {
  try {
    const signal = AbortSignal.timeout(provider.limits.callTimeoutMs);
    return await provider.prepare(step, await openOrder(deps, stored), signal);
  } catch (error) {
    if (error instanceof JournalUnavailableError) throw error;
    // By its name alone: a message could hold what the order holds.
    const name = error instanceof Error ? error.name : 'unknown error';
    const message = `The request cannot be built (${name})`;
    if (isInTime(provider.limits)) throw ApplicationFailure.retryable(message, FAILURE.misconfigured);
    return { kind: 'not_sent', code: 'not_built', message };
  }
}

/** A refusal of a resend speaks of the resend alone: only the order's status speaks of the attempt before it. */
function doubted(answer: MoneyAnswer): MoneyAnswer {
  if (answer.kind !== 'answered' || answer.progress.kind !== 'not_paid') return answer;
  const { code, message } = answer.progress;
  return { kind: 'unknown', code, message, suspected: answer.progress };
}

function nextAfter(
  answer: MoneyAnswer,
  step: AttemptStep,
  provider: PayoutProvider,
  { request }: StoredPayout,
): 'ask' | 'step' {
  const isLast = provider.steps(request).at(-1) === step;
  return !isLast && answer.kind === 'answered' && answer.progress.kind === 'ready' ? 'step' : 'ask';
}

/**
 * `failed` if every attempt is proven not sent. If an earlier step was sent, its order stands at the provider and waits
 * for this one: a person must decide, visibly (rule 8).
 */
async function giveUpUnsent(journal: Journal, key: PayoutKey, reason: Reason): Promise<StepResult> {
  const by = { actor: 'engine' };
  const { closed, payout } = await journal.payouts.closeUnsent(key, { to: 'failed', reason }, by);
  if (closed || isFinal(payout.status)) return { payout, next: 'ask' };
  const progress = { kind: 'contradiction', code: 'step_not_sent', message: reason.message } as const;
  return { payout: await journal.payouts.recordProgress(key, progress, by), next: 'ask' };
}

/** The request before it may have left, so nothing is proven: a person must decide (rule 8). */
async function giveUpResend(journal: Journal, key: PayoutKey, why: string): Promise<StepResult> {
  const message = `It could not be sent again: ${why}`;
  const progress = { kind: 'contradiction', code: 'resend_not_sent', message } as const;
  return { payout: await journal.payouts.recordProgress(key, progress, { actor: 'engine' }), next: 'ask' };
}
