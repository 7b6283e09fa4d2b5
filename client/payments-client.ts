import type { PaymentKey, PaymentOperationKey } from '../domain/ids.js';
import type { Money } from '../domain/money.js';
import type { PaymentOperationView } from '../domain/payment-operation.js';
import type { ReconciledTransaction } from '../domain/payment-report.js';
import type { Payment } from '../domain/payment.js';
import type { ListAnswer } from '../domain/provider-answer.js';
import type { TimeSpan } from '../domain/time-span.js';
import type { PaymentFilterInput } from '../schemas/payment-key.js';
import type { PaymentRequestInput } from '../schemas/payment-request.js';
import type { ResolveInput, ResolvePaymentResult } from '../workflows/messages.js';
import type { AskedBy, WaitOptions } from './payout-client.js';

/** Names a payment by plain strings; a malformed one is refused with `PayoutInvalidError`. */
export type PaymentKeyInput = PaymentKey | { readonly merchant: string; readonly paymentId: string };

export interface OperationOptions extends AskedBy {
  /** Your own id of the operation: the idempotency key, per payment, for ever. */
  readonly operationId: string;
  /** Needed only where several transactions of the payment could be meant. */
  readonly transactionId?: string | undefined;
  /** Why: written to the history. */
  readonly reason?: string | undefined;
}

export interface RefundOptions extends OperationOptions {
  /** Left out: all that was not given back yet. */
  readonly amount?: Money | { readonly minor: number; readonly currency: string } | undefined;
}

/** An operation as it stands, and its payment. While it is `processing`, its outcome is not proven yet. */
export interface OperatedPayment {
  readonly operation: PaymentOperationView;
  readonly payment: Payment;
}

/** What a back end does with payments: money in, by the provider's page or by the token of an earlier payment. */
export interface PaymentsClient {
  /**
   * Begins a payment, or finds the one that was begun under the same id with the same content. Resolves with the page
   * that the payer must go to (`action_required`), with an outcome, or with `processing`.
   *
   * @throws PayoutInvalidError with one problem per field; nothing is left behind
   * @throws PaymentConflictError if the id belongs to a payment with other content
   * @throws EngineUnavailableError if Temporal or its workers do not answer; repeat the call with the same id
   */
  create(request: PaymentRequestInput, by?: AskedBy): Promise<Payment>;
  /** From the journal, so also after Temporal's retention. @throws PaymentNotFoundError */
  get(key: PaymentKeyInput): Promise<Payment>;
  /** Until it has ended or needs a person; with `until: 'answered'` also when the payer must act or it is held. */
  wait(key: PaymentKeyInput, options?: WaitOptions): Promise<Payment>;
  /** Newest first. `limit`: 50 when left out. */
  list(
    filter?: PaymentFilterInput,
    page?: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
  ): Promise<{ readonly items: readonly Payment[]; readonly nextCursor?: string | undefined }>;
  /**
   * Gives money back. Repeat the call with the same operation id until it is `done` or `not_done`; it never gives back
   * twice.
   *
   * @throws PayoutInvalidError if it cannot be done, in words · OperationConflictError · EngineUnavailableError
   */
  refund(key: PaymentKeyInput, options: RefundOptions): Promise<OperatedPayment>;
  /** Releases what is held. */
  void(key: PaymentKeyInput, options: OperationOptions): Promise<OperatedPayment>;
  /** Takes what is held. */
  complete(key: PaymentKeyInput, options: OperationOptions): Promise<OperatedPayment>;
  /** An operator's verdict on a payment in review. */
  resolve(key: PaymentKeyInput, input: ResolveInput): Promise<ResolvePaymentResult>;
  /**
   * The provider's report of a time, joined with the journal by order id and transaction id: what matches, what differs,
   * and what one side alone knows. `not_sent` and `unknown` where the provider gave no answer.
   *
   * @throws CapabilityLackingError · AccountNotFoundError · PayoutInvalidError if the span is none, or too long
   */
  report(account: string, span: TimeSpan): Promise<ListAnswer<ReconciledTransaction>>;
  /** An operator's verdict on an operation in review: what the provider's portal shows. */
  settle(
    key: PaymentOperationKey | (PaymentKeyInput & { readonly operationId: string }),
    input: { readonly verdict: 'done' | 'not_done'; readonly actor: string; readonly reason: string },
  ): Promise<Payment>;
}
