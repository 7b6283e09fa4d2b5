import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  apiKeyListSchema,
  apiKeyParamsSchema,
  issuedApiKeySchema,
  newApiKeySchema,
} from '../../schemas/api-keys.js';
import type { GatewayContext } from '../context.js';
import { NotFoundError } from '../errors.js';
import { problems } from '../responses.js';

/** The keys to this API: operators only. */
export function apiKeyRoutes({ journal, auth, log }: GatewayContext): FastifyPluginAsyncZod {
  return async (app) => {
    // Before the body is looked at: others learn nothing of this API.
    app.addHook('onRequest', async (request) => void auth.requireOperator(request));

    app.route({
      method: 'GET',
      url: '/api-keys',
      schema: {
        operationId: 'listApiKeys',
        tags: ['api-keys'],
        summary: 'All keys, without their secrets',
        response: { 200: apiKeyListSchema, ...problems(401, 403, 500, 503) },
      },
      handler: async () => ({ items: [...(await journal.apiKeys.list())] }),
    });

    app.route({
      method: 'POST',
      url: '/api-keys',
      schema: {
        operationId: 'addApiKey',
        tags: ['api-keys'],
        summary: 'Make a key; its secret is shown this once',
        body: newApiKeySchema,
        response: { 201: issuedApiKeySchema, ...problems(400, 401, 403, 413, 415, 422, 500, 503) },
      },
      handler: async (request, reply) => {
        const issued = await journal.apiKeys.add(request.body);
        log.info('api key added', {
          keyId: issued.key.id,
          role: issued.key.role,
          by: auth.requireOperator(request).id,
        });
        return reply.code(201).send(issued);
      },
    });

    app.route({
      method: 'DELETE',
      url: '/api-keys/:id',
      schema: {
        operationId: 'revokeApiKey',
        tags: ['api-keys'],
        summary: 'Revoke a key',
        description: 'Works at once here, and within seconds in every other gateway process.',
        params: apiKeyParamsSchema,
        response: {
          204: z.null().meta({ description: 'It opens nothing any more.' }),
          ...problems(401, 403, 404, 500, 503),
        },
      },
      handler: async (request, reply) => {
        const revoked = await journal.apiKeys.revoke(request.params.id);
        if (!revoked) throw new NotFoundError('There is no live API key with this id.');
        auth.forget();
        log.info('api key revoked', { keyId: request.params.id, by: auth.requireOperator(request).id });
        return reply.code(204).send(null);
      },
    });
  };
}
