import type { AccountId, MerchantId, OrderId, PayoutId } from './ids.js';
import type { Money } from './money.js';
import type { Action } from './provider-answer.js';
import type { PayoutStatus } from './payout-status.js';

/** Why a payout is where it is, for whoever must act on it. */
export interface Reason {
  /** The provider's code or ours. */
  readonly code: string;
  readonly message: string;
}

/** A payout as every door shows it: client, HTTP API, CLI, workflow query. No secret, no readable card. */
export interface Payout {
  readonly merchant: MerchantId;
  readonly payoutId: PayoutId;
  readonly account: AccountId;
  readonly provider: string;
  readonly orderId: OrderId;
  readonly amount: Money;
  /** For people: `card 220000******0004`, `stored card 9a1f…`, `phone 79*****1122`, `hosted page`. */
  readonly destination: string;
  /** Keyed digest of the card number: the same for every payout to that card. Present where the destination is one. */
  readonly cardFingerprint?: string | undefined;
  readonly status: PayoutStatus;
  /** Grows with every event: of two views of one payout, the higher one is the newer. */
  readonly version: number;
  /** What the recipient must do; present while `action_required`. */
  readonly action?: Action | undefined;
  /** Present unless everything is in order. */
  readonly reason?: Reason | undefined;
  /** The provider's proof of payment; present when `succeeded`. */
  readonly reference?: string | undefined;
  readonly feeMinor?: number | undefined;
  readonly batch?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}
