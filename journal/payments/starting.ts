import type { StartAnswer } from '../../domain/payment-answer.js';
import { canMovePayment } from '../../domain/payment-moves.js';
import type { Payment } from '../../domain/payment.js';
import type { Reason } from '../../domain/payout.js';
import { UnknownPaymentCallError } from '../errors.js';
import { sameJson } from '../json.js';
import { mayHaveLeft } from '../port.js';
import {
  asItStands,
  eventFor,
  positionOf,
  type PaymentChange,
  type PaymentDecision,
  type PaymentPosition,
  type PaymentStanding,
} from './decision.js';
import { followNews } from './follow-news.js';
import type { BeganCall, PaymentCallRecord } from './port.js';

interface StartToBegin {
  readonly kind: 'start' | 'recurrent';
  readonly requestFingerprint: string;
  readonly restartOf?: number | undefined;
}

/** May this start leave? If so, the intent to send it is written down before it does (money rule 2). */
export function beginStart(
  standing: PaymentStanding,
  { kind, requestFingerprint, restartOf }: StartToBegin,
): PaymentDecision<BeganCall> {
  const refuse = (why: 'sent' | 'other_request' | 'closed' | 'stopped'): PaymentDecision<BeganCall> => ({
    result: () => ({ kind: why }),
  });
  const { payment, calls, request } = standing;
  const bar = calls.findLast((call) => isStart(call) && mayHaveLeft(call));
  if (bar) {
    const isNamed = bar.number === restartOf && bar.answer?.kind === 'unknown';
    // One that moves money by itself is never repeated, and none is once the payer was there.
    const mayRepeat =
      kind === 'start' && request.recurrentOf === undefined && payment.transactions.length === 0;
    if (!isNamed || !mayRepeat) return refuse('sent');
    if (bar.requestFingerprint !== requestFingerprint) return refuse('other_request');
  }
  if (payment.status !== 'created' && payment.status !== 'processing') return refuse('closed');
  if (standing.stop !== undefined) return refuse('stopped');

  const number = calls.length + 1;
  const position: PaymentPosition = { ...positionOf(standing), status: 'processing', reason: undefined };
  const data = { number, kind, requestFingerprint, ...(restartOf !== undefined && { restartOf }) };
  const event = eventFor(standing, position, { actor: 'engine' }, { type: 'intent', data });
  return {
    change: { position, events: [event], intent: { number, kind, requestFingerprint } },
    result: () => ({ kind: 'go', number }),
  };
}

/** The answer to a start is here: write it down, with the move that follows from it. */
export function endStart(
  standing: PaymentStanding,
  number: number,
  answer: StartAnswer,
): PaymentDecision<Payment> {
  const { payment, calls } = standing;
  const call = calls.find((one) => one.number === number);
  if (!call) throw new UnknownPaymentCallError(payment, number);
  const learnt = call.answer === undefined || (call.answer.kind === 'unknown' && answer.kind === 'answered');
  if (!learnt || sameJson(call.answer, answer)) return { result: asItStands };

  const by = { actor: answer.kind === 'answered' ? `provider:${payment.account}` : 'engine' };
  const isFirst = !calls.some((one) => one.number < number && isStart(one) && mayHaveLeft(one));
  const followed = consequenceOf(standing, answer, isFirst);
  const data = { number, answer: describe(answer) };
  const told = eventFor(standing, followed?.position, by, { type: 'answer', data });
  return {
    change: {
      ...(followed?.position && { position: followed.position }),
      events: [told],
      answer: { number, answer },
    },
    result: asItStands,
  };
}

function consequenceOf(
  standing: PaymentStanding,
  answer: StartAnswer,
  isFirst: boolean,
): Pick<PaymentChange, 'position'> | undefined {
  const here = positionOf(standing);
  const waits = here.status === 'processing' && here.transactions.length === 0;
  if (answer.kind !== 'answered') {
    const { code, message } = answer;
    return waits ? { position: { ...here, reason: { code, message } } } : undefined;
  }
  const { progress } = answer;
  switch (progress.kind) {
    case 'page': {
      const action = progress.action;
      if (!waits) return { position: { ...here, action } };
      return { position: { ...here, status: 'action_required', action, reason: undefined } };
    }
    case 'transaction': {
      const news = { transactions: [progress.transaction], mayEnd: false, graceMs: Infinity };
      return followNews(standing, news, { actor: 'engine' });
    }
    case 'refused': {
      const { code, message } = progress;
      // A refusal of a repetition speaks of that one alone: the start before it may have been taken.
      if (!waits || !isFirst) return { position: { ...here, reason: { code, message } } };
      return { position: { ...here, status: 'failed', reason: { code, message } } };
    }
  }
}

/** Closes if, and only if, no start can have reached the provider. */
export function closeUnsent(standing: PaymentStanding, reason: Reason): PaymentDecision<Payment> {
  const { payment, calls } = standing;
  if (calls.some(mayHaveLeft) || !canMovePayment(payment.status, 'failed')) return { result: asItStands };
  const position: PaymentPosition = { ...positionOf(standing), status: 'failed', reason };
  const event = eventFor(standing, position, { actor: 'engine' }, { type: 'status', data: reason });
  return { change: { position, events: [event] }, result: asItStands };
}

function isStart({ kind }: PaymentCallRecord): boolean {
  return kind === 'start' || kind === 'recurrent';
}

/** For the history. A page's address can let its reader act for the payer: left out. */
function describe(answer: StartAnswer): unknown {
  if (answer.kind !== 'answered' || answer.progress.kind !== 'page') return answer;
  const { type, expiresAt } = answer.progress.action;
  return { kind: answer.kind, progress: { kind: 'page', action: { type, expiresAt } } };
}
