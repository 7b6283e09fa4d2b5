import type { AccountId, OrderId, StoredCardKey } from '../../domain/ids.js';
import type { StoredCardFilter } from '../../domain/inquiry.js';
import type { StoreProgress } from '../../domain/provider-answer.js';
import type { SealedStoreCardRequest, StoredCardView } from '../../domain/stored-card.js';
import type { StoredCardStatus } from '../../domain/stored-card-status.js';
import type { By, HistoryLine, Page, StoppedBy } from '../port.js';

/** A card to be stored that passed validation, ready to be written down. */
export interface NewStoredCard {
  /** Without the name of the CVV's one-time secret: what is kept must not point to it. */
  readonly request: SealedStoreCardRequest;
  readonly provider: string;
  readonly orderId: OrderId;
  /** Keyed digest of the whole content, card included: tells a repeat from another card under the same id. */
  readonly contentFingerprint: string;
  /** Keyed digest of the card number. */
  readonly cardFingerprint?: string | undefined;
  /** Who asked for it. */
  readonly actor: string;
}

export type AcceptedCard =
  | { readonly kind: 'accepted'; readonly card: StoredCardView }
  | { readonly kind: 'repeat'; readonly card: StoredCardView }
  | { readonly kind: 'conflict'; readonly original: StoredCardView }
  /** A payout or another stored card holds this order id at this account: they share the provider's namespace. */
  | { readonly kind: 'order_id_taken' };

/** All that a provider call needs to know of a stored card. */
export interface StoredCardRecord extends Pick<StoppedBy, 'stop'> {
  readonly card: StoredCardView;
  readonly request: SealedStoreCardRequest;
  /** ISO 8601: when the request to the provider was about to leave; absent before. */
  readonly sentAt?: string | undefined;
  /** ISO 8601: now, by the same clock. */
  readonly readAt: string;
}

export type StoredCardEvent = HistoryLine<
  'accepted' | 'sent' | 'unsent' | 'stopped' | 'status' | 'contradiction' | 'removed',
  StoredCardStatus
>;

/** The stored cards and their events. Each method is one transaction. */
export interface StoredCardJournal {
  accept(entry: NewStoredCard): Promise<AcceptedCard>;
  read(key: StoredCardKey): Promise<StoredCardRecord | undefined>;
  findByOrder(account: AccountId, orderId: OrderId): Promise<StoredCardView | undefined>;
  /** Newest first. */
  list(
    filter: StoredCardFilter,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<Page<StoredCardView>>;
  events(key: StoredCardKey): Promise<readonly StoredCardEvent[]>;
  /** Commits the intent to send, once: true for the one call that may; false also while it is stopped. */
  beginStoring(key: StoredCardKey): Promise<boolean>;
  /** Nothing left after all: `beginStoring` may be true once more. */
  endUnsent(key: StoredCardKey): Promise<void>;
  /** Writes down that an unsent card waits for the stop that covers it, once; nothing where none does. */
  noteStop(key: StoredCardKey): Promise<StoredCardView>;
  /**
   * Makes the move that follows from the provider's word. A word against a storing that has ended otherwise is written
   * once, as a `contradiction`, and changes nothing; one that brings nothing new writes nothing.
   */
  recordProgress(key: StoredCardKey, progress: StoreProgress, by: By): Promise<StoredCardView>;
  /** Takes the card out of use; a repeat is harmless. Undefined if there is none. */
  remove(key: StoredCardKey, by: By): Promise<StoredCardView | undefined>;
}
