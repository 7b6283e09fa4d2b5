import type { PaymentTransaction } from './payment-transaction.js';
import type { Action, Answered, NotSent, Unknown } from './provider-answer.js';

/** `page`: the payer must go there. `transaction`: it was charged by its token. */
export type PaymentStart =
  | { readonly kind: 'page'; readonly action: Action }
  | { readonly kind: 'transaction'; readonly transaction: PaymentTransaction }
  /** Proof that no order was made, or that no charge came of it. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export type OperationOutcome =
  | { readonly kind: 'done'; readonly transaction: PaymentTransaction }
  /** The provider said no. Believed only once the transaction's status shows no change (8b.world /pay §7). */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** The three answers to a request that begins a payment, and to one that gives its money back, releases or takes it. */
export type StartAnswer = NotSent | Unknown | Answered<PaymentStart>;
export type OperationAnswer = NotSent | Unknown | Answered<OperationOutcome>;
export type PaymentCallAnswer = StartAnswer | OperationAnswer;
