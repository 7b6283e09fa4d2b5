import type { AccountId, OrderId, PaymentKey, PaymentOperationKey } from '../../domain/ids.js';
import type { PaymentOperationRequest, PaymentOperationView } from '../../domain/payment-operation.js';
import type { PaymentStatus } from '../../domain/payment-status.js';
import type { PaymentTransaction } from '../../domain/payment-transaction.js';
import type { Payment, PaymentRequest } from '../../domain/payment.js';
import type { Reason } from '../../domain/payout.js';
import type { Stop } from '../../domain/stop.js';
import type { Problem } from '../../domain/problem.js';

/** How the workflow is to handle one payment, or an operation on it: decided once, and kept in its history. */
export interface PaymentPlan {
  readonly account: AccountId;
  readonly orderId: OrderId;
  /** Longest single provider call, in ms. */
  readonly callTimeoutMs: number;
}

type Refused = { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export type AcceptPaymentResult =
  /** Without a plan there is nothing to lead: it has ended, or no worker has its account. */
  | {
      readonly kind: 'accepted' | 'repeat';
      readonly payment: Payment;
      readonly plan?: PaymentPlan | undefined;
    }
  | { readonly kind: 'conflict'; readonly original: Payment }
  | Refused;

/** What one provider call taught us. The journal has it already. */
export type PaymentStepResult =
  | { readonly payment: Payment; readonly next: 'ask' }
  /** Nothing came of call `of`, and the account allows the same request once more. */
  | { readonly payment: Payment; readonly next: 'restart'; readonly of: number }
  /** Nothing was sent: an operator stopped it. Begin once no stop covers the payment. */
  | { readonly payment: Payment; readonly next: 'stopped'; readonly stop: Stop };

export type ChangePaymentResult =
  | { readonly changed: true; readonly payment: Payment }
  | { readonly changed: false; readonly why: string; readonly payment: Payment };

export interface OperatedPayment {
  readonly payment: Payment;
  readonly operation: PaymentOperationView;
}

/** An operation that was not sent: an operator stopped it. */
export interface StoppedOperation extends OperatedPayment {
  readonly stop: Stop;
}

export type AcceptOperationResult =
  | (OperatedPayment & { readonly kind: 'accepted' | 'repeat'; readonly plan?: PaymentPlan | undefined })
  | { readonly kind: 'conflict'; readonly original: PaymentOperationView }
  | Refused;

/** Journal writes without a provider: run as local activities on the workflow's own worker. */
export interface PaymentJournalActivities {
  acceptPayment(input: { request: PaymentRequest; actor?: string | undefined }): Promise<AcceptPaymentResult>;
  changePayment(input: {
    key: PaymentKey;
    to: PaymentStatus;
    from?: PaymentStatus | undefined;
    reason?: Reason | undefined;
    actor: string;
    why?: string | undefined;
  }): Promise<ChangePaymentResult>;
  /** A callback whose signature covers what it says. */
  recordPaymentNews(input: {
    key: PaymentKey;
    callbackId: string;
    transactions: readonly PaymentTransaction[];
  }): Promise<Payment>;
  acceptOperation(input: {
    request: PaymentOperationRequest;
    actor: string;
    reason?: string | undefined;
  }): Promise<AcceptOperationResult>;
  /** An operation that the engine cannot carry out any further: a person must look. */
  reviewOperation(input: { key: PaymentOperationKey; reason: Reason }): Promise<OperatedPayment>;
}

/** Provider calls: run on the account's own task queue. */
export interface PaymentProviderActivities {
  /** Begins the payment at the provider, at most once; again only as `restartOf` allows (money rules 1 to 3). */
  startPayment(input: { key: PaymentKey; restartOf?: number | undefined }): Promise<PaymentStepResult>;
  /** Asks until the status differs from `from`: one activity, retried by the server, no history per question. */
  awaitPayment(input: { key: PaymentKey; from: PaymentStatus }): Promise<PaymentStepResult>;
  /** Asks once. `mustAnswer`: no answer is a failure, to be tried again. */
  askPayment(input: {
    key: PaymentKey;
    because: string;
    mustAnswer?: boolean | undefined;
  }): Promise<PaymentStepResult>;
  /** Sends an operation's request, at most once. */
  operatePayment(input: { key: PaymentOperationKey }): Promise<OperatedPayment | StoppedOperation>;
  /** Asks until the transaction's status proves what became of the operation, or a person must look. */
  awaitOperation(input: { key: PaymentOperationKey }): Promise<OperatedPayment>;
}
