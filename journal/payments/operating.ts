import type { OperationAnswer } from '../../domain/payment-answer.js';
import { canMovePayment } from '../../domain/payment-moves.js';
import type { PaymentOperationView } from '../../domain/payment-operation.js';
import { canOperate, type PaymentTransaction } from '../../domain/payment-transaction.js';
import type { Payment } from '../../domain/payment.js';
import { UnknownPaymentCallError } from '../errors.js';
import { sameJson } from '../json.js';
import { mayHaveLeft, type By } from '../port.js';
import { operationOf } from './accept-operation.js';
import {
  eventFor,
  positionOf,
  type OperationWrite,
  type PaymentChange,
  type PaymentDecision,
  type PaymentPosition,
  type PaymentStanding,
} from './decision.js';
import { followNews, verdictOf } from './follow-news.js';
import type { BeganCall, OperatedPayment, OperationEnd, StoredOperation } from './port.js';

/** May the operation's request leave? None is idempotent at the provider, so it leaves once (8b.world /pay §4.4). */
export function beginOperation(
  standing: PaymentStanding,
  operationId: string,
  requestFingerprint: string,
): PaymentDecision<BeganCall> {
  const { view, before } = storedOf(standing, operationId);
  const { kind } = view;
  if (view.status !== 'processing') return { result: () => ({ kind: 'closed' }) };
  if (standing.calls.some((call) => call.operationId === operationId && mayHaveLeft(call))) {
    return { result: () => ({ kind: 'sent' }) };
  }
  // What the status will tell of it holds only for the status that it was accepted in.
  const transaction = standing.payment.transactions.find(({ id }) => id === view.transactionId);
  if (transaction?.status !== before || !canOperate(kind, before))
    return { result: () => ({ kind: 'closed' }) };
  if (standing.stop !== undefined) return { result: () => ({ kind: 'stopped' }) };

  const number = standing.calls.length + 1;
  const data = { number, kind, operationId, requestFingerprint };
  const event = eventFor(standing, undefined, { actor: 'engine' }, { type: 'intent', data });
  // What kept it waiting is over.
  const { operationId: its, reason } = view;
  const operation = reason && ({ write: 'update', operationId: its, status: 'processing' } as const);
  return {
    change: { events: [event], intent: { number, kind, operationId: its, requestFingerprint }, operation },
    result: () => ({ kind: 'go', number }),
  };
}

/** The answer is here. `done` is the provider's proof; whatever else it says, its status must tell. */
export function answerOperation(
  standing: PaymentStanding,
  operationId: string,
  number: number,
  answer: OperationAnswer,
): PaymentDecision<OperatedPayment> {
  const { payment, calls } = standing;
  const { view } = storedOf(standing, operationId);
  const call = calls.find((one) => one.number === number && one.operationId === operationId);
  if (!call) throw new UnknownPaymentCallError(payment, number);
  if (sameJson(call.answer, answer)) return unchanged(operationId);

  const done = answer.kind === 'answered' && answer.progress.kind === 'done' ? answer.progress : undefined;
  // Proof is proof, also where it comes after nobody could wait for it any more.
  const isOpen = view.status === 'processing' || view.status === 'in_review';
  const by = { actor: answer.kind === 'answered' ? `provider:${payment.account}` : 'engine' };
  const ended = done && isOpen ? endedDone(standing, view, by, done.transaction) : undefined;
  const data = { number, operationId, answer: answer.kind === 'answered' ? answer.progress : answer };
  const told = eventFor(standing, undefined, by, { type: 'answer', data });
  return {
    change: {
      ...ended,
      events: ended ? [told, ...ended.events] : [told],
      ...(call.answer === undefined && { answer: { number, answer } }),
    },
    result: resultOf(operationId),
  };
}

/**
 * Ends an operation: one that is `processing` by what a status query says, one that is `in_review` by what a person
 * knows. Never the one by the other: while it is processing its request may still be on its way.
 */
