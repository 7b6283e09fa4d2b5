import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CapabilityLackingError, PayoutInvalidError } from '../../client/errors.js';
import { maskCardNumber } from '../../domain/card.js';
import type { SealedStoreCardRequest, StoreCardRequest } from '../../domain/stored-card.js';
import { isLacking } from '../../providers/port.js';
import { parseStoreCardRequest, storeCardBodySchema } from '../../schemas/store-card-request.js';
import { storedCardViewSchema } from '../../schemas/stored-card.js';
import { keyActor } from '../../domain/actor.js';
import { addressFor, callerOf } from '../caller.js';
import type { GatewayContext } from '../context.js';
import { readBody } from '../read-body.js';
import { problems } from '../responses.js';
import { usableAccount } from '../usable-accounts.js';

const BODY_LIMIT = 16 * 1024;

/** `POST /v1/stored-cards` */
export function storeCardRoute(context: GatewayContext): FastifyPluginAsyncZod {
  const { client, journal, limits } = context;
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/stored-cards',
      bodyLimit: BODY_LIMIT,
      config: { needs: 'create' },
      schema: {
        operationId: 'storeCard',
        tags: ['stored-cards'],
        summary: 'Have the provider store a card, or find the one that has this id',
        description:
          'Idempotent by storedCardId, for ever. Answers with the first state that means something: 3-D Secure for ' +
          'the owner (action_required), active, or why not. Number and CVV are sealed as they arrive. ' +
          "A key that acts for all must give `merchant`; a merchant's key need not.",
        body: storeCardBodySchema,
        response: {
          201: storedCardViewSchema.describe('Newly accepted. Location: its address.'),
          200: storedCardViewSchema.describe('A repeat: the original as it stands.'),
          ...problems(400, 401, 403, 409, 413, 415, 422, 500, 501, 503),
        },
      },
      // The whole request, merchant included, is checked below: all problems are told at once.
      validatorCompiler: () => (data: unknown) => ({ value: data }),
      handler: async (request, reply) => {
        const caller = callerOf(request);
        const storeRequest = readBody(request.body, caller, parseStoreCardRequest);
        // Whoever repeats a request gets the original, whatever became of the account's rules since.
        const original = await journal.storedCards.read(storeRequest);
        if (!original) refuseWhatTheProviderWould(storeRequest, context);
        const add = () => client.storedCards.add(storeRequest, { actor: keyActor(caller) });
        const { merchant, storedCardId } = storeRequest;
        const card = await (original ? limits.repeating(`card ${merchant}/${storedCardId}`, add) : add());
        reply.header('location', addressFor(caller, `/v1/stored-cards/${card.storedCardId}`, card.merchant));
        return reply.code(original ? 200 : 201).send(card);
      },
    });
  };
}

/** Before anything is started, so that a refused request leaves nothing behind. */
function refuseWhatTheProviderWould(
  request: StoreCardRequest | SealedStoreCardRequest,
  context: GatewayContext,
): void {
  const { cards } = usableAccount(context, request, 'payout');
  if (isLacking(cards)) throw new CapabilityLackingError(cards.lacking);
  const found = cards.validate(withoutCard(request));
  if (found.length > 0) throw new PayoutInvalidError(found);
}

/** Adapters judge a request without seeing the card: sealing itself is the client's work. */
function withoutCard(request: StoreCardRequest | SealedStoreCardRequest): SealedStoreCardRequest {
  const { card } = request;
  if ('sealed' in card) return { ...request, card };
  return {
    ...request,
    card: {
      sealed: '',
      masked: maskCardNumber(card.number),
      ...(card.cvv !== undefined && { cvvSecretId: 'to be kept' }),
    },
  };
}
