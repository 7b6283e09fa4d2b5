import type { Money } from './money.js';
import type { AccountId, MerchantId, OrderId, PayoutId } from './ids.js';

/** A card number as it may be shown and stored: first six and last four digits. */
export type MaskedPan = string;

/** A card as the caller has it. Exists only in the caller's memory and, opened, inside one provider call. */
export interface ClearCard {
  readonly type: 'card';
  /** 13 to 19 digits that pass the Luhn check. */
  readonly number: string;
}

/** A card as it travels: a JWE that only a worker's activity can open. */
export interface SealedCard {
  readonly type: 'card';
  readonly sealed: string;
  readonly masked: MaskedPan;
}

/**
 * A card that the provider keeps for us: by the caller's id, where this engine had it stored, or by the provider's own
 * id (All2pay: `bindingId`), where it was stored elsewhere.
 */
export interface StoredCard {
  readonly type: 'stored_card';
  readonly storedCardId: string;
}

/** An instant payment to a phone number (Russia: SBP); the recipient's names go in `recipient`. */
export interface PhoneDestination {
  readonly type: 'phone';
  /** Digits with the country code, no plus sign: `79160001122`. */
  readonly phone: string;
  /** The receiving bank's member number (SBP: 12 digits). */
  readonly bankId: string;
}

export interface BankAccount {
  readonly type: 'bank_account';
  readonly accountNumber: string;
  /** BIC, routing number or sort code, as the provider's country has it. */
  readonly bankCode: string;
}

export interface Wallet {
  readonly type: 'wallet';
  readonly scheme: string;
  readonly walletId: string;
}

/** The recipient types the card on the provider's own page; needs `returnUrls`. */
export interface HostedPage {
  readonly type: 'hosted_page';
}

type OtherDestination = StoredCard | PhoneDestination | BankAccount | Wallet | HostedPage;
export type ClearDestination = ClearCard | OtherDestination;
export type SealedDestination = SealedCard | OtherDestination;
export type DestinationType = ClearDestination['type'];

export interface Recipient {
  /** The caller's id of the person; some providers need it for stored cards. */
  readonly id?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly middleName?: string | undefined;
  readonly email?: string | undefined;
  /** Digits with the country code. */
  readonly phone?: string | undefined;
}

/** Where the recipient's browser goes after a provider's page or form; absolute URLs. */
export interface ReturnUrls {
  readonly success: string;
  readonly failure?: string | undefined;
}

interface RequestOf<Destination> {
  readonly merchant: MerchantId;
  readonly payoutId: PayoutId;
  readonly account: AccountId;
  readonly amount: Money;
  readonly destination: Destination;
  /** The payer's stored card that the money is taken from. Left out: the account's own funds. */
  readonly source?: StoredCard | undefined;
  readonly recipient?: Recipient | undefined;
  readonly description?: string | undefined;
  readonly returnUrls?: ReturnUrls | undefined;
  /** What only this provider asks for, by its own field names; which ones, its accounts say. May be personal data. */
  readonly providerFields?: Readonly<Record<string, string>> | undefined;
  /** Our order id at the provider; made from merchant and payout id when left out. */
  readonly orderId?: OrderId | undefined;
  /** Groups payouts for search. */
  readonly batch?: string | undefined;
  /** The caller's own notes, returned with the payout. Not for personal data. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** What a caller asks for. */
export type PayoutRequest = RequestOf<ClearDestination>;
/** The same, with the card sealed: the only form that leaves the caller's process. */
export type SealedPayoutRequest = RequestOf<SealedDestination>;
