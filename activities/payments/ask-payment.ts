import { activityInfo, log } from '@temporalio/activity';
import type { ActivityDeps } from '../deps.js';
import { lastDelay, nextPollDelay } from '../poll-delay.js';
import { noAnswer, stillStopped, stillWaiting } from '../still-waiting.js';
import type { PaymentStepResult } from './contract.js';
import { loadPayment, paymentQueryOf, type LoadedPayment } from './load-payment.js';
import type { PaymentKey } from '../../domain/ids.js';
import { isSettledPayment } from '../../domain/payment-moves.js';
import { leavesToken } from '../../domain/payment-transaction.js';
import type { PaymentStatus } from '../../domain/payment-status.js';
import type { Payment } from '../../domain/payment.js';
import type { NotPaid } from '../../domain/provider-answer.js';
import type { PaymentCallRecord, StoredPayment } from '../../journal/payments/port.js';
import { mayHaveLeft } from '../../journal/port.js';
import type { PaymentLimits, PaymentNews } from '../../providers/payment-port.js';
import { sealPaymentToken } from '../../secrets/payment-seal.js';
import { publicSealingKeys } from '../../secrets/sealing-keys.js';

/** How often the same order may be begun again after nothing came of it. */
const MAX_RESTARTS = 3;
/** The provider's clock and ours need not agree: the last question comes a little after the grace. */
const AFTER_GRACE_MS = 250;

/** Asks the provider once and writes down what changed. Where no poll will ask again, it `mustAnswer`. */
export async function askPayment(
  deps: ActivityDeps,
  { key, mustAnswer = false }: { key: PaymentKey; because: string; mustAnswer?: boolean | undefined },
): Promise<PaymentStepResult> {
  const { result, silence, restMs } = await askOnce(deps, key, await loadPayment(deps, key));
  if (mustAnswer && silence !== undefined) throw noAnswer(silence, restMs);
  return result;
}

/**
 * Asks until the payment's status differs from `from`, one question per attempt of this activity. The schedule is not
 * spent before it has run out once more after the end of the order and its grace; then the payment goes into review:
 * time alone never fails what may be paid (money rules 8 and 9). What could be begun again but for a stop is asked about
 * until that is lifted, or the order is over.
 */
export async function awaitPayment(
  deps: ActivityDeps,
  { key, from }: { key: PaymentKey; from: PaymentStatus },
): Promise<PaymentStepResult> {
  const loaded = await loadPayment(deps, key);
  const { payment, request } = loaded.stored;
  if (payment.status !== from) return { payment, next: 'ask' };
  const { attempt, scheduledTimestampMs } = activityInfo();
  const { limits } = loaded.provider;
  const delayNow = (): number | undefined =>
    questionDelay(limits, request.expiresAt, Date.now() - scheduledTimestampMs);
  // The first attempt only sets the clock: the provider has just been spoken to.
  if (attempt === 1) throw stillWaiting(from, delayNow() ?? 1);

  const { result, restMs = 0 } = await askOnce(deps, key, loaded);
  const delay = delayNow();
  const { stop } = loaded.stored;
  if (result.next === 'restart' && stop) {
    throw stillStopped(stop, Math.max(delay ?? lastDelay(limits.poll), restMs));
  }
  if (result.payment.status !== from || result.next === 'restart') return result;
  if (delay !== undefined) throw stillWaiting(from, Math.max(delay, restMs));
  const message = `Still ${from} at the end of the poll schedule: the provider gave no final answer`;
  return { payment: await intoReview(deps, key, from, 'no_final_answer', message), next: 'ask' };
}

/** By the account's schedule, and once right when the order can no longer be paid. Undefined when all is spent. */
function questionDelay(
  { poll, expiryGraceMs }: PaymentLimits,
  expiresAt: string,
  elapsedMs: number,
): number | undefined {
  const untilOverMs = Date.parse(expiresAt) + expiryGraceMs + AFTER_GRACE_MS - Date.now();
  const bySchedule = nextPollDelay(poll, elapsedMs);
  // A provider that is away at that very moment is asked on for as long as the schedule says.
  if (untilOverMs <= 0) return bySchedule ?? nextPollDelay(poll, -untilOverMs);
  return Math.min(bySchedule ?? poll.at(-1)?.delayMs ?? untilOverMs, untilOverMs);
}

/** What one question brought. */
interface Asked {
  readonly result: PaymentStepResult;
  /** Why there is no answer, where there is none. */
  readonly silence?: string | undefined;
  /** The provider wants to be left alone for so long, in ms. */
  readonly restMs?: number | undefined;
}

