import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { TooSlowError, within } from '../bounded.js';
import type { GatewayContext } from '../context.js';
import { problems } from '../responses.js';

const CHECK_MS = 2_000;

const checkSchema = z.object({
  name: z.string(),
  ok: z.boolean(),
  words: z.string().meta({ examples: ['answers', 'does not answer within 2000 ms'] }),
});
const readySchema = z.object({ ready: z.boolean(), checks: z.array(checkSchema) }).meta({ id: 'Readiness' });
type Check = z.output<typeof checkSchema>;

const jwkSchema = z.looseObject({ kty: z.string().meta({ examples: ['EC'] }), kid: z.string().optional() });
const jwksSchema = z
  .object({ keys: z.array(jwkSchema) })
  .meta({ id: 'Jwks', description: 'RFC 7517. The first key seals.' });

/** Health, readiness, measurements and public keys. */
export function serviceRoutes(context: GatewayContext): FastifyPluginAsyncZod {
  const { journal, checkTemporal, metrics, log, sealingKeys } = context;

  /** Says little to the outside; the log has the rest. */
  async function check(name: string, ask: () => Promise<void>): Promise<Check> {
    try {
      await within(CHECK_MS, ask());
      return { name, ok: true, words: 'answers' };
    } catch (error) {
      log.warn('not ready', { check: name, error: error instanceof Error ? error.message : 'unknown error' });
      const words =
        error instanceof TooSlowError ? error.message : 'cannot be used: see the log of the gateway';
      return { name, ok: false, words };
    }
  }

  /** However many ask, nobody is asked twice at once: this door is open to all. */
  let underWay: Promise<Check[]> | undefined;
  function checkAll(): Promise<Check[]> {
    underWay ??= Promise.all([
      check('journal', () => journal.check()),
      check('temporal', () => checkTemporal()),
    ]).finally(() => (underWay = undefined));
    return underWay;
  }

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/healthz',
      schema: {
        operationId: 'health',
        tags: ['service'],
        summary: 'The process lives',
        security: [],
        response: { 200: z.object({ alive: z.literal(true) }).meta({ id: 'Health' }) },
      },
      handler: async () => ({ alive: true as const }),
    });

    app.route({
      method: 'GET',
      url: '/readyz',
      schema: {
        operationId: 'readiness',
        tags: ['service'],
        summary: 'Journal and Temporal answer',
        security: [],
        response: { 200: readySchema, 503: readySchema.describe('At least one does not answer.') },
      },
      handler: async (_request, reply) => {
        const checks = await checkAll();
        const ready = checks.every(({ ok }) => ok);
        return reply.code(ready ? 200 : 503).send({ ready, checks });
      },
    });

    app.route({
      method: 'GET',
      url: '/metrics',
      schema: {
        operationId: 'metrics',
        tags: ['service'],
        summary: 'Measurements for Prometheus',
        security: [],
        response: {
          200: { description: 'Exposition format.', content: { 'text/plain': { schema: z.string() } } },
        },
      },
      handler: async (_request, reply) =>
        reply.header('content-type', metrics.registry.contentType).send(await metrics.registry.metrics()),
    });

    app.route({
      method: 'GET',
      url: '/.well-known/jwks.json',
      schema: {
        operationId: 'sealingKeys',
        tags: ['service'],
        summary: 'The public keys to seal card numbers with',
        security: [],
        response: { 200: jwksSchema, ...problems() },
      },
      handler: async (_request, reply) => {
        reply.header('cache-control', 'public, max-age=300');
        return reply.send({ keys: sealingKeys.keys.map(({ kty = 'EC', ...key }) => ({ kty, ...key })) });
      },
    });

    app.route({
      method: 'GET',
      url: '/openapi.json',
      schema: {
        operationId: 'openapi',
        tags: ['service'],
        summary: 'This document',
        security: [],
        response: { 200: z.looseObject({ openapi: z.string() }).describe('OpenAPI 3.1'), ...problems() },
      },
      handler: async (_request, reply) => reply.send({ ...app.swagger(), openapi: '3.1.0' }),
    });
  };
}
