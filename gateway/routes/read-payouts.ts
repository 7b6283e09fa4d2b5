import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { listQuerySchema, merchantQuerySchema, payoutParamsSchema } from '../../schemas/commands.js';
import { payoutEventsSchema, payoutPageSchema, payoutSchema } from '../../schemas/payout.js';
import { callerOf, listedMerchant, merchantOf, noSuchPayout } from '../caller.js';
import type { GatewayContext } from '../context.js';
import { problems } from '../responses.js';

const DEFAULT_PAGE = 50;

/** The reads. They come from the journal, so they work when no worker runs and after Temporal's retention. */
export function readPayoutRoutes({ journal }: GatewayContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/payouts',
      config: { needs: 'read' },
      schema: {
        operationId: 'listPayouts',
        tags: ['payouts'],
        summary: 'Payouts, newest first',
        querystring: listQuerySchema,
        response: { 200: payoutPageSchema, ...problems(401, 403, 422, 500, 503) },
      },
      handler: async (request) => {
        const { limit = DEFAULT_PAGE, cursor, merchant, ...filter } = request.query;
        const whose = listedMerchant(callerOf(request), merchant);
        const page = await journal.payouts.list({ ...filter, merchant: whose }, { limit, cursor });
        return { items: [...page.items], nextCursor: page.nextCursor };
      },
    });

    app.route({
      method: 'GET',
      url: '/payouts/:payoutId',
      config: { needs: 'read' },
      schema: {
        operationId: 'getPayout',
        tags: ['payouts'],
        summary: 'One payout as it stands',
        params: payoutParamsSchema,
        querystring: merchantQuerySchema,
        response: { 200: payoutSchema, ...problems(401, 403, 404, 422, 500, 503) },
      },
      handler: async (request) => {
        const merchant = merchantOf(callerOf(request), request.query.merchant);
        const payout = await journal.payouts.get({ merchant, payoutId: request.params.payoutId });
        if (!payout) throw noSuchPayout();
        return payout;
      },
    });

    app.route({
      method: 'GET',
      url: '/payouts/:payoutId/events',
      config: { needs: 'read' },
      schema: {
        operationId: 'getPayoutEvents',
        tags: ['payouts'],
        summary: "A payout's history, oldest first",
        params: payoutParamsSchema,
        querystring: merchantQuerySchema,
        response: { 200: payoutEventsSchema, ...problems(401, 403, 404, 422, 500, 503) },
      },
      handler: async (request) => {
        const merchant = merchantOf(callerOf(request), request.query.merchant);
        const key = { merchant, payoutId: request.params.payoutId };
        const [payout, events] = await Promise.all([journal.payouts.get(key), journal.payouts.events(key)]);
        if (!payout) throw noSuchPayout();
        return { items: [...events] };
      },
    });
  };
}
