import type { Payment } from '../../domain/payment.js';
import { stopReason } from '../../domain/stop.js';
import { sameJson } from '../json.js';
import { operationOf } from './accept-operation.js';
import { asItStands, eventFor, positionOf, type PaymentDecision, type PaymentStanding } from './decision.js';
import type { OperatedPayment } from './port.js';

/** A payment that would be begun but for a stop says so. Its status stays: nothing has happened to it. */
export function noteStop(standing: PaymentStanding): PaymentDecision<Payment> {
  const { payment, stop } = standing;
  const waits = payment.status === 'created' || payment.status === 'processing';
  if (stop === undefined || !waits) return { result: asItStands };
  const reason = stopReason(stop);
  if (sameJson(payment.reason, reason)) return { result: asItStands };
  const position = { ...positionOf(standing), reason };
  const by = { actor: stop.actor, reason: stop.reason };
  const event = eventFor(standing, position, by, { type: 'stopped', data: { stop: stop.id } });
  return { change: { position, events: [event] }, result: asItStands };
}

/** The same of an operation. */
export function noteOperationStop(
  standing: PaymentStanding,
  operationId: string,
): PaymentDecision<OperatedPayment> {
  const { payment, stop } = standing;
  const result = (stands: Payment): OperatedPayment => ({
    payment: stands,
    operation: operationOf(stands.operations, operationId),
  });
  const { operationId: its, status, reason: known } = operationOf(payment.operations, operationId);
  if (stop === undefined || status !== 'processing') return { result };
  const reason = stopReason(stop);
  if (sameJson(known, reason)) return { result };
  const by = { actor: stop.actor, reason: stop.reason };
  const data = { stop: stop.id, operationId };
  const event = eventFor(standing, undefined, by, { type: 'stopped', data });
  const operation = { write: 'update', operationId: its, status, reason } as const;
  return { change: { events: [event], operation }, result };
}
