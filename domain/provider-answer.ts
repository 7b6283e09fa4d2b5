import type { CurrencyCode } from './currencies.js';

/**
 * What a provider can tell us, in the engine's own words. An adapter translates the provider's protocol into these
 * types and nothing else; workflow, activities and journal know only them.
 */

/** Something the recipient must do in a browser before the payout can go on. Expiry is ISO 8601. */
export type Action =
  | { readonly type: 'redirect'; readonly url: string; readonly expiresAt?: string | undefined }
  | {
      readonly type: 'form_post';
      readonly url: string;
      readonly fields: Readonly<Record<string, string>>;
      readonly expiresAt?: string | undefined;
    };

/** The provider's proof that money moved. */
export interface Paid {
  readonly kind: 'paid';
  /** The provider's or bank's reference for disputes and reconciliation (All2pay: `refNum`). */
  readonly reference?: string | undefined;
  /** In minor units of the payout's currency. */
  readonly feeMinor?: number | undefined;
  /** ISO 8601. */
  readonly paidAt?: string | undefined;
}

/**
 * The provider's proof that money did not and will not move under this order id.
 * `declined`: provider or bank said no. `refused`: our request or configuration was wrong, nothing was executed.
 * `expired`: the recipient did not act in time.
 */
export interface NotPaid {
  readonly kind: 'not_paid';
  readonly class: 'declined' | 'refused' | 'expired';
  /** The provider's code, or ours in snake_case. */
  readonly code: string;
  /** The provider's words, without personal data. */
  readonly message: string;
  /**
   * A request built anew could succeed under the same order id (All2pay §8: an encrypted card whose key or time had
   * run out). Only on what the provider proved not to have executed.
   */
  readonly mendable?: 'rebuild' | undefined;
}

/** The provider's proof that money which had been paid came back (a reversal). Of what was never paid it is a contradiction. */
export interface Returned {
  readonly kind: 'returned';
  /** The provider's word for it. */
  readonly code: string;
  readonly message: string;
}

/** How a payout stands at the provider. */
export type Progress =
  | { readonly kind: 'pending'; readonly detail?: string | undefined }
  /** Registered, and no money moves before we send the next step (Payneteasy §6.3: checked, to be paid). */
  | { readonly kind: 'ready' }
  | { readonly kind: 'action_required'; readonly action: Action }
  | Paid
  | NotPaid
  | Returned
  /** The answer contradicts itself or our order (amount, currency …): only a person may decide. */
  | { readonly kind: 'contradiction'; readonly code: string; readonly message: string };

/** What a signed callback proves; of an order of another amount it proves nothing, and is a hint. */
export type CallbackProof = Progress & {
  /** In minor units of the order's currency. */
  readonly amountMinor?: number | undefined;
};

/** Proof that no byte of the request reached the provider (money rule 3): DNS, refused connection, TLS. */
export interface NotSent {
  readonly kind: 'not_sent';
  readonly code: string;
  readonly message: string;
}

/** Anything else: timeout, reset, 5xx, unreadable body, an unmapped code. Never a failure, never sent again blindly. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly code: string;
  readonly message: string;
  /** The provider's words point to a refusal, but only one status query may make it one (All2pay §11.2 rule 2). */
  readonly suspected?: NotPaid | undefined;
  /** The provider asked to be left alone for so long (`Retry-After`), in ms. */
  readonly retryAfterMs?: number | undefined;
}

export interface Answered<T> {
  readonly kind: 'answered';
  readonly progress: T;
  /** The provider's own id of the order, where its later calls want it (Payneteasy: `paynet-order-id`). */
  readonly providerOrderId?: string | undefined;
}

/** The three answers to a request that could move money. */
export type MoneyAnswer = NotSent | Unknown | Answered<Progress>;

/** The answer to a status query: a read, so `not_sent` and `unknown` are the same to us. */
export type StatusAnswer = NotSent | Unknown | Answered<Progress | { readonly kind: 'not_found' }>;

/** How the storing of a card stands at the provider. No money moves by it. */
export type StoreProgress =
  | { readonly kind: 'pending'; readonly detail?: string | undefined }
  | { readonly kind: 'action_required'; readonly action: Action }
  /** `providerCardId`: the provider's id of the card (All2pay: `bindingId`). */
  | { readonly kind: 'stored'; readonly providerCardId: string }
  | {
      readonly kind: 'not_stored';
      readonly class: 'declined' | 'refused' | 'expired';
      readonly code: string;
      readonly message: string;
    }
  | { readonly kind: 'contradiction'; readonly code: string; readonly message: string };

/** The three answers to a request to store a card. */
export type StoreAnswer = NotSent | Unknown | Answered<StoreProgress>;

/** The answer to a status query about it. */
export type StoreStatusAnswer = NotSent | Unknown | Answered<StoreProgress | { readonly kind: 'not_found' }>;

/** What an account holds at the provider. */
export interface Balance {
  readonly currency: CurrencyCode;
  /** In minor units; below zero where the provider grants credit. */
  readonly availableMinor: number;
  /** Reserved for payouts under way, in minor units, where the provider says so. */
  readonly reservedMinor?: number | undefined;
}

/** One movement on an account at the provider. */
export interface StatementLine {
  /** The provider's id of the movement. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly direction: 'in' | 'out';
  /** In minor units, never below zero. */
  readonly minor: number;
  readonly currency: CurrencyCode;
  readonly comment?: string | undefined;
  /** Our order id, where the line names one. */
  readonly orderId?: string | undefined;
}

/** One order as the provider's registry lists it: for reconciliation. */
export interface RegistryLine {
  readonly orderId: string;
  readonly providerOrderId?: string | undefined;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly finishedAt?: string | undefined;
  /** In minor units. */
  readonly minor: number;
  readonly currency: CurrencyCode;
  /** `unknown`: a word that the adapter does not know; see `providerStatus`. */
  readonly outcome: 'paid' | 'not_paid' | 'pending' | 'unknown';
  /** The provider's own word. */
  readonly providerStatus: string;
  /** Masked. */
  readonly destination?: string | undefined;
  readonly error?: string | undefined;
  /** In minor units. */
  readonly feeMinor?: number | undefined;
}

/** A list that the provider gives of a time: a statement or a registry. */
export type ListAnswer<Line> =
  { readonly kind: 'answered'; readonly lines: readonly Line[] } | NotSent | Unknown;

export type BalanceAnswer =
  | { readonly kind: 'answered'; readonly balances: readonly Balance[]; /** ISO 8601. */ readonly at: string }
  | NotSent
  | Unknown;
