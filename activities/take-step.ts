import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure, Context } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { StepResult } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { openOrder } from './open-order.js';
import { loadPayout } from './load-payout.js';
import { FAILURE } from '../domain/failure-types.js';
import type { PayoutKey } from '../domain/ids.js';
import { isFinal } from '../domain/payout-status.js';
import type { MoneyAnswer } from '../domain/provider-answer.js';
import type { Payout } from '../domain/payout.js';
import { JournalUnavailableError } from '../journal/errors.js';
import type { AttemptStep, Journal, StoredPayout } from '../journal/port.js';
import type { PayoutProvider } from '../providers/port.js';
import { bytesFingerprint } from '../secrets/fingerprint.js';

/** How long to hold on to an answer that the journal cannot take; after that it is asked for again. */
const KEEP_ANSWER_MS = 20_000;

/**
 * Sends one step's request, at most once (design rules 1 to 3): the intent is committed before the first byte leaves,
 * and an intent without an answer bars every further send. Only `not_sent`, the proof that nothing left, is tried
 * again, within the account's budget.
 */
export async function takeStep(
  deps: ActivityDeps,
  { key, step, resend = false }: { key: PayoutKey; step: AttemptStep; resend?: boolean | undefined },
): Promise<StepResult> {
  const { stored, provider } = await loadPayout(deps, key);
  if (isFinal(stored.payout.status)) return { payout: stored.payout, next: 'ask' };
  if (isSendBudgetSpent(stored, step, provider)) return giveUpUnsent(deps.journal, key, stored);

  if (resend) await writeOffLostAnswer(deps.journal, key, stored);

  const request = await provider.prepare(step, await openOrder(deps, stored));
  const began = await deps.journal.payouts.beginAttempt(key, {
    step,
    requestFingerprint: bytesFingerprint(deps.fingerprintKey, request.exact),
    resend,
  });
  const next = (answer: MoneyAnswer): StepResult['next'] => nextAfter(answer, step, provider, stored);
  switch (began.kind) {
    case 'closed':
      return { payout: began.payout, next: 'ask' };
    case 'answered':
      return { payout: began.payout, next: next(began.answer) };
    case 'unanswered':
      return { payout: stored.payout, next: 'ask' };
    case 'go': {
      // Deliberately not tied to the activity's cancellation: a money call that was begun is heard out.
      const said = await request.send(AbortSignal.timeout(provider.limits.callTimeoutMs));
      const answer = mayHaveLeft(stored) ? doubted(said) : said;
      const payout = await keepAnswer(() => deps.journal.payouts.endAttempt(key, began.number, answer));
      if (answer.kind === 'not_sent') throw notSent(answer.message);
      return { payout, next: next(answer) };
    }
  }
}

/** An attempt whose worker died with the answer would bar the resend that rule 4 allows after the proof "not found". */
async function writeOffLostAnswer(
  journal: Journal,
  key: PayoutKey,
  { attempts }: StoredPayout,
): Promise<void> {
  const last = attempts.at(-1);
  if (!last || last.answer) return;
  const message = 'The worker died before it could write the answer down';
  await journal.payouts.endAttempt(key, last.number, { kind: 'unknown', code: 'answer_lost', message });
}

/** True if an earlier attempt may have reached the provider: this one is a resend. */
function mayHaveLeft({ attempts }: StoredPayout): boolean {
  return attempts.some(({ answer }) => answer?.kind !== 'not_sent');
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
): StepResult['next'] {
  const isLast = provider.steps(request).at(-1) === step;
  return !isLast && answer.kind === 'answered' && answer.progress.kind === 'pending' ? 'step' : 'ask';
}

function isSendBudgetSpent(
  { attempts }: StoredPayout,
  step: AttemptStep,
  { limits }: PayoutProvider,
): boolean {
  const first = attempts.find((attempt) => attempt.step === step);
  return first !== undefined && Date.now() - Date.parse(first.intentAt) > limits.sendBudgetMs;
}

/** `failed` if every attempt is proven not sent; otherwise the outcome must be asked for. */
async function giveUpUnsent(
  journal: Journal,
  key: PayoutKey,
  { attempts }: StoredPayout,
): Promise<StepResult> {
  const last = attempts.at(-1)?.answer;
  const why = last?.kind === 'not_sent' ? last.message : 'it could not be reached';
  const { payout } = await journal.payouts.closeUnsent(
    key,
    { to: 'failed', reason: { code: 'never_sent', message: `The provider was not reached in time: ${why}` } },
    { actor: 'engine' },
  );
  return { payout, next: 'ask' };
}

/** An answer is precious: losing it costs a status query at best. So it outlives a short outage of the journal. */
async function keepAnswer(write: () => Promise<Payout>): Promise<Payout> {
  const giveUpAt = Date.now() + KEEP_ANSWER_MS;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof JournalUnavailableError) || Date.now() > giveUpAt) throw error;
      await sleep(500);
    }
  }
}

function notSent(message: string): ApplicationFailure {
  const { attempt } = Context.current().info;
  return ApplicationFailure.create({
    type: FAILURE.notSent,
    message: `Nothing was sent: ${message}`,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: Math.min(500 * 2 ** Math.min(attempt - 1, 10), 30_000),
  });
}
