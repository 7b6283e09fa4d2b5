import { canMovePayment, isFinalPayment, isPaymentCorrection } from '../../domain/payment-moves.js';
import { formatMoney } from '../../domain/money.js';
import { paymentStatusOf, type PaymentStatus } from '../../domain/payment-status.js';
import type { PaymentTransaction } from '../../domain/payment-transaction.js';
import type { Payment } from '../../domain/payment.js';
import type { Reason } from '../../domain/payout.js';
import { sameJson } from '../json.js';
import type { By } from '../port.js';
import {
  asItStands,
  eventFor,
  positionOf,
  type PaymentChange,
  type PaymentDecision,
  type PaymentPosition,
  type PaymentStanding,
} from './decision.js';
import { mergeTransactions, strangeAmount, type Merged } from './merge-transactions.js';
import type { ToldNews } from './port.js';

/** What the provider says of the order's transactions: what follows from it (money rules 5, 6 and 9)? */
export function recordNews(standing: PaymentStanding, news: ToldNews, by: By): PaymentDecision<Payment> {
  const followed = followNews(standing, news, by);
  const token = maySave(standing) ? news.sealedToken : undefined;
  if (token === undefined) return { change: followed, result: asItStands };
  const kept = eventFor(standing, undefined, by, { type: 'token' });
  const events: PaymentChange['events'] = followed ? [...followed.events, kept] : [kept];
  return { change: { ...followed, events, sealedToken: token }, result: asItStands };
}

/** Keeps the token of the payer's card, if nothing but that is new. */
export function keepToken(standing: PaymentStanding, sealedToken: string): PaymentDecision<Payment> {
  if (!maySave(standing)) return { result: asItStands };
  const kept = eventFor(standing, undefined, { actor: 'engine' }, { type: 'token' });
  return { change: { events: [kept], sealedToken }, result: asItStands };
}

/** The first one, and only where the caller asked for it. */
function maySave({ sealedToken, request }: PaymentStanding): boolean {
  return sealedToken === undefined && request.keepCard === true;
}

/** Nothing, where the provider's word brings nothing new. */
export function followNews(standing: PaymentStanding, news: ToldNews, by: By): PaymentChange | undefined {
  const { payment, lastContradiction } = standing;
  const here = positionOf(standing);
  const merged = mergeTransactions(payment.transactions, news.transactions);
  const position = positionAfter(standing, merged, news);

  if (merged.contradictions.length > 0) {
    const data = { transactions: merged.contradictions.map(told) };
    // Stored words come back as plain JSON; a repeated contradiction is the same JSON.
    if (sameJson(lastContradiction, data) && sameJson(position, here)) return undefined;
    return {
      ...(!sameJson(position, here) && { position }),
      events: [eventFor(standing, position, by, { type: 'contradiction', data })],
    };
  }
  if (sameJson(position, here)) return undefined;
  const type = isPaymentCorrection(payment.status, position.status) ? 'correction' : 'status';
  const data = { transactions: merged.moved.map(told), reason: position.reason };
  return { position, events: [eventFor(standing, position, by, { type, data })] };
}

function positionAfter(standing: PaymentStanding, merged: Merged, news: ToldNews): PaymentPosition {
  const here = positionOf(standing);
  const { status } = here;
  const known = { ...here, transactions: merged.transactions };
  const to = verdictOf(standing, merged, news);
  if (to.status === status) {
    // A review keeps its own reason until something new is known.
    return merged.moved.length > 0 || !isAtRest(status) ? { ...known, reason: to.reason } : known;
  }
  if (isAtRest(status) && (merged.moved.length === 0 || !PROOFS.has(to.status))) return known;
  if (!canMovePayment(status, to.status)) return known;
  return { ...known, status: to.status, reason: to.reason };
}

/** What has ended, or waits for a person, moves only by something new about the payer's money. */
function isAtRest(status: PaymentStatus): boolean {
  return isFinalPayment(status) || status === 'in_review';
}

const PROOFS: ReadonlySet<PaymentStatus> = new Set([
  'held',
  'in_review',
  'succeeded',
  'refunded',
  'cancelled',
  'declined',
  'expired',
]);

interface Verdict {
  readonly status: PaymentStatus;
  readonly reason?: Reason | undefined;
}

/** Where the order stands by all that is known of its transactions. */
export function verdictOf(
  { payment, request, page, readAt }: PaymentStanding,
  { transactions, contradictions }: Pick<Merged, 'transactions' | 'contradictions'>,
  { mayEnd, graceMs }: Pick<ToldNews, 'mayEnd' | 'graceMs'>,
): Verdict {
  const [contradiction] = contradictions;
  if (contradiction && !isFinalPayment(payment.status)) {
    const { id, providerStatus } = contradiction;
    return review('contradictory_transaction', `Transaction ${id} cannot have become ${providerStatus}`);
  }
  const unclear = payment.operations.find((operation) => operation.status === 'in_review');
  if (unclear) {
    return review('operation_unclear', unclear.reason?.message ?? `Nobody knows what ${unclear.kind} did`);
  }
  const strange = strangeAmount(transactions, request.amount);
  if (strange?.amount) {
    const words = `Transaction ${strange.id} is of ${formatMoney(strange.amount)}, not ${formatMoney(request.amount)}`;
    return review('amount_mismatch', words);
  }
  const byToken = request.recurrentOf !== undefined;
  const { doubleCharge, ...verdict } = paymentStatusOf({
    transactions,
    expiresAtMs: Date.parse(request.expiresAt),
    nowMs: Date.parse(readAt),
    graceMs,
    purpose: request.purpose,
    byToken,
    unproven: !mayEnd,
  });
  if (doubleCharge) {
    return review('double_charge', 'Two transactions of this order are paid: give one of them back');
  }
  // A charge by token moves money by itself: that nothing is known of it proves nothing.
  if (byToken && transactions.length === 0) return { status: 'processing', reason: payment.reason };
  if (verdict.status === 'action_required' && page === undefined) {
    return { status: 'processing', reason: payment.reason };
  }
  return verdict;
}

function review(code: string, message: string): Verdict {
  return { status: 'in_review', reason: { code, message } };
}

/** A transaction for the history. */
export function told({ id, status, providerStatus }: PaymentTransaction): unknown {
  return { id, status, providerStatus };
}
