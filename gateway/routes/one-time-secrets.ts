import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { keptSecretSchema, oneTimeSecretBodySchema } from '../../schemas/accounts.js';
import type { GatewayContext } from '../context.js';
import { CVV_KEPT_MS, keepCvvIn } from '../keep-cvv.js';
import { problems } from '../responses.js';

const BODY_LIMIT = 8 * 1024;

/** `POST /v1/one-time-secrets`: the way of a CVV for callers who seal cards themselves. */
export function oneTimeSecretRoutes({ journal }: GatewayContext): FastifyPluginAsyncZod {
  const keep = keepCvvIn(journal);
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/one-time-secrets',
      bodyLimit: BODY_LIMIT,
      config: { needs: 'create' },
      schema: {
        operationId: 'keepOneTimeSecret',
        tags: ['stored-cards'],
        summary: 'Hand over a sealed CVV for one use',
        description:
          'Deleted when the card is sent to the provider, or after ten minutes. Only a worker can open it, and only ' +
          'for the card that it was sealed for.',
        body: oneTimeSecretBodySchema,
        response: { 201: keptSecretSchema, ...problems(400, 401, 403, 413, 415, 422, 500, 503) },
      },
      handler: async (request, reply) => {
        const id = await keep(request.body.sealed);
        return reply.code(201).send({ id, expiresInSecs: CVV_KEPT_MS / 1000 });
      },
    });
  };
}
