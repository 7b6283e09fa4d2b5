import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { wordsOfScope } from '../../domain/stop.js';
import {
  liftedStopSchema,
  madeStopSchema,
  newStopSchema,
  resumeSchema,
  stopListSchema,
  stopParamsSchema,
  stopQuerySchema,
} from '../../schemas/stops.js';
import { callerOf, doerOf } from '../caller.js';
import { within } from '../bounded.js';
import type { GatewayContext } from '../context.js';
import { NotFoundError } from '../errors.js';
import { problems } from '../responses.js';
import { requireOwn, requireStoppable } from '../stop-scope.js';

/** The stop stands before anything is counted; nobody shall wait for the number. */
const COUNT_MS = 3_000;

/** Stops. They need the journal alone: Temporal may be down. */
export function stopRoutes({ journal, log, providers }: GatewayContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/stops',
      config: { needs: 'operate' },
      schema: {
        operationId: 'listStops',
        tags: ['stops'],
        summary: 'The stops in force, newest first',
        querystring: stopQuerySchema,
        response: { 200: stopListSchema, ...problems(401, 403, 422, 500, 503) },
      },
      handler: async (request) => {
        const which = request.query.all === 'true' ? 'all' : 'in_force';
        return { items: [...(await journal.stops.list(which, callerOf(request).merchant))] };
      },
    });

    app.route({
      method: 'POST',
      url: '/stops',
      config: { needs: 'operate' },
      schema: {
        operationId: 'addStop',
        tags: ['stops'],
        summary: 'Send nothing new that could move money',
        description:
          'Requests that are on their way are heard out; status queries and callbacks go on; what was not sent waits. ' +
          'A scope that is stopped already: 200, and the stop as it is.',
        body: newStopSchema,
        response: {
          200: madeStopSchema.describe('It was stopped already.'),
          201: madeStopSchema,
          ...problems(400, 401, 403, 413, 415, 422, 500, 503),
        },
      },
      handler: async (request, reply) => {
        const { scope, reason } = request.body;
        requireOwn(scope, callerOf(request));
        requireStoppable(scope, providers);
        const by = doerOf(request);
        const { stop, repeated } = await journal.stops.add({ scope, reason, ...by });
        if (!repeated) log.warn('stopped', { stop: stop.id, scope: wordsOfScope(scope), by: by.actor });
        const unfinished = await within(COUNT_MS, journal.stops.unfinished(scope)).catch((error: unknown) => {
          log.warn('what a stop covers could not be counted', { stop: stop.id, error });
          return undefined;
        });
        return reply.code(repeated ? 200 : 201).send({ stop, repeated, unfinished });
      },
    });

    app.route({
      method: 'POST',
      url: '/stops/:id/resume',
      config: { needs: 'operate' },
      schema: {
        operationId: 'resumeStop',
        tags: ['stops'],
        summary: 'Lift a stop',
        description: 'What it covered is sent again, unless another stop covers it.',
        params: stopParamsSchema,
        body: resumeSchema,
        response: { 200: liftedStopSchema, ...problems(400, 401, 403, 404, 413, 415, 422, 500, 503) },
      },
      handler: async (request) => {
        const by = { ...doerOf(request), reason: request.body.reason };
        const lifted = await journal.stops.resume(request.params.id, by, callerOf(request).merchant);
        if (!lifted)
          throw new NotFoundError('There is no stop with this id. GET /v1/stops has those in force.');
        if (!lifted.repeated) log.warn('resumed', { stop: lifted.stop.id, by: by.actor });
        return lifted;
      },
    });
  };
}
