import type { AccountId, MerchantId, OrderId, PaymentId } from './ids.js';
import type { Money } from './money.js';
import type { PaymentOperationView } from './payment-operation.js';
import type { PaymentStatus } from './payment-status.js';
import type { PaymentTransaction } from './payment-transaction.js';
import type { Reason } from './payout.js';
import type { ReturnUrls } from './payout-request.js';
import type { Action } from './provider-answer.js';

/**
 * Money in: a payer pays, or proves a card, on the provider's page; or is charged again by the token of a card that an
 * earlier payment left behind.
 */
export interface PaymentRequest {
  readonly merchant: MerchantId;
  readonly paymentId: PaymentId;
  readonly account: AccountId;
  readonly amount: Money;
  /** `card_verification`: held and released again, where the provider can do that. */
  readonly purpose: 'payment' | 'card_verification';
  readonly description: string;
  readonly payer: Payer;
  /** Two letters. @example 'en' */
  readonly language: string;
  /** Where the payer's browser goes afterwards. */
  readonly returnUrls: ReturnUrls;
  /** Until when the order can be paid, ISO 8601. */
  readonly expiresAt: string;
  /** Ask for a token, so that the payer can be charged again. */
  readonly keepCard?: boolean | undefined;
  /** Charge the card of that earlier payment, with no page: its id with the same merchant and account. */
  readonly recurrentOf?: PaymentId | undefined;
  readonly providerFields?: Readonly<Record<string, string>> | undefined;
  /** Our order id at the provider; made from merchant and payment id when left out. */
  readonly orderId?: OrderId | undefined;
  /** The caller's own notes. Not for personal data. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

export interface Payer {
  readonly email: string;
  /** The caller's id of the person. */
  readonly id?: string | undefined;
  readonly ip?: string | undefined;
}

/** A payment as every door shows it. */
export interface Payment {
  readonly merchant: MerchantId;
  readonly paymentId: PaymentId;
  readonly account: AccountId;
  readonly provider: string;
  readonly orderId: OrderId;
  readonly amount: Money;
  readonly purpose: PaymentRequest['purpose'];
  readonly status: PaymentStatus;
  /** Grows with every change. */
  readonly version: number;
  readonly action?: Action | undefined;
  readonly reason?: Reason | undefined;
  /** What the payer did at the provider: several tries may belong to one order. */
  readonly transactions: readonly PaymentTransaction[];
  /** Given back so far by operations that the provider proved, in minor units; not the surplus of a second charge. */
  readonly refundedMinor?: number | undefined;
  /** Refunds, releases and captures, oldest first. */
  readonly operations: readonly PaymentOperationView[];
  /** A token of the payer's card is kept: `recurrentOf` may name this payment. */
  readonly hasToken?: boolean | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly updatedAt: string;
}
