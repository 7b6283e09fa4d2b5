import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import type { ActivityDeps } from '../deps.js';
import { keepAnswer } from '../keep-answer.js';
import { startLeaving } from '../leave-in-time.js';
import { isInTime, notSent, whyNotSentInTime } from '../not-sent.js';
import { nextPollDelay } from '../poll-delay.js';
import { stillWaiting } from '../still-waiting.js';
import type { OperatedPayment, StoppedOperation } from './contract.js';
import { loadPayment, paymentQueryOf, type LoadedPayment } from './load-payment.js';
import { FAILURE } from '../../domain/failure-types.js';
import type { PaymentOperationKey } from '../../domain/ids.js';
import { operationProof } from '../../domain/payment-operation.js';
import { OPERATION_RULES } from '../../domain/payment-transaction.js';
import type { OperationEnd, PaymentCallRecord, StoredOperation } from '../../journal/payments/port.js';
import { mayHaveLeft } from '../../journal/port.js';
import { bytesFingerprint } from '../../secrets/fingerprint.js';

const ENGINE = { actor: 'engine' };

interface LoadedOperation extends LoadedPayment {
  readonly operation: StoredOperation;
  /** Its own calls. */
  readonly calls: readonly PaymentCallRecord[];
}

/**
 * Sends a refund, void or complete, once: none of them is idempotent at the provider (8b.world /pay §4.4). The intent is
 * committed before the first byte leaves; only what provably never left is tried again. While a stop covers the payment
 * nothing is sent.
 */
export async function operatePayment(
  deps: ActivityDeps,
  { key }: { key: PaymentOperationKey },
): Promise<OperatedPayment | StoppedOperation> {
  const { payments } = deps.journal;
  const { stored, provider, operation, calls } = await loadOperation(deps, key);
  const { view } = operation;
  const asItStands: OperatedPayment = { payment: stored.payment, operation: view };
  if (view.status !== 'processing' || calls.some(mayHaveLeft)) return asItStands;
  const notDone = (code: string, message: string): Promise<OperatedPayment> =>
    payments.endOperation(key, { status: 'not_done', reason: { code, message } }, ENGINE);
  if (stored.stop) return { ...(await payments.noteOperationStop(key)), stop: stored.stop };
  const why = whyNotSentInTime(calls, stored, provider.limits);
  if (why !== undefined) return notDone('never_sent', why);

  const { kind, transactionId, amount } = view;
  const call = provider.operate({ kind, transactionId, amount });
  const tooLate = startLeaving();
  const began = await payments.beginOperation(key, bytesFingerprint(deps.fingerprintKey, call.exact));
  switch (began.kind) {
    case 'closed':
      return notDone('moved_on', 'The payment moved on before it could be sent');
    case 'sent':
    case 'other_request':
      return asItStands;
    case 'stopped':
      // By a stop that came after the payment was read: the next try reads it.
      throw notSent('an operator stopped it');
    case 'go': {
      // Deliberately not tied to the activity's cancellation: a money call that was begun is heard out.
      const answer = tooLate() ?? (await call.send(AbortSignal.timeout(provider.limits.callTimeoutMs)));
      const answered = await keepAnswer(() => payments.answerOperation(key, began.number, answer));
      if (answer.kind !== 'not_sent') return answered;
      if (isInTime(provider.limits)) throw notSent(answer.message);
      return notDone('never_sent', answer.message);
    }
  }
}

/**
 * Asks until the transaction's status proves what became of an operation that got no proof by its answer, one question
 * per attempt. What no status can prove, and what the schedule ends before, a person must settle.
 */
