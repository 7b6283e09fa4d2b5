import type { AccountId, OrderId } from '../domain/ids.js';
import type { Money } from '../domain/money.js';
import type { OperationOutcome, PaymentStart } from '../domain/payment-answer.js';
import type { Payer, PaymentRequest } from '../domain/payment.js';
import type { PaymentReportLine } from '../domain/payment-report.js';
import type { OperationKind, PaymentTransaction } from '../domain/payment-transaction.js';
import type { ReturnUrls } from '../domain/payout-request.js';
import type { Problem } from '../domain/problem.js';
import type { Answered, ListAnswer, NotSent, Unknown } from '../domain/provider-answer.js';
import type { TimeSpan } from '../domain/time-span.js';
import type { Acknowledgement, Lacking, PollStep, RawCallback } from './port.js';

export type { OperationOutcome, PaymentReportLine, PaymentStart };

/** One payment as a provider's adapter sees it. */
export interface PaymentOrder {
  readonly orderId: OrderId;
  readonly amount: Money;
  readonly purpose: PaymentRequest['purpose'];
  readonly description: string;
  readonly payer: Payer;
  readonly language: string;
  readonly returnUrls: ReturnUrls;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly keepCard: boolean;
  /** The provider's token of the payer's card: the charge needs no page. */
  readonly token?: string | undefined;
  readonly providerFields?: Readonly<Record<string, string>> | undefined;
}

/** A refund, release or capture of one transaction. None of them is idempotent at the provider (8b.world /pay §4.4). */
export interface PaymentOperation {
  readonly kind: OperationKind;
  readonly transactionId: string;
  /** Of a refund; absent: all of it. */
  readonly amount?: Money | undefined;
}

/** A request built but not sent; as with payouts, `exact` is what will leave and `send` sends it once. */
export interface PaymentCall<Outcome> {
  readonly exact: Uint8Array;
  send(signal: AbortSignal): Promise<NotSent | Unknown | Answered<Outcome>>;
}

/** What a status query or a callback tells of one order. */
export interface PaymentNews {
  readonly transactions: readonly PaymentTransaction[];
  /** Of the payer's card, by transaction id; a secret: kept sealed, never shown. */
  readonly tokens: Readonly<Record<string, string>>;
  /** The provider did not prove it: it may not end an order, whatever the time is (8b.world /pay §4.1). */
  readonly unproven?: true | undefined;
}

export interface PaymentQuery {
  readonly orderId: OrderId;
  readonly amount: Money;
  readonly withheld: readonly string[];
}

export type PaymentCallbackReading =
  | {
      readonly kind: 'verified';
      readonly orderId: OrderId;
      /** The same for every repetition of the same message. */
      readonly dedupeKey: string;
      /** What the signed message says. Absent where it does not fit the account: then a query tells. */
      readonly news?: PaymentNews | undefined;
      readonly acknowledge: Acknowledgement;
    }
  | { readonly kind: 'refused'; readonly why: string; readonly answer: Acknowledgement };

export interface PaymentLimits {
  readonly orderIdPattern: RegExp;
  readonly orderIdRule: string;
  readonly currencies: readonly string[];
  readonly minMinor: number;
  readonly maxMinor: number;
  readonly callTimeoutMs: number;
  /** How long `not_sent` is tried again, in ms. */
  readonly sendBudgetMs: number;
  readonly poll: readonly PollStep[];
  /** How long after the order's expiry its outcome may still come, in ms. */
  readonly expiryGraceMs: number;
  /** What a second `start` of the same order may do; `never` asks a person (8b.world /pay §8). @default 'never' */
  readonly reinit?: 'same-reference' | 'never' | undefined;
}

/** One account at a provider that takes payments. */
export interface PaymentProvider {
  readonly kind: 'payment';
  readonly account: AccountId;
  readonly protocol: string;
  readonly limits: PaymentLimits;
  readonly operations: readonly PaymentOperation['kind'][];
  /** Can a payer be charged again by a token? */
  readonly recurrent: boolean;
  /** Pure. */
  validate(request: PaymentRequest): readonly Problem[];
  /** Pure. With `token` in the order the call itself may move money. */
  start(order: PaymentOrder): PaymentCall<PaymentStart>;
  status(query: PaymentQuery, signal: AbortSignal): Promise<NotSent | Unknown | Answered<PaymentNews>>;
  /** Pure. */
  operate(operation: PaymentOperation): PaymentCall<OperationOutcome>;
  readCallback(raw: RawCallback): PaymentCallbackReading;
  readonly report: PaymentReport | Lacking;
  ping(signal: AbortSignal): Promise<{ readonly ok: boolean; readonly words: string }>;
}

export interface PaymentReport {
  readonly maxSpanMs: number;
  /** All pages of the span. */
  read(span: TimeSpan, signal: AbortSignal): Promise<ListAnswer<PaymentReportLine>>;
}
