import { ApplicationFailure } from '@temporalio/activity';
import type { ActivityDeps } from '../deps.js';
import { keepAnswer } from '../keep-answer.js';
import { startLeaving } from '../leave-in-time.js';
import { isInTime, notSent, whyNotSentInTime } from '../not-sent.js';
import { returnDoors } from '../return-doors.js';
import { askOnce } from './ask-payment.js';
import type { PaymentStepResult } from './contract.js';
import { loadPayment, type LoadedPayment } from './load-payment.js';
import { FAILURE } from '../../domain/failure-types.js';
import type { PaymentKey } from '../../domain/ids.js';
import type { PaymentStart } from '../../domain/payment-answer.js';
import { isSettledPayment } from '../../domain/payment-moves.js';
import type { Payment } from '../../domain/payment.js';
import type { Stop } from '../../domain/stop.js';
import { JournalUnavailableError } from '../../journal/errors.js';
import type { StoredPayment } from '../../journal/payments/port.js';
import { mayHaveLeft } from '../../journal/port.js';
import type { PaymentCall, PaymentOrder } from '../../providers/payment-port.js';
import { bytesFingerprint } from '../../secrets/fingerprint.js';
import { openPaymentToken } from '../../secrets/payment-seal.js';

interface StartToMake {
  readonly key: PaymentKey;
  readonly restartOf?: number | undefined;
}

/**
 * Begins a payment at the provider, at most once (money rules 1 to 3): the intent is committed before the first byte
 * leaves, and one without an answer bars every further one. Only `not_sent` is tried again, within the account's budget.
 * While a stop covers the payment nothing is sent.
 *
 * With `restartOf` the same request follows that one start, of which the provider knows no transaction; it is asked
 * once more right before. Never a charge by token, which moves money by itself.
 */
export async function startPayment(
  deps: ActivityDeps,
  { key, restartOf }: StartToMake,
): Promise<PaymentStepResult> {
  const { payments } = deps.journal;
  const loaded = await loadPayment(deps, key);
  const { stored, provider } = loaded;
  if (isSettledPayment(stored.payment.status)) return { payment: stored.payment, next: 'ask' };
  if (restartOf === undefined) {
    if (stored.calls.some(mayHaveLeft)) return { payment: stored.payment, next: 'ask' };
    if (stored.stop) return stoppedBy(deps, key, stored.stop);
    const why = whyNotSentInTime(stored.calls, stored, provider.limits);
    if (why !== undefined) return neverSent(deps, key, why);
  } else {
    const instead = await insteadOfRestart(deps, key, loaded, restartOf);
    if (instead) return instead;
  }
  const giveUp = (why: string): Promise<PaymentStepResult> =>
    restartOf === undefined ? neverSent(deps, key, why) : review(deps, key, 'restart_not_sent', why);

  const call = await build(deps, loaded);
  if (typeof call === 'string') return giveUp(call);
  const kind = stored.request.recurrentOf === undefined ? 'start' : 'recurrent';
  const requestFingerprint = bytesFingerprint(deps.fingerprintKey, call.exact);
  const tooLate = startLeaving();
  const began = await payments.beginStart(key, { kind, requestFingerprint, restartOf });
  switch (began.kind) {
    case 'other_request':
      return review(
        deps,
        key,
        'restart_differs',
        'The account was changed since: the request would be another one',
      );
    case 'sent':
    case 'closed':
      return { payment: (await payments.get(key)) ?? stored.payment, next: 'ask' };
    case 'stopped':
      // By a stop that came after the payment was read: the next try reads it. A repetition goes back to the poll.
      if (restartOf === undefined) throw notSent('an operator stopped it');
      return { payment: stored.payment, next: 'ask' };
    case 'go': {
      // Deliberately not tied to the activity's cancellation: a call that was begun is heard out.
      const answer = tooLate() ?? (await call.send(AbortSignal.timeout(provider.limits.callTimeoutMs)));
      const payment = await keepAnswer(() => payments.endStart(key, began.number, answer));
      if (answer.kind !== 'not_sent') return { payment, next: 'ask' };
      if (isInTime(provider.limits)) throw notSent(answer.message);
      return giveUp(answer.message);
    }
  }
}

