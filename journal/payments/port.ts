import type { AccountId, OperationId, OrderId, PaymentKey, PaymentOperationKey } from '../../domain/ids.js';
import type { PaymentFilter } from '../../domain/inquiry.js';
import type { OperationAnswer, PaymentCallAnswer, StartAnswer } from '../../domain/payment-answer.js';
import type { PaymentOperationRequest, PaymentOperationView } from '../../domain/payment-operation.js';
import type { PaymentStatus } from '../../domain/payment-status.js';
import type {
  OperationKind,
  PaymentTransaction,
  TransactionStatus,
} from '../../domain/payment-transaction.js';
import type { Payment, PaymentRequest } from '../../domain/payment.js';
import type { Reason } from '../../domain/payout.js';
import type { By, HistoryLine, Page, StoppedBy } from '../port.js';

/** A payment that passed validation, ready to be written down. */
export interface NewPayment {
  readonly request: PaymentRequest;
  readonly provider: string;
  readonly orderId: OrderId;
  /** Keyed digest of the whole content: tells a repeat from another payment under the same id. */
  readonly contentFingerprint: string;
  /** Who asked for it. */
  readonly actor: string;
}

export type AcceptedPayment =
  | { readonly kind: 'accepted'; readonly payment: Payment }
  | { readonly kind: 'repeat'; readonly payment: Payment }
  | { readonly kind: 'conflict'; readonly original: Payment }
  /** A payout, a stored card or another payment holds this order id at this account. */
  | { readonly kind: 'order_id_taken' };

/** `recurrent`: the start that moves money by itself. */
export type PaymentCallKind = 'start' | 'recurrent' | OperationKind;

/** One request to the provider, from its intent to its answer. */
export interface PaymentCallRecord {
  readonly number: number;
  readonly kind: PaymentCallKind;
  /** Of an operation. */
  readonly operationId?: OperationId | undefined;
  /** Keyed digest of the exact bytes. */
  readonly requestFingerprint: string;
  /** ISO 8601: committed before the first byte left. */
  readonly intentAt: string;
  /** ISO 8601; absent while the answer is outstanding, or lost with its worker. */
  readonly answeredAt?: string | undefined;
  readonly answer?: PaymentCallAnswer | undefined;
}

export type BeganCall =
  /** The intent is committed: send now. */
  | { readonly kind: 'go'; readonly number: number }
  /** It was answered before, or its answer is outstanding or lost: do not send. */
  | { readonly kind: 'sent' }
  /** The request would not be the same as the one before: do not send. */
  | { readonly kind: 'other_request' }
  /** The payment has moved on, or was closed, in the meantime: do not send. */
  | { readonly kind: 'closed' }
  /** An operator stopped what would send it: do not send. */
  | { readonly kind: 'stopped' };

/** What is known of an order's transactions by now. */
export interface ToldNews {
  readonly transactions: readonly PaymentTransaction[];
  /** A proven answer to a status query: it alone may end an order for being late (money rule 9). */
  readonly mayEnd: boolean;
  /** How long after its expiry an order's outcome may still come, in ms. */
  readonly graceMs: number;
  /** Of the payer's card; the first one is kept. */
  readonly sealedToken?: string | undefined;
}

/** All that a provider call needs to know of its payment, in one read. */
export interface StoredPayment extends StoppedBy {
  readonly payment: Payment;
  readonly request: PaymentRequest;
  readonly calls: readonly PaymentCallRecord[];
  readonly operations: readonly StoredOperation[];
  readonly sealedToken?: string | undefined;
  /** ISO 8601: now, by the clock that also stamps the calls. */
  readonly readAt: string;
}

/** An operation, and how its transaction stood when it was accepted. */
export interface StoredOperation {
  readonly view: PaymentOperationView;
  readonly asked: AskedOperation;
  readonly before: TransactionStatus;
}

/** The content that makes a repeat a repeat. */
export type AskedOperation = Pick<PaymentOperationRequest, 'kind' | 'amount' | 'transactionId'>;

export type PaymentEvent = HistoryLine<
  | 'accepted'
  | 'intent'
  | 'answer'
  | 'status'
  | 'correction'
  | 'contradiction'
  | 'callback'
  | 'operation'
  | 'token'
  | 'stopped'
  | 'resolved',
  PaymentStatus
>;

