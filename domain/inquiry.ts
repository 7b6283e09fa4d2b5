import type { AccountId, MerchantId, StoredCardKey } from './ids.js';
import type { BalanceAnswer } from './provider-answer.js';
import type { StoredCardPurpose, StoredCardView } from './stored-card.js';
import type { StoredCardStatus } from './stored-card-status.js';

/** A question about an account or about stored cards, or the taking of a card out of use. Moves no money. */
export type Inquiry =
  /** Is the provider there? */
  | { readonly ask: 'ping'; readonly account: AccountId }
  | { readonly ask: 'balance'; readonly account: AccountId }
  | { readonly ask: 'stored_card'; readonly key: StoredCardKey }
  | {
      readonly ask: 'stored_cards';
      readonly filter: StoredCardFilter;
      readonly limit: number;
      readonly cursor?: string | undefined;
    }
  /** Ours alone: no provider is told. */
  | {
      readonly ask: 'remove_stored_card';
      readonly key: StoredCardKey;
      readonly actor: string;
      readonly reason: string;
    };

export type ProviderInquiry = Extract<Inquiry, { ask: 'ping' | 'balance' }>;
export type JournalInquiry = Exclude<Inquiry, ProviderInquiry>;

export interface StoredCardFilter {
  readonly merchant?: MerchantId | undefined;
  readonly account?: AccountId | undefined;
  readonly purpose?: StoredCardPurpose | undefined;
  readonly status?: StoredCardStatus | undefined;
}

export type InquiryResult =
  | { readonly kind: 'ping'; readonly ok: boolean; readonly words: string }
  | { readonly kind: 'balance'; readonly answer: BalanceAnswer }
  | { readonly kind: 'stored_card'; readonly card: StoredCardView }
  | {
      readonly kind: 'stored_cards';
      readonly items: readonly StoredCardView[];
      readonly nextCursor?: string | undefined;
    }
  /** The provider cannot do this; in words. */
  | { readonly kind: 'lacking'; readonly words: string }
  | { readonly kind: 'not_found'; readonly words: string };
