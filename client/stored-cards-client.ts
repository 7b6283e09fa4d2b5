import type { StoredCardKey } from '../domain/ids.js';
import type { StoredCardView } from '../domain/stored-card.js';
import type { StoreCardRequestInput } from '../schemas/store-card-request.js';
import type { StoredCardFilterInput } from '../schemas/stored-card-filter.js';
import type { AskedBy, WaitOptions } from './payout-client.js';

/** Names a stored card by plain strings; a malformed one is refused with `PayoutInvalidError`. */
export type StoredCardKeyInput = StoredCardKey | { readonly merchant: string; readonly storedCardId: string };

/** What a back end does with cards that a provider keeps for it. A card of status `active` can be named by payouts. */
export interface StoredCardsClient {
  /**
   * Has the provider store a card, or finds the one that was stored under the same id with the same content. Resolves
   * as soon as there is something to say: 3-D Secure for the owner (`action_required`), an outcome, or `requested`.
   *
   * @throws PayoutInvalidError with one problem per field, also for a CVV where this client has no `oneTimeSecrets`
   * @throws StoredCardConflictError if the id belongs to another card, account, purpose or owner
   * @throws EngineUnavailableError if Temporal or its workers do not answer; repeat the call with the same id
   */
  add(request: StoreCardRequestInput, by?: AskedBy): Promise<StoredCardView>;
  /** From the journal, so also after Temporal's retention. @throws StoredCardNotFoundError */
  get(key: StoredCardKeyInput): Promise<StoredCardView>;
  /** Until the storing is settled, whatever came of it; with `until: 'answered'` also when the owner must act. */
  wait(key: StoredCardKeyInput, options?: WaitOptions): Promise<StoredCardView>;
  /** Newest first. `limit`: 50 when left out. */
  list(
    filter?: StoredCardFilterInput,
    page?: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
  ): Promise<{ readonly items: readonly StoredCardView[]; readonly nextCursor?: string | undefined }>;
  /**
   * Takes a card out of use: no payout may name it any more. The provider is not told. A repeat is harmless.
   *
   * @throws StoredCardNotFoundError
   */
  remove(
    key: StoredCardKeyInput,
    input: { readonly actor: string; readonly reason: string },
  ): Promise<StoredCardView>;
}
