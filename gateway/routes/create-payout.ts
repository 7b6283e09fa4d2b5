import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { PayoutInvalidError } from '../../client/errors.js';
import { maskCardNumber } from '../../domain/card.js';
import type { PayoutRequest, SealedPayoutRequest } from '../../domain/payout-request.js';
import { parsePayoutRequest, payoutBodySchema } from '../../schemas/payout-request.js';
import { payoutSchema } from '../../schemas/payout.js';
import { keyActor } from '../../domain/actor.js';
import { addressFor, callerOf } from '../caller.js';
import type { GatewayContext } from '../context.js';
import { readBody } from '../read-body.js';
import { problems } from '../responses.js';
import { usableAccount } from '../usable-accounts.js';

/** `POST /v1/payouts` */
export function createPayoutRoute(context: GatewayContext): FastifyPluginAsyncZod {
  const { client, journal, limits } = context;
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/payouts',
      config: { needs: 'create' },
      schema: {
        operationId: 'createPayout',
        tags: ['payouts'],
        summary: 'Create a payout, or find the one that has this id',
        description:
          'Idempotent by payoutId, for ever: see Idempotency above. Answers with the first state that means something. ' +
          "A key that acts for all must give `merchant`; a merchant's key need not.",
        body: payoutBodySchema,
        response: {
          201: payoutSchema.describe('The payout, newly created. Location: its address.'),
          200: payoutSchema.describe('A repeat: the original payout as it stands.'),
          ...problems(400, 401, 403, 409, 413, 415, 422, 500, 503),
        },
      },
      // The whole request, merchant included, is checked below: all problems are told at once.
      validatorCompiler: () => (data: unknown) => ({ value: data }),
      handler: async (request, reply) => {
        const caller = callerOf(request);
        const payoutRequest = readBody(request.body, caller, parsePayoutRequest);
        // Whoever repeats a request gets the original, whatever became of the account's rules since.
        const original = await journal.payouts.get(payoutRequest);
        if (!original) refuseWhatTheProviderWould(payoutRequest, context);
        const create = () => client.create(payoutRequest, { actor: keyActor(caller) });
        const { merchant, payoutId } = payoutRequest;
        const payout = await (original
          ? limits.repeating(`payout ${merchant}/${payoutId}`, create)
          : create());
        reply.header('location', addressFor(caller, `/v1/payouts/${payout.payoutId}`, payout.merchant));
        return reply.code(original ? 200 : 201).send(payout);
      },
    });
  };
}

/** Before anything is started, so that a refused request leaves nothing behind. */
function refuseWhatTheProviderWould(
  request: PayoutRequest | SealedPayoutRequest,
  context: GatewayContext,
): void {
  const provider = usableAccount(context, request, 'payout');
  // What an id of ours stands for at the provider is looked up by the worker that accepts the payout.
  if (request.destination.type === 'stored_card') return;
  const found = provider.validate(withoutCard(request));
  if (found.length > 0) throw new PayoutInvalidError(found);
}

/** Adapters judge a request without seeing the card: sealing itself is the client's work. */
function withoutCard(request: PayoutRequest | SealedPayoutRequest): SealedPayoutRequest {
  const { destination } = request;
  if (destination.type !== 'card' || 'sealed' in destination) return { ...request, destination };
  const masked = maskCardNumber(destination.number);
  return { ...request, destination: { type: 'card', sealed: '', masked } };
}
