import type { AccountId, MerchantId, OrderId, StoredCardId } from './ids.js';
import type { MaskedPan, ReturnUrls } from './payout-request.js';
import type { Reason } from './payout.js';
import type { Action } from './provider-answer.js';
import type { StoredCardStatus } from './stored-card-status.js';

/** What a stored card is for: to be paid to, or to take money from. */
export type StoredCardPurpose = 'destination' | 'source';

/** A card to be stored, as the caller has it. Exists only in the caller's memory and, opened, inside one provider call. */
export interface ClearCardToStore {
  /** 13 to 19 digits that pass the Luhn check. */
  readonly number: string;
  readonly expiry?: { readonly month: number; readonly year: number } | undefined;
  readonly holder?: string | undefined;
  /** Three or four digits; travels by a one-time secret alone, never with the rest. */
  readonly cvv?: string | undefined;
}

/** A card to be stored, as it travels: number, expiry and holder in one JWE that only a worker's activity can open. */
export interface SealedCardToStore {
  readonly sealed: string;
  readonly masked: MaskedPan;
  /** Names the one-time secret that holds the sealed CVV; deleted on use, or after minutes. */
  readonly cvvSecretId?: string | undefined;
}

interface StoreCardRequestOf<Card> {
  readonly merchant: MerchantId;
  /** The caller's own id of the card: the idempotency key, and what payouts name it by. */
  readonly storedCardId: StoredCardId;
  readonly account: AccountId;
  readonly purpose: StoredCardPurpose;
  /** The caller's id of the card's owner at the provider (All2pay: `clientId`). */
  readonly ownerId: string;
  readonly card: Card;
  /** Where the owner's browser goes after 3-D Secure. */
  readonly returnUrls?: ReturnUrls | undefined;
}

export type StoreCardRequest = StoreCardRequestOf<ClearCardToStore>;
/** The same, with the card sealed: the only form that leaves the caller's process. */
export type SealedStoreCardRequest = StoreCardRequestOf<SealedCardToStore>;

/** A stored card as every door shows it. No readable card. */
export interface StoredCardView {
  readonly merchant: MerchantId;
  readonly storedCardId: StoredCardId;
  readonly account: AccountId;
  readonly provider: string;
  readonly purpose: StoredCardPurpose;
  readonly ownerId: string;
  /** Our order id of the storing at the provider: shares the payouts' namespace there. */
  readonly orderId: OrderId;
  /** `220000******0004` */
  readonly masked: MaskedPan;
  /** Keyed digest of the card number, as payouts to it have. */
  readonly cardFingerprint?: string | undefined;
  readonly status: StoredCardStatus;
  /** Grows with every event. */
  readonly version: number;
  /** The provider's id of the card (All2pay: `bindingId`); present once `active`. */
  readonly providerCardId?: string | undefined;
  /** Present while `action_required`. */
  readonly action?: Action | undefined;
  readonly reason?: Reason | undefined;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}
