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
}

/** How a payout stands at the provider. */
export type Progress =
  | { readonly kind: 'pending'; readonly detail?: string | undefined }
  | { readonly kind: 'action_required'; readonly action: Action }
  | Paid
  | NotPaid
  /** The answer contradicts itself or our order (amount, currency, a reversal …): only a person may decide. */
  | { readonly kind: 'contradiction'; readonly code: string; readonly message: string };

/** Proof that no byte of the request reached the provider (design rule 3): DNS, refused connection, TLS. */
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
}

export interface Answered<T> {
  readonly kind: 'answered';
  readonly progress: T;
}

/** The three answers to a request that could move money. */
export type MoneyAnswer = NotSent | Unknown | Answered<Progress>;

/** The answer to a status query: a read, so `not_sent` and `unknown` are the same to us. */
export type StatusAnswer = NotSent | Unknown | Answered<Progress | { readonly kind: 'not_found' }>;
