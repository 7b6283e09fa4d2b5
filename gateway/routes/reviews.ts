import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { payoutParamsSchema } from '../../schemas/commands.js';
import {
  evidenceQuerySchema,
  evidenceSchema,
  reviewPageSchema,
  reviewsQuerySchema,
} from '../../schemas/review.js';
import { callerOf, listedMerchant, merchantOf } from '../caller.js';
import { noteReading } from '../audit-desk.js';
import { collectEvidence } from '../collect-evidence.js';
import type { GatewayContext } from '../context.js';
import { problems } from '../responses.js';

const DEFAULT_PAGE = 50;

/** What waits for a person, and what that person needs to know. */
export function reviewRoutes({ journal, client }: GatewayContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/reviews',
      config: { needs: 'review' },
      schema: {
        operationId: 'listReviews',
        tags: ['payouts'],
        summary: 'Payouts in review, the longest waiting first',
        querystring: reviewsQuerySchema,
        response: { 200: reviewPageSchema, ...problems(401, 403, 422, 500, 503) },
      },
      handler: async (request) => {
        const { limit = DEFAULT_PAGE, cursor, merchant, account } = request.query;
        const whose = listedMerchant(callerOf(request), merchant);
        const page = await journal.payouts.reviews({ account, merchant: whose }, { limit, cursor });
        return { items: [...page.items], nextCursor: page.nextCursor };
      },
    });

    app.route({
      method: 'GET',
      url: '/payouts/:payoutId/evidence',
      config: { needs: 'review' },
      schema: {
        operationId: 'getPayoutEvidence',
        tags: ['payouts'],
        summary: 'What a person needs to decide about a payout',
        description:
          'What was sent when, what came back, what was noted. With `ask=true` the provider is asked how the payout ' +
          'stands now; the answer is shown and changes nothing.',
        params: payoutParamsSchema,
        querystring: evidenceQuerySchema,
        response: { 200: evidenceSchema, ...problems(401, 403, 404, 422, 500, 503) },
      },
      handler: async (request) => {
        const merchant = merchantOf(callerOf(request), request.query.merchant);
        const key = { merchant, payoutId: request.params.payoutId };
        await noteReading(journal.audit, request, { merchant, subject: `payout ${key.payoutId}` });
        return collectEvidence({ journal, client }, key, request.query.ask ?? false);
      },
    });
  };
}