export type AcceptedOperation =
  | {
      readonly kind: 'accepted' | 'repeat';
      readonly operation: PaymentOperationView;
      readonly payment: Payment;
    }
  | { readonly kind: 'conflict'; readonly original: PaymentOperationView }
  /** It cannot be done; in words. */
  | { readonly kind: 'refused'; readonly field: string; readonly why: string; readonly remedy: string };

/** How an operation ends. `done` by a status query or a person has no transaction of its own to tell of. */
export type OperationEnd =
  | { readonly status: 'done'; readonly reason?: Reason | undefined }
  | { readonly status: 'not_done' | 'in_review'; readonly reason: Reason };

/** A payment with one of its operations, as of one moment. */
export interface OperatedPayment {
  readonly payment: Payment;
  readonly operation: PaymentOperationView;
}

/** The payments, their events, calls and operations. Each method is one transaction. */
export interface PaymentJournal {
  accept(entry: NewPayment): Promise<AcceptedPayment>;
  read(key: PaymentKey): Promise<StoredPayment | undefined>;
  get(key: PaymentKey): Promise<Payment | undefined>;
  findByOrder(account: AccountId, orderId: OrderId): Promise<Payment | undefined>;
  /** Newest first. */
  list(filter: PaymentFilter, page: { limit: number; cursor?: string | undefined }): Promise<Page<Payment>>;
  events(key: PaymentKey): Promise<readonly PaymentEvent[]>;

  /**
   * Commits the intent to begin the payment at the provider (money rule 2). Calls that provably never left bar
   * nothing; any other bars every further one, except that `restartOf` names the one start, of `unknown` outcome, of
   * which the provider then knew no transaction: the same request may follow it. Never one that moves money by itself.
   */
  beginStart(
    key: PaymentKey,
    call: {
      kind: 'start' | 'recurrent';
      requestFingerprint: string;
      restartOf?: number | undefined;
    },
  ): Promise<BeganCall>;
  /** Writes down that the payment waits for the stop that covers it, once; nothing where none does or it has moved on. */
  noteStop(key: PaymentKey): Promise<Payment>;
  /** Writes the answer down and makes the move that follows from it. */
  endStart(key: PaymentKey, number: number, answer: StartAnswer): Promise<Payment>;
  /** Fails as never sent, if and only if every start is proven not sent; otherwise changes nothing. */
  closeUnsent(key: PaymentKey, reason: Reason): Promise<Payment>;

  /** Makes the moves that follow from the provider's word (`follow-news.ts`). What is not new writes nothing. */
  recordNews(key: PaymentKey, news: ToldNews, by: By): Promise<Payment>;
  /** Keeps the sealed token, where the caller asked for one and there is none yet. */
  keepToken(key: PaymentKey, sealedToken: string): Promise<Payment>;
  /** A move decided by the engine or a person; a repeat of it is harmless. @throws IllegalPaymentMoveError */
  changeStatus(
    key: PaymentKey,
    to: PaymentStatus,
    reason: Reason | undefined,
    by: By,
    from?: PaymentStatus,
  ): Promise<Payment>;

  acceptOperation(request: PaymentOperationRequest, by: By): Promise<AcceptedOperation>;
  /** Commits the intent to send an operation's request, once; what provably never left bars nothing. */
  beginOperation(key: PaymentOperationKey, requestFingerprint: string): Promise<BeganCall>;
  /** Writes down that the operation waits for the stop that covers its payment, as `noteStop` does. */
  noteOperationStop(key: PaymentOperationKey): Promise<OperatedPayment>;
  /** Writes the answer down; `done` ends the operation and moves the payment, anything else leaves it open. */
  answerOperation(
    key: PaymentOperationKey,
    number: number,
    answer: OperationAnswer,
  ): Promise<OperatedPayment>;
  /** Ends a processing operation by what a status query says; changes nothing of any other. */
  endOperation(key: PaymentOperationKey, end: OperationEnd, by: By): Promise<OperatedPayment>;
  /** Ends an operation in review by what a person knows; changes nothing of any other. */
  settleOperation(key: PaymentOperationKey, end: OperationEnd, by: By): Promise<OperatedPayment>;
}

/** Thrown when a move is not in the table of `domain/payment-moves.ts`, or what is known of the money forbids it. */
export class IllegalPaymentMoveError extends Error {
  override readonly name = 'IllegalPaymentMoveError';
  constructor(
    readonly from: PaymentStatus,
    readonly to: PaymentStatus,
    readonly why: string,
  ) {
    super(`A payment cannot move from ${from} to ${to}: ${why}`);
  }
}
