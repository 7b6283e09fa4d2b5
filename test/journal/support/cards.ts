import type { OrderId, StoredCardId, StoredCardKey } from '../../../domain/ids.js';
import type { StoreProgress } from '../../../domain/provider-answer.js';
import type { SealedStoreCardRequest } from '../../../domain/stored-card.js';
import type { Journal } from '../../../journal/port.js';
import type { NewStoredCard } from '../../../journal/stored-cards/port.js';
import { ACCOUNT, ACTOR, newMerchant, unique } from './samples.js';

/** The form of a JWE; nothing here opens it. */
export const SEALED = 'eyJhbGciOiJFQ0RILUVTIn0..aXY.Y2lwaGVydGV4dA.dGFn';

export const STORED: StoreProgress = { kind: 'stored', providerCardId: 'binding-1' };
export const STORED_OTHERWISE: StoreProgress = { kind: 'stored', providerCardId: 'binding-2' };
export const NOT_STORED: StoreProgress = {
  kind: 'not_stored',
  class: 'declined',
  code: '-2006',
  message: 'Authentication failed',
};
export const REFUSED: StoreProgress = { ...NOT_STORED, class: 'refused' };
export const TIMED_OUT: StoreProgress = { ...NOT_STORED, class: 'expired' };
export const CHALLENGE: StoreProgress = {
  kind: 'action_required',
  action: { type: 'redirect', url: 'https://acs.example/3ds?token=t0ken' },
};
export const OTHER_CHALLENGE: StoreProgress = {
  kind: 'action_required',
  action: { type: 'form_post', url: 'https://acs.example/form', fields: { creq: 's3cret' } },
};
export const STORING: StoreProgress = { kind: 'pending' };
export const UNCLEAR: StoreProgress = { kind: 'contradiction', code: 'owner', message: 'Another owner' };

export function newCard(request: Partial<SealedStoreCardRequest> = {}, orderId = unique('o')): NewStoredCard {
  return {
    request: {
      merchant: newMerchant(),
      storedCardId: unique('c') as StoredCardId,
      account: ACCOUNT,
      purpose: 'source',
      ownerId: 'cust-9',
      card: { sealed: SEALED, masked: '220000******0004' },
      ...request,
    },
    provider: 'all2pay',
    orderId: orderId as OrderId,
    contentFingerprint: 'content-1',
    actor: ACTOR,
  };
}

export function cardKeyOf({ request: { merchant, storedCardId } }: NewStoredCard): StoredCardKey {
  return { merchant, storedCardId };
}

/** Accepts a card and returns its key. */
export async function acceptedCard(
  { storedCards }: Pick<Journal, 'storedCards'>,
  request: Partial<SealedStoreCardRequest> = {},
): Promise<StoredCardKey> {
  const entry = newCard(request);
  await storedCards.accept(entry);
  return cardKeyOf(entry);
}
