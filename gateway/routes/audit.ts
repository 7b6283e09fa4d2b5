import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { auditPageSchema, auditQuerySchema } from '../../schemas/audit.js';
import { noteReading } from '../audit-desk.js';
import { callerOf, listedMerchant } from '../caller.js';
import type { GatewayContext } from '../context.js';
import { problems } from '../responses.js';

const DEFAULT_PAGE = 50;

/** Who did what. To look at it is a line of it, too. */
export function auditRoutes({ journal }: GatewayContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/audit',
      config: { needs: 'audit' },
      schema: {
        operationId: 'listAudit',
        tags: ['api-keys'],
        summary: 'Who did what, newest first',
        description:
          'Commands that stand in the history of a payout, payment or stored card, and all others: keys, stops, ' +
          'repeated deliveries, what was denied, and who looked at evidence and at this list.',
        querystring: auditQuerySchema,
        response: { 200: auditPageSchema, ...problems(401, 403, 422, 500, 503) },
      },
      handler: async (request) => {
        const { limit = DEFAULT_PAGE, cursor, merchant, ...filter } = request.query;
        const whose = listedMerchant(callerOf(request), merchant);
        await noteReading(journal.audit, request, { merchant: whose });
        const page = await journal.audit.list({ ...filter, merchant: whose }, { limit, cursor });
        return { items: [...page.items], nextCursor: page.nextCursor };
      },
    });
  };
}