export async function awaitOperation(
  deps: ActivityDeps,
  { key }: { key: PaymentOperationKey },
): Promise<OperatedPayment> {
  const { payments } = deps.journal;
  const loaded = await loadOperation(deps, key);
  const { stored, provider, operation } = loaded;
  const { view } = operation;
  if (view.status !== 'processing') return { payment: stored.payment, operation: view };
  const { end, restMs = 0 } = await proofOf(deps, key, loaded);
  if (end) return payments.endOperation(key, end, { actor: `provider:${stored.payment.account}` });

  const elapsedMs = Date.now() - activityInfo().scheduledTimestampMs;
  const delay = nextPollDelay(provider.limits.poll, elapsedMs);
  if (delay !== undefined) throw stillWaiting(`not proven: ${view.kind}`, Math.max(delay, restMs));
  return payments.endOperation(key, unclear(loaded, 'The provider never showed what became of it'), ENGINE);
}

/** One question about an operation, and how it ends if the answer says so. */
async function proofOf(
  { journal }: ActivityDeps,
  key: PaymentOperationKey,
  loaded: LoadedOperation,
): Promise<{ end?: OperationEnd | undefined; restMs?: number | undefined }> {
  const { stored, provider, operation, calls } = loaded;
  const { limits } = provider;
  const { kind, transactionId, amount } = operation.view;
  const answer = await provider.status(paymentQueryOf(stored), AbortSignal.timeout(limits.callTimeoutMs));
  if (answer.kind === 'unknown') return { restMs: answer.retryAfterMs };
  if (answer.kind === 'not_sent') return {};
  const { transactions, unproven } = answer.progress;
  const news = { transactions, mayEnd: unproven !== true, graceMs: limits.expiryGraceMs };
  await journal.payments.recordNews(key, news, { actor: `provider:${stored.payment.account}` });

  const last = calls.findLast(mayHaveLeft);
  const refused = isRefusal(last);
  const now = transactions.find(({ id }) => id === transactionId)?.status;
  const doubt = { kind, whole: amount === undefined, before: operation.before, refused };
  switch (operationProof(doubt, now, OPERATION_RULES[kind].to)) {
    case 'done':
      return { end: { status: 'done' } };
    case 'unprovable':
      return { end: unclear(loaded, `No status can show what became of it (now ${now ?? 'unknown'})`) };
    case 'unchanged': {
      // A lost request may still be on its way; a refusal is the provider's own word.
      const sinceMs = Date.parse(stored.readAt) - Date.parse(last?.intentAt ?? stored.readAt);
      if (!refused && sinceMs < limits.expiryGraceMs) return {};
      const reason = refused ? wordsOf(last) : { code: 'not_happened', message: NOT_HAPPENED };
      return { end: { status: 'not_done', reason } };
    }
    case 'open':
      return {};
  }
}

const NOT_HAPPENED = 'Its answer was lost, and the transaction shows that it did not happen';

function isRefusal(call: PaymentCallRecord | undefined): boolean {
  const answer = call?.answer;
  if (answer?.kind === 'unknown') return answer.suspected !== undefined;
  return answer?.kind === 'answered' && answer.progress.kind === 'refused';
}

function wordsOf(call: PaymentCallRecord | undefined): { code: string; message: string } {
  const answer = call?.answer;
  const said = answer?.kind === 'answered' ? answer.progress : answer;
  if (said && 'code' in said) return { code: said.code, message: said.message };
  return { code: 'refused', message: 'The provider said no' };
}

function unclear({ operation }: LoadedOperation, why: string): OperationEnd {
  const { kind, operationId } = operation.view;
  const message = `Nobody knows whether ${kind} ${operationId} happened. ${why}: look at the provider, then settle it`;
  return { status: 'in_review', reason: { code: 'operation_unclear', message } };
}

async function loadOperation(deps: ActivityDeps, key: PaymentOperationKey): Promise<LoadedOperation> {
  const loaded = await loadPayment(deps, key);
  const { operations, calls } = loaded.stored;
  const operation = operations.find(({ view }) => view.operationId === key.operationId);
  if (!operation) {
    throw ApplicationFailure.nonRetryable(`There is no operation ${key.operationId}`, FAILURE.misconfigured);
  }
  return { ...loaded, operation, calls: calls.filter(({ operationId }) => operationId === key.operationId) };
}
