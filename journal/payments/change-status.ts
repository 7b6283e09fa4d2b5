import { isPerson } from '../../domain/actor.js';
import { canMovePayment, isPaymentCorrection } from '../../domain/payment-moves.js';
import type { PaymentStatus } from '../../domain/payment-status.js';
import type { Payment } from '../../domain/payment.js';
import type { Reason } from '../../domain/payout.js';
import type { By } from '../port.js';
import { asItStands, eventFor, positionOf, type PaymentDecision, type PaymentStanding } from './decision.js';
import { IllegalPaymentMoveError, type PaymentEvent } from './port.js';

/** A move decided by the engine or a person. What is known of the payer's money no verdict changes. */
export function changeStatus(
  standing: PaymentStanding,
  to: PaymentStatus,
  reason: Reason | undefined,
  by: By,
  from?: PaymentStatus,
): PaymentDecision<Payment> {
  const { status, transactions, operations } = standing.payment;
  if (status === to) return { result: asItStands };
  if (!canMovePayment(status, to) || (from !== undefined && status !== from)) {
    throw new IllegalPaymentMoveError(status, to, `it is ${status}`);
  }
  const unclear = operations.find((operation) => operation.status === 'in_review');
  if (unclear && to !== 'in_review') {
    throw new IllegalPaymentMoveError(
      status,
      to,
      `its ${unclear.kind} ${unclear.operationId} must be settled first`,
    );
  }
  const holding = transactions.find((one) => one.status === 'paid' || one.status === 'held');
  if (holding && (to === 'declined' || to === 'failed' || to === 'expired' || to === 'cancelled')) {
    throw new IllegalPaymentMoveError(status, to, `its transaction ${holding.id} is ${holding.status}`);
  }
  const position = { ...positionOf(standing), status: to, reason };
  const event = eventFor(standing, position, by, { type: typeOf(status, to, by), data: reason });
  return { change: { position, events: [event] }, result: asItStands };
}

function typeOf(from: PaymentStatus, to: PaymentStatus, { actor }: By): PaymentEvent['type'] {
  if (isPaymentCorrection(from, to)) return 'correction';
  return from === 'in_review' && isPerson(actor) ? 'resolved' : 'status';
}
