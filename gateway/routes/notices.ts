import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { retriedSchema } from '../../schemas/callbacks.js';
import { noticeParamsSchema, noticesSchema } from '../../schemas/notices.js';
import { doerOf } from '../caller.js';
import type { GatewayContext } from '../context.js';
import { NotFoundError } from '../errors.js';
import { problems } from '../responses.js';

/** Whoever mends the endpoint needs to see what it missed first; more than this is one problem, not many. */
const MOST = 200;

/** What the hook could not deliver yet. */
export function noticeRoutes({ journal }: GatewayContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/notices',
      config: { needs: 'oversee' },
      schema: {
        operationId: 'listNotices',
        tags: ['payouts'],
        summary: 'Notices that the hook could not deliver yet, the oldest 200',
        response: { 200: noticesSchema, ...problems(401, 403, 500, 503) },
      },
      handler: async () => {
        const notices = await journal.outbox.undelivered(MOST);
        return {
          items: notices.map(({ id, kind, subject, merchant, subjectId, at, state, tries, lastError }) => ({
            ...{ id, kind, subject, merchant, subjectId, at, tries, lastError },
            state: state === 'dead' ? ('dead' as const) : ('waiting' as const),
          })),
        };
      },
    });

    app.route({
      method: 'POST',
      url: '/notices/:id/retry',
      config: { needs: 'oversee' },
      schema: {
        operationId: 'retryNotice',
        tags: ['payouts'],
        summary: 'Deliver a notice now, also one that was given up',
        params: noticeParamsSchema,
        response: { 200: retriedSchema, ...problems(401, 403, 404, 422, 500, 503) },
      },
      handler: async (request) => {
        if (await journal.outbox.retry(request.params.id, doerOf(request))) return { retried: true as const };
        throw new NotFoundError('There is no undelivered notice with this id. GET /v1/notices lists them.');
      },
    });
  };
}