export function endOperation(
  standing: PaymentStanding,
  operationId: string,
  from: 'processing' | 'in_review',
  end: OperationEnd,
  by: By,
): PaymentDecision<OperatedPayment> {
  const { view } = storedOf(standing, operationId);
  if (view.status !== from || view.status === end.status) return unchanged(operationId);
  if (end.status === 'done') {
    return { change: endedDone(standing, view, by, undefined), result: resultOf(operationId) };
  }
  const { status, reason } = end;
  const operation: OperationWrite = { write: 'update', operationId: view.operationId, status, reason };
  const position =
    status === 'in_review' ? inReview(standing, reason) : outOfReview(standing, { ...view, status });
  const data = { operationId, kind: view.kind, status, reason };
  const event = eventFor(standing, position, by, { type: 'operation', data });
  return {
    change: { ...(position && { position }), events: [event], operation },
    result: resultOf(operationId),
  };
}

function endedDone(
  standing: PaymentStanding,
  view: PaymentOperationView,
  by: By,
  transaction: PaymentTransaction | undefined,
): PaymentChange {
  const ended: PaymentOperationView = { ...view, status: 'done', reason: undefined };
  const after = withOperation(standing, ended);
  const news = { transactions: transaction ? [transaction] : [], mayEnd: false, graceMs: Infinity };
  const followed = followNews(after, news, by);
  const moved = followed?.position ?? outOfReview(standing, ended) ?? positionOf(standing);
  const position = { ...moved, refundedMinor: refundedWith(standing, ended, moved) };
  const data = { operationId: view.operationId, kind: view.kind, status: 'done' };
  const event = eventFor(standing, position, by, { type: 'operation', data });
  const contradictions = followed?.events.filter(({ type }) => type === 'contradiction') ?? [];
  return {
    position,
    events: [event, ...contradictions],
    operation: { write: 'update', operationId: view.operationId, status: 'done' },
  };
}

/** The surplus of a second charge is not the payment's: it is given back beside it. */
function refundedWith(
  { payment }: PaymentStanding,
  { kind, amount, transactionId }: PaymentOperationView,
  { transactions, refundedMinor }: PaymentPosition,
): number {
  if (kind !== 'refund') return refundedMinor;
  const isSurplus = transactions.some(({ id, status }) => id !== transactionId && status === 'paid');
  if (isSurplus) return refundedMinor;
  return Math.min(payment.amount.minor, refundedMinor + (amount?.minor ?? payment.amount.minor));
}

function inReview(standing: PaymentStanding, reason: { code: string; message: string }): PaymentPosition {
  const here = positionOf(standing);
  const isThere = here.status === 'in_review' || !canMovePayment(here.status, 'in_review');
  return isThere ? { ...here, reason: here.reason ?? reason } : { ...here, status: 'in_review', reason };
}

/** Where a payment stands without the operation that brought it into review. */
function outOfReview(standing: PaymentStanding, ended: PaymentOperationView): PaymentPosition | undefined {
  const here = positionOf(standing);
  const wasUnclear = standing.payment.operations.some(
    ({ operationId, status }) => operationId === ended.operationId && status === 'in_review',
  );
  if (here.status !== 'in_review' || !wasUnclear) return undefined;
  const { transactions } = here;
  const now = withOperation(standing, ended);
  const verdict = verdictOf(now, { transactions, contradictions: [] }, { mayEnd: false, graceMs: Infinity });
  if (verdict.status !== 'in_review' && !canMovePayment('in_review', verdict.status)) return undefined;
  return { ...here, status: verdict.status, reason: verdict.reason };
}

function withOperation(standing: PaymentStanding, view: PaymentOperationView): PaymentStanding {
  const operations = standing.payment.operations.map((one) =>
    one.operationId === view.operationId ? view : one,
  );
  return { ...standing, payment: { ...standing.payment, operations } };
}

function storedOf({ operations, payment }: PaymentStanding, operationId: string): StoredOperation {
  const found = operations.find(({ view }) => view.operationId === operationId);
  if (!found) throw new UnknownPaymentCallError(payment, operationId);
  return found;
}

function resultOf(operationId: string): (payment: Payment) => OperatedPayment {
  return (payment) => ({ payment, operation: operationOf(payment.operations, operationId) });
}

function unchanged(operationId: string): PaymentDecision<OperatedPayment> {
  return { result: resultOf(operationId) };
}
