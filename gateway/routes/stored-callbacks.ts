import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  callbackPageSchema,
  callbackParamsSchema,
  callbacksQuerySchema,
  retriedSchema,
} from '../../schemas/callbacks.js';
import { doerOf } from '../caller.js';
import type { GatewayContext } from '../context.js';
import { NotFoundError } from '../errors.js';
import { problems } from '../responses.js';

const DEFAULT_PAGE = 50;

/** The inbox: callbacks that reached no running payout. */
export function storedCallbackRoutes({ journal }: GatewayContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/callbacks',
      config: { needs: 'oversee' },
      schema: {
        operationId: 'listCallbacks',
        tags: ['payouts'],
        summary: 'Callbacks of one state, oldest first',
        querystring: callbacksQuerySchema,
        response: { 200: callbackPageSchema, ...problems(401, 403, 422, 500, 503) },
      },
      handler: async (request) => {
        const { state = 'orphan', account, limit = DEFAULT_PAGE, cursor } = request.query;
        const page = await journal.inbox.list({ state, account }, { limit, cursor });
        const items = page.items.map(({ proof, ...callback }) => ({
          id: callback.id,
          account: callback.account,
          orderId: callback.orderId,
          receivedAt: callback.receivedAt,
          state: callback.state,
          ...(proof && { proof: proof.kind }),
        }));
        return { items, nextCursor: page.nextCursor };
      },
    });

    app.route({
      method: 'POST',
      url: '/callbacks/:id/retry',
      config: { needs: 'oversee' },
      schema: {
        operationId: 'retryCallback',
        tags: ['payouts'],
        summary: 'Look for the order of an orphan once more',
        params: callbackParamsSchema,
        response: { 200: retriedSchema, ...problems(401, 403, 404, 422, 500, 503) },
      },
      handler: async (request) => {
        const retried = await journal.inbox.retryOrphan(request.params.id, doerOf(request));
        if (!retried)
          throw new NotFoundError('There is no orphan with this id. GET /v1/callbacks lists them.');
        return { retried: true as const };
      },
    });
  };
}
