import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { StoredCardNotFoundError } from '../../client/errors.js';
import { merchantQuerySchema } from '../../schemas/commands.js';
import {
  removeCardQuerySchema,
  storedCardPageSchema,
  storedCardParamsSchema,
  storedCardQuerySchema,
  storedCardViewSchema,
} from '../../schemas/stored-card.js';
import { keyActor } from '../../domain/actor.js';
import { callerOf, listedMerchant, merchantOf } from '../caller.js';
import type { GatewayContext } from '../context.js';
import { problems } from '../responses.js';

const DEFAULT_PAGE = 50;

/** Reads from the journal, and taking a card out of use. */
export function storedCardRoutes({ client, journal }: GatewayContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/stored-cards',
      config: { needs: 'read' },
      schema: {
        operationId: 'listStoredCards',
        tags: ['stored-cards'],
        summary: 'Stored cards, newest first',
        querystring: storedCardQuerySchema,
        response: { 200: storedCardPageSchema, ...problems(401, 403, 422, 500, 503) },
      },
      handler: async (request) => {
        const { limit = DEFAULT_PAGE, cursor, merchant, ...filter } = request.query;
        const whose = listedMerchant(callerOf(request), merchant);
        const page = await journal.storedCards.list({ ...filter, merchant: whose }, { limit, cursor });
        return { items: [...page.items], nextCursor: page.nextCursor };
      },
    });

    app.route({
      method: 'GET',
      url: '/stored-cards/:storedCardId',
      config: { needs: 'read' },
      schema: {
        operationId: 'getStoredCard',
        tags: ['stored-cards'],
        summary: 'One stored card as it stands',
        params: storedCardParamsSchema,
        querystring: merchantQuerySchema,
        response: { 200: storedCardViewSchema, ...problems(401, 403, 404, 422, 500, 503) },
      },
      handler: async (request) => {
        const merchant = merchantOf(callerOf(request), request.query.merchant, noSuchCard);
        const { storedCardId } = request.params;
        const record = await journal.storedCards.read({ merchant, storedCardId });
        if (!record) throw noSuchCard();
        return record.card;
      },
    });

    app.route({
      method: 'DELETE',
      url: '/stored-cards/:storedCardId',
      config: { needs: 'cancel' },
      schema: {
        operationId: 'removeStoredCard',
        tags: ['stored-cards'],
        summary: 'Take a stored card out of use',
        description:
          'No payout may name it any more. The provider is not told: it may keep the card. A repeat is harmless.',
        params: storedCardParamsSchema,
        querystring: removeCardQuerySchema,
        response: { 200: storedCardViewSchema, ...problems(401, 403, 404, 422, 500, 503) },
      },
      handler: async (request) => {
        const caller = callerOf(request);
        const { merchant: named, reason = 'no reason given' } = request.query;
        const merchant = merchantOf(caller, named, noSuchCard);
        const key = { merchant, storedCardId: request.params.storedCardId };
        if (!(await journal.storedCards.read(key))) throw noSuchCard();
        return client.storedCards.remove(key, { actor: keyActor(caller), reason });
      },
    });
  };
}

function noSuchCard(): StoredCardNotFoundError {
  return new StoredCardNotFoundError('There is no stored card with this id. Check the id and the merchant.');
}
