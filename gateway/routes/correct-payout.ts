import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { isCorrection } from '../../domain/payout-status.js';
import { IllegalMoveError } from '../../journal/port.js';
import {
  correctBodySchema,
  correctedSchema,
  merchantQuerySchema,
  payoutParamsSchema,
} from '../../schemas/commands.js';
import { keyActor } from '../../domain/actor.js';
import { callerOf, merchantOf, noSuchPayout } from '../caller.js';
import type { GatewayContext } from '../context.js';
import { RefusedCommandError } from '../errors.js';
import { problems } from '../responses.js';

/**
 * A person's correction of a final state, in one transaction of the journal. No workflow takes part: that of a final
 * payout has ended or is about to, may be forgotten, and has nothing left to do that could depend on it.
 */
export function correctPayoutRoute({ journal }: GatewayContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/payouts/:payoutId/correct',
      config: { needs: 'settle' },
      schema: {
        operationId: 'correctPayout',
        tags: ['payouts'],
        summary: 'Correct the outcome of a payout that has ended',
        description:
          'Two corrections are possible: succeeded → returned, declined → succeeded. Anything else is 409 not-corrected.',
        params: payoutParamsSchema,
        querystring: merchantQuerySchema,
        body: correctBodySchema,
        response: { 200: correctedSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503) },
      },
      handler: async (request) => {
        const caller = callerOf(request);
        const { to, reason, merchant } = request.body;
        const key = {
          merchant: merchantOf(caller, merchant ?? request.query.merchant),
          payoutId: request.params.payoutId,
        };
        const before = await journal.payouts.get(key);
        if (!before) throw noSuchPayout();
        const from = before.status;
        if (from !== to && !isCorrection(from, to)) {
          throw new RefusedCommandError(
            'correct',
            `A payout that is ${from} cannot be corrected to ${to}`,
            before,
          );
        }
        try {
          const why = { code: `operator_${to}`, message: reason };
          const by = { actor: keyActor(caller), reason };
          const payout = await journal.payouts.changeStatus(key, to, why, by, from);
          return { corrected: true as const, payout };
        } catch (error) {
          if (!(error instanceof IllegalMoveError)) throw error;
          throw new RefusedCommandError('correct', `It is ${error.from} by now`, before);
        }
      },
    });
  };
}