/** It is written down, so that every door shows why the payment waits. */
async function stoppedBy({ journal }: ActivityDeps, key: PaymentKey, stop: Stop): Promise<PaymentStepResult> {
  return { payment: await journal.payments.noteStop(key), next: 'stopped', stop };
}

/** Undefined if the same request may follow; a lost answer is written off first, which alone would bar it. */
async function insteadOfRestart(
  deps: ActivityDeps,
  key: PaymentKey,
  loaded: LoadedPayment,
  restartOf: number,
): Promise<PaymentStepResult | undefined> {
  const { calls, payment } = loaded.stored;
  const followed = calls.find(({ number }) => number === restartOf);
  if (!followed || calls.some((call) => call.number > restartOf && mayHaveLeft(call))) {
    return { payment, next: 'ask' };
  }
  const { result } = await askOnce(deps, key, loaded);
  if (result.next !== 'restart') return result;
  if (followed.answer === undefined) {
    const message = 'The worker died before it could write the answer down';
    await deps.journal.payments.endStart(key, restartOf, { kind: 'unknown', code: 'answer_lost', message });
  }
  return undefined;
}

/** The request; or, when the time to mend what keeps it from being built is over, why there is none. */
async function build(
  deps: ActivityDeps,
  { stored, provider }: LoadedPayment,
): Promise<PaymentCall<PaymentStart> | string> {
  try {
    return provider.start(await orderOf(deps, stored));
  } catch (error) {
    if (error instanceof JournalUnavailableError) throw error;
    // By its name alone: a message could hold what the order holds.
    const name = error instanceof Error ? error.name : 'unknown error';
    const message = `The request cannot be built (${name})`;
    if (isInTime(provider.limits)) throw ApplicationFailure.retryable(message, FAILURE.misconfigured);
    return message;
  }
}

/** The order as the provider will get it. A token is open from here to the end of one call, nowhere else. */
async function orderOf(deps: ActivityDeps, { payment, request }: StoredPayment): Promise<PaymentOrder> {
  const { purpose, description, payer, language, returnUrls, expiresAt, keepCard, providerFields } = request;
  return {
    orderId: payment.orderId,
    amount: request.amount,
    purpose,
    description,
    payer,
    language,
    returnUrls: returnDoors(deps, payment, returnUrls),
    expiresAt,
    keepCard: keepCard ?? false,
    token: await tokenOf(deps, payment, request.recurrentOf),
    providerFields,
  };
}

async function tokenOf(
  { journal, sealingKeys }: ActivityDeps,
  { merchant }: Payment,
  recurrentOf: Payment['paymentId'] | undefined,
): Promise<string | undefined> {
  if (recurrentOf === undefined) return undefined;
  const earlier = await journal.payments.read({ merchant, paymentId: recurrentOf });
  // Without its token the payer would be sent to a page that nobody asked for.
  if (earlier?.sealedToken === undefined) throw new Error('The earlier payment has no token');
  return openPaymentToken(sealingKeys, earlier.sealedToken, earlier.payment);
}

async function neverSent(
  { journal }: ActivityDeps,
  key: PaymentKey,
  message: string,
): Promise<PaymentStepResult> {
  return { payment: await journal.payments.closeUnsent(key, { code: 'never_sent', message }), next: 'ask' };
}

async function review(
  { journal }: ActivityDeps,
  key: PaymentKey,
  code: string,
  message: string,
): Promise<PaymentStepResult> {
  const reason = { code, message };
  const by = { actor: 'engine' };
  return { payment: await journal.payments.changeStatus(key, 'in_review', reason, by), next: 'ask' };
}
