import { createHash } from 'node:crypto';
import { StoredCardConflictError } from '../../client/errors.js';
import type { StoredCardsClient } from '../../client/stored-cards-client.js';
import { maskCardNumber } from '../../domain/card.js';
import type { OrderId, StoredCardKey } from '../../domain/ids.js';
import type { Journal } from '../../journal/port.js';
import { parseStoreCardRequest } from '../../schemas/store-card-request.js';

/** Seals by forgetting, and accepts at once as the workflow would. */
export function fakeStoredCards({ storedCards }: Journal): StoredCardsClient {
  return {
    async add(input, { actor = 'nobody' } = {}) {
      const parsed = parseStoreCardRequest(input);
      if (!parsed.ok) throw new Error('the gateway let a bad request through');
      const { request } = parsed;
      const { card, merchant, storedCardId } = request;
      const accepted = await storedCards.accept({
        request: {
          ...request,
          card: 'sealed' in card ? card : { sealed: 'a.b.c.d.e', masked: maskCardNumber(card.number) },
        },
        provider: 'fake',
        orderId: `sc-${merchant}-${storedCardId}` as OrderId,
        contentFingerprint: createHash('sha256').update(JSON.stringify(request)).digest('hex'),
        actor,
      });
      if (accepted.kind === 'order_id_taken') throw new Error('order id taken');
      if (accepted.kind === 'conflict') throw new StoredCardConflictError(accepted.original);
      return accepted.card;
    },
    async remove(key, by) {
      const card = await storedCards.remove(key as StoredCardKey, by);
      if (!card) throw new Error('no such card');
      return card;
    },
    get: () => Promise.reject(new Error('the gateway reads the journal')),
    wait: () => Promise.reject(new Error('the gateway does not wait')),
    list: () => Promise.reject(new Error('the gateway reads the journal')),
  };
}
