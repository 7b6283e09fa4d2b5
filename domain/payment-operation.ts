import type { MerchantId, OperationId, PaymentId } from './ids.js';
import type { Money } from './money.js';
import type { OperationKind, TransactionStatus } from './payment-transaction.js';
import type { Reason } from './payout.js';

/** What is asked for: to give a payment's money back, to release it or to take what is held. */
export interface PaymentOperationRequest {
  readonly merchant: MerchantId;
  readonly paymentId: PaymentId;
  /** The caller's own id of the operation: the idempotency key, per payment, for ever. */
  readonly operationId: OperationId;
  readonly kind: OperationKind;
  /** Of a refund; absent: all that was not given back yet. */
  readonly amount?: Money | undefined;
  /** Needed only where several transactions of one order were paid. */
  readonly transactionId?: string | undefined;
}

export const OPERATION_STATUSES = ['processing', 'done', 'not_done', 'in_review'] as const;

/**
 * `done`: the provider proved it. `not_done`: it provably did not happen, and may be tried again under another
 * operation id. `in_review`: nobody knows; a person must look, and until then no other operation is taken.
 */
export type OperationStatus = (typeof OPERATION_STATUSES)[number];

/** An operation as every door shows it. */
export interface PaymentOperationView {
  readonly operationId: OperationId;
  readonly kind: OperationKind;
  readonly transactionId: string;
  /** Absent: all of the transaction. */
  readonly amount?: Money | undefined;
  readonly status: OperationStatus;
  readonly reason?: Reason | undefined;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** What is known of an operation whose request was not answered by a proof. */
export interface OperationDoubt {
  readonly kind: OperationKind;
  /** It concerns all of the transaction, from which nothing had been given back. */
  readonly whole: boolean;
  /** How the transaction stood before the request left. */
  readonly before: TransactionStatus;
  /** The provider said no: to be believed once the status shows no change. */
  readonly refused: boolean;
}

/**
 * What a status query proves of it (8b.world /pay §4.4, §7, §8). `unchanged`: it did not happen, if that is still so
 * once the provider has had time. `unprovable`: no status will ever tell; a person must look.
 */
export function operationProof(
  { kind, whole, before, refused }: OperationDoubt,
  now: TransactionStatus | undefined,
  leadsTo: TransactionStatus,
): 'done' | 'unchanged' | 'unprovable' | 'open' {
  // Refunds in parts can repeat in one status: it does not tell one from two.
  if (before === leadsTo) return 'unprovable';
  if (now === before) return refused || whole || kind !== 'refund' ? 'unchanged' : 'unprovable';
  if (now === leadsTo) return whole || kind !== 'refund' ? 'done' : 'unprovable';
  return now === undefined || now === 'uncertain' || now === 'unmapped' ? 'open' : 'unprovable';
}
