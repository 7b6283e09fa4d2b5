import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PayoutInvalidError } from '../../client/errors.js';
import { beyond, mayDo, PERMISSIONS, type Powers } from '../../domain/roles.js';
import {
  apiKeyListSchema,
  apiKeyParamsSchema,
  DEFAULT_GRACE_SECS,
  issuedApiKeySchema,
  newApiKeySchema,
  revokeQuerySchema,
  rotateBodySchema,
} from '../../schemas/api-keys.js';
import type { IssuedApiKey } from '../../journal/api-keys-port.js';
import { callerOf, doerOf } from '../caller.js';
import type { GatewayContext } from '../context.js';
import { ForbiddenError, NotFoundError } from '../errors.js';
import { problems } from '../responses.js';

/** The keys to this API. Nobody hands out more than the own key can do; a merchant's key sees those of its merchant. */
export function apiKeyRoutes({ journal, auth, log }: GatewayContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api-keys',
      config: { needs: 'keys' },
      schema: {
        operationId: 'listApiKeys',
        tags: ['api-keys'],
        summary: 'All keys, without their secrets',
        response: { 200: apiKeyListSchema, ...problems(401, 403, 500, 503) },
      },
      handler: async (request) => {
        const keys = await journal.apiKeys.list(callerOf(request).merchant);
        return { items: keys.map(({ roles, ...key }) => ({ ...key, roles: [...roles] })) };
      },
    });

    app.route({
      method: 'POST',
      url: '/api-keys',
      config: { needs: 'keys' },
      schema: {
        operationId: 'addApiKey',
        tags: ['api-keys'],
        summary: 'Make a key; its secret is shown this once',
        description:
          'Never one that can do more than the key that makes it, for another merchant, or for longer.',
        body: newApiKeySchema,
        response: { 201: issuedApiKeySchema, ...problems(400, 401, 403, 413, 415, 422, 500, 503) },
      },
      handler: async (request, reply) => {
        const caller = callerOf(request);
        const asked = { ...request.body, merchant: request.body.merchant ?? caller.merchant };
        if (asked.expiresAt !== undefined && Date.parse(asked.expiresAt) <= Date.now()) {
          const remedy = 'Give a time in the future, or leave it out.';
          throw new PayoutInvalidError([{ field: 'expiresAt', problem: 'is over already', remedy }]);
        }
        refuseBeyond(caller, asked);
        const issued = await journal.apiKeys.add(asked, doerOf(request));
        log.info('api key added', { keyId: issued.key.id, roles: issued.key.roles, by: caller.id });
        return reply.code(201).send(shown(issued));
      },
    });

    app.route({
      method: 'POST',
      url: '/api-keys/:id/rotate',
      config: { needs: 'keys' },
      schema: {
        operationId: 'rotateApiKey',
        tags: ['api-keys'],
        summary: 'Give a key a new secret; it is shown this once',
        description:
          'The former secret works for a day, or as long as you say. The key stays the same: its id, roles and history.',
        params: apiKeyParamsSchema,
        body: rotateBodySchema,
        response: { 200: issuedApiKeySchema, ...problems(400, 401, 403, 404, 413, 415, 422, 500, 503) },
      },
      handler: async (request) => {
        const { params, body } = request;
        const caller = callerOf(request);
        const key = await journal.apiKeys.find(params.id, caller.merchant);
        if (!key) throw noSuchKey();
        // Whoever sees the secret can do what the key can do.
        refuseBeyond(caller, key);
        const { graceSecs = DEFAULT_GRACE_SECS, reason } = body;
        const issued = await journal.apiKeys.rotate(key.id, { graceSecs, reason }, doerOf(request));
        if (!issued) throw noSuchKey();
        auth.forget();
        log.info('api key rotated', { keyId: key.id, graceSecs, by: caller.id });
        return shown(issued);
      },
    });

    app.route({
      method: 'DELETE',
      url: '/api-keys/:id',
      config: { needs: 'keys' },
      schema: {
        operationId: 'revokeApiKey',
        tags: ['api-keys'],
        summary: 'Revoke a key',
        description: 'Works at once here, and within seconds in every other gateway process.',
        params: apiKeyParamsSchema,
        querystring: revokeQuerySchema,
        response: {
          204: z.null().meta({ description: 'It opens nothing any more.' }),
          ...problems(401, 403, 404, 422, 500, 503),
        },
      },
      handler: async (request, reply) => {
        const { params, query } = request;
        const caller = callerOf(request);
        const by = { ...doerOf(request), reason: query.reason };
        if (!(await journal.apiKeys.revoke(params.id, by, caller.merchant))) throw noSuchKey();
        auth.forget();
        log.info('api key revoked', { keyId: params.id, by: caller.id });
        return reply.code(204).send(null);
      },
    });
  };
}

function shown({ key: { roles, ...key }, secret }: IssuedApiKey) {
  return { key: { ...key, roles: [...roles] }, secret };
}

/** @throws ForbiddenError that says what would be too much */
function refuseBeyond(own: Powers, asked: Powers): void {
  const [first] = beyond(own, asked);
  if (first !== undefined) throw new ForbiddenError(TOO_MUCH[first](own));
}

const TOO_MUCH = {
  roles: (own: Powers) =>
    `Nobody gives more than the own key has: yours may ${PERMISSIONS.filter((one) => mayDo(own, one)).join(', ')} ` +
    `(roles ${own.roles.join(', ')}). Have a key with these roles make it.`,
  merchant: ({ merchant }: Powers) =>
    `This key acts for merchant ${merchant} and hands out keys of that one alone.`,
  expiresAt: ({ expiresAt }: Powers) =>
    `This key ends at ${expiresAt}, and so must what it hands out: give expiresAt.`,
};

function noSuchKey(): NotFoundError {
  return new NotFoundError(
    'There is no live API key with this id. GET /v1/api-keys lists those that you may see.',
  );
}
