import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { PayoutNotFoundError } from '../../client/errors.js';
import type { PayoutKey } from '../../domain/ids.js';
import type { Payout } from '../../domain/payout.js';
import {
  cancelBodySchema,
  cancelledSchema,
  merchantQuerySchema,
  payoutParamsSchema,
  resolveBodySchema,
  resolvedSchema,
} from '../../schemas/commands.js';
import { keyActor } from '../../domain/actor.js';
import { callerOf, merchantOf, noSuchPayout } from '../caller.js';
import type { GatewayContext } from '../context.js';
import { RefusedCommandError } from '../errors.js';
import { RESOLVING } from '../needs.js';
import { problems } from '../responses.js';

/** Cancel and resolve. A refusal is a 409, so that nobody takes an answer for a success. */
export function payoutCommandRoutes({ client, journal }: GatewayContext): FastifyPluginAsyncZod {
  async function existing(key: PayoutKey): Promise<Payout> {
    const payout = await journal.payouts.get(key);
    if (!payout) throw noSuchPayout();
    return payout;
  }

  return async (app) => {
    app.route({
      method: 'POST',
      url: '/payouts/:payoutId/cancel',
      config: { needs: 'cancel' },
      schema: {
        operationId: 'cancelPayout',
        tags: ['payouts'],
        summary: 'Cancel a payout that was not sent yet',
        description:
          '200: it is cancelled and will never be paid. 409 not-cancelled: something may have been sent.',
        params: payoutParamsSchema,
        querystring: merchantQuerySchema,
        body: cancelBodySchema,
        response: { 200: cancelledSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503) },
      },
      handler: async (request) => {
        const caller = callerOf(request);
        const { reason = 'no reason given', merchant } = request.body;
        const key = {
          merchant: merchantOf(caller, merchant ?? request.query.merchant),
          payoutId: request.params.payoutId,
        };
        const before = await existing(key);
        const command = client.cancel(key, { actor: keyActor(caller), reason });
        const result = await command.catch(endedLongAgo('cancel', before));
        if (!result.cancelled) throw new RefusedCommandError('cancel', result.why, result.payout, 'told');
        return { cancelled: true as const, payout: result.payout };
      },
    });

    app.route({
      method: 'POST',
      url: '/payouts/:payoutId/resolve',
      config: { needs: RESOLVING },
      schema: {
        operationId: 'resolvePayout',
        tags: ['payouts'],
        summary: 'Settle a payout in review',
        description:
          'A repeat in the same words is answered as the first. 409 not-resolved: it is not in review, or another verdict was first.',
        params: payoutParamsSchema,
        querystring: merchantQuerySchema,
        body: resolveBodySchema,
        response: { 200: resolvedSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503) },
      },
      handler: async (request) => {
        const caller = callerOf(request);
        const { verdict, reason, merchant } = request.body;
        const key = {
          merchant: merchantOf(caller, merchant ?? request.query.merchant),
          payoutId: request.params.payoutId,
        };
        const before = await existing(key);
        const command = client.resolve(key, { verdict, reason, actor: keyActor(caller) });
        const result = await command.catch(endedLongAgo('resolve', before));
        if (!result.resolved) throw new RefusedCommandError('resolve', result.why, result.payout);
        return { resolved: true as const, payout: result.payout };
      },
    });
  };
}

/** The journal remembers payouts that Temporal has forgotten. */
function endedLongAgo(command: 'cancel' | 'resolve', payout: Payout): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof PayoutNotFoundError)) throw error;
    const why = `The payout is ${payout.status} and its workflow has ended`;
    throw new RefusedCommandError(command, why, payout);
  };
}