/** One question and what follows from its answer. Also of a payment that ended unpaid: a later proof must be heard. */
export async function askOnce(
  deps: ActivityDeps,
  key: PaymentKey,
  { stored, provider }: LoadedPayment,
): Promise<Asked> {
  const { payment, calls } = stored;
  const unchanged: Asked = { result: { payment, next: 'ask' } };
  if (!calls.some(mayHaveLeft)) return unchanged;
  const { limits } = provider;
  const answer = await provider.status(paymentQueryOf(stored), AbortSignal.timeout(limits.callTimeoutMs));
  if (answer.kind === 'unknown')
    return { ...unchanged, silence: answer.message, restMs: answer.retryAfterMs };
  if (answer.kind === 'not_sent') return { ...unchanged, silence: answer.message };

  const news = answer.progress;
  const told = {
    transactions: news.transactions,
    mayEnd: news.unproven !== true,
    graceMs: limits.expiryGraceMs,
    sealedToken: await tokenIn(deps, stored, news),
  };
  const next = await deps.journal.payments.recordNews(key, told, { actor: `provider:${payment.account}` });
  const refused = refusedCharge({ ...stored, payment: next }, news, limits);
  if (refused) {
    const payment = await closeRefused(deps, key, next.status, refused);
    return { result: { payment, next: 'ask' } };
  }
  const lost = lostStart({ ...stored, payment: next });
  if (!lost || news.transactions.length > 0) return { result: { payment: next, next: 'ask' } };
  if (mayRestart(stored, limits)) return { result: { payment: next, next: 'restart', of: lost.number } };
  if (limits.reinit === 'same-reference') return { result: { payment: next, next: 'ask' } };
  const message = 'It is not known whether the provider took the order, and it may not be asked for twice';
  return {
    result: { payment: await intoReview(deps, key, next.status, 'start_unanswered', message), next: 'ask' },
  };
}

/**
 * The provider's no to a charge by token, once its own books show no such charge when it has had its time: final (8b.world
 * /pay §7 "confirm with 4.2, then final").
 */
function refusedCharge(
  { payment, request, calls, readAt }: StoredPayment,
  { transactions, unproven }: PaymentNews,
  { expiryGraceMs }: PaymentLimits,
): NotPaid | undefined {
  if (request.recurrentOf === undefined || payment.status !== 'processing') return undefined;
  if (unproven || transactions.length > 0 || payment.transactions.length > 0) return undefined;
  const last = calls.findLast(mayHaveLeft);
  const refused = last?.answer?.kind === 'unknown' ? last.answer.suspected : undefined;
  const hadTime = Date.parse(readAt) - Date.parse(last?.intentAt ?? readAt) >= expiryGraceMs;
  return hadTime ? refused : undefined;
}

/** The start that got no answer, so that there is no page to send the payer to. */
function lostStart({ payment, request, calls }: StoredPayment): PaymentCallRecord | undefined {
  const starts = calls.filter((call) => call.kind === 'start' && mayHaveLeft(call));
  const hasPage = starts.some(({ answer }) => answer?.kind === 'answered');
  const waits = payment.status === 'processing' && payment.transactions.length === 0;
  return waits && !hasPage && request.recurrentOf === undefined ? starts.at(-1) : undefined;
}

function mayRestart({ calls, request, readAt }: StoredPayment, { reinit }: PaymentLimits): boolean {
  const starts = calls.filter((call) => call.kind === 'start' && mayHaveLeft(call));
  const isOver = Date.parse(request.expiresAt) <= Date.parse(readAt);
  return reinit === 'same-reference' && starts.length <= MAX_RESTARTS && !isOver;
}

/** The token of the card that paid, sealed; of one that was declined nobody has any use. */
async function tokenIn(
  { sealingKeys }: ActivityDeps,
  { payment, request, sealedToken }: StoredPayment,
  { transactions, tokens }: PaymentNews,
): Promise<string | undefined> {
  if (sealedToken !== undefined || request.keepCard !== true) return undefined;
  const worked = transactions.find(({ id, status }) => tokens[id] !== undefined && leavesToken(status));
  const token = worked && tokens[worked.id];
  if (token === undefined) return undefined;
  try {
    return await sealPaymentToken(publicSealingKeys(sealingKeys), token, payment);
  } catch (error) {
    // That the payer paid must be written down, with or without the means to charge them again.
    log.error('A token could not be sealed, and is not kept', {
      orderId: payment.orderId,
      error: error instanceof Error ? error.name : 'unknown error',
    });
    return undefined;
  }
}

async function closeRefused(
  { journal }: ActivityDeps,
  key: PaymentKey,
  from: PaymentStatus,
  { code, message }: NotPaid,
): Promise<Payment> {
  const { payments } = journal;
  const now = await payments.get(key);
  // News that came in between know more.
  if (now && (now.status !== from || now.transactions.length > 0)) return now;
  const by = { actor: `provider:${now?.account ?? ''}` };
  return payments.changeStatus(key, 'failed', { code, message }, by, from);
}

async function intoReview(
  { journal }: ActivityDeps,
  key: PaymentKey,
  from: PaymentStatus,
  code: string,
  message: string,
): Promise<Payment> {
  const { payments } = journal;
  const now = await payments.get(key);
  if (now && isSettledPayment(now.status)) return now;
  return payments.changeStatus(
    key,
    'in_review',
    { code, message },
    { actor: 'engine' },
    now ? now.status : from,
  );
}
