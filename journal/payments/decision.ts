import type { OperationId } from '../../domain/ids.js';
import type { PaymentCallAnswer } from '../../domain/payment-answer.js';
import type { OperationStatus } from '../../domain/payment-operation.js';
import type { PaymentStatus } from '../../domain/payment-status.js';
import type { PaymentTransaction, TransactionStatus } from '../../domain/payment-transaction.js';
import type { OperationKind } from '../../domain/payment-transaction.js';
import type { Payment } from '../../domain/payment.js';
import type { Reason } from '../../domain/payout.js';
import type { Action } from '../../domain/provider-answer.js';
import type { By } from '../port.js';
import type { AskedOperation, PaymentCallKind, PaymentEvent, StoredPayment } from './port.js';

/** All that a decision about one payment may depend on, as of one moment. */
export interface PaymentStanding extends StoredPayment {
  /** Where the payer can go; shown only while it is the payer's turn. */
  readonly page?: Action | undefined;
  /** What the last `contradiction` said, so that its repetition is not written again. */
  readonly lastContradiction?: unknown;
}

/** The part of a payment that moves. */
export interface PaymentPosition {
  readonly status: PaymentStatus;
  readonly action?: Action | undefined;
  readonly reason?: Reason | undefined;
  readonly transactions: readonly PaymentTransaction[];
  readonly refundedMinor: number;
}

export function positionOf({ payment, page }: PaymentStanding): PaymentPosition {
  const { status, reason, transactions, refundedMinor = 0 } = payment;
  return { status, action: page, reason, transactions, refundedMinor };
}

export type NewPaymentEvent = Omit<PaymentEvent, 'sequence' | 'at'>;

export type OperationWrite =
  | {
      readonly write: 'insert';
      readonly operationId: OperationId;
      readonly kind: OperationKind;
      readonly asked: AskedOperation;
      readonly transactionId: string;
      readonly before: TransactionStatus;
      readonly amountMinor?: number | undefined;
    }
  | {
      readonly write: 'update';
      readonly operationId: OperationId;
      readonly status: OperationStatus;
      readonly reason?: Reason | undefined;
    };

/** What to write, all of it or nothing. No write goes without an event. */
export interface PaymentChange {
  readonly position?: PaymentPosition | undefined;
  readonly events: readonly [NewPaymentEvent, ...NewPaymentEvent[]];
  readonly intent?:
    | {
        readonly number: number;
        readonly kind: PaymentCallKind;
        readonly operationId?: OperationId | undefined;
        readonly requestFingerprint: string;
      }
    | undefined;
  readonly answer?: { readonly number: number; readonly answer: PaymentCallAnswer } | undefined;
  readonly operation?: OperationWrite | undefined;
  readonly sealedToken?: string | undefined;
}

/** A pure function's verdict: what to write, if anything, and what to tell the caller of the payment as it then is. */
export interface PaymentDecision<Result> {
  readonly change?: PaymentChange | undefined;
  readonly result: (payment: Payment) => Result;
}

export const asItStands = (payment: Payment): Payment => payment;

/** An event, with the move it tells of if there is one. */
export function eventFor(
  { payment }: PaymentStanding,
  position: PaymentPosition | undefined,
  by: By,
  event: { readonly type: PaymentEvent['type']; readonly data?: unknown },
): NewPaymentEvent {
  const moves = position !== undefined && position.status !== payment.status;
  return { ...event, ...(moves && { from: payment.status, to: position.status }), ...by };
}
