import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ACCOUNT_PATTERN, type AccountId } from '../../domain/ids.js';
import type { Acknowledgement, CallbackReading, PayoutProvider, RawCallback } from '../../providers/port.js';
import { within } from '../bounded.js';
import type { GatewayContext } from '../context.js';
import { NotFoundError, UnavailableError } from '../errors.js';
import { problems } from '../responses.js';

const STORE_MS = 10_000;
const METHODS = ['GET', 'POST'] as const;

/** Secrets that a callback's headers may carry and that its signature does not need: not kept. */
const NOT_KEPT = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** `/callbacks/:account`: a hint until proven, stored before it is acknowledged (design rule 5). */
export function callbackRoutes(context: GatewayContext): FastifyPluginAsyncZod {
  const { providers, journal, delivery, metrics, log } = context;

  function readingOf(provider: PayoutProvider, raw: RawCallback): CallbackReading {
    try {
      return provider.readCallback(raw);
    } catch (error) {
      metrics.callback(provider.account, 'unreadable');
      throw error;
    }
  }

  async function receive(
    account: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const provider = providers.get(account as AccountId);
    if (!provider) throw new NotFoundError('There is no such account.');
    const raw = rawCallback(request);
    const reading = readingOf(provider, raw);
    if (reading.kind === 'refused') {
      metrics.callback(account, 'refused');
      log.warn('callback refused', { requestId: request.id, account, why: reading.why });
      return answer(reply, reading.answer);
    }
    const { orderId, dedupeKey, proof } = reading;
    const kept = { ...raw, headers: keptHeaders(raw.headers) };
    try {
      const entry = { account: provider.account, orderId, dedupeKey, proof, raw: kept };
      const { callback, repeated } = await within(STORE_MS, journal.inbox.store(entry));
      metrics.callback(account, repeated ? 'repeated' : 'accepted');
      if (callback.state === 'received') delivery.start(callback);
    } catch (error) {
      metrics.callback(account, 'unavailable');
      const words = error instanceof Error ? error.message : 'unknown error';
      log.error('callback not stored', { requestId: request.id, account, error: words });
      throw new UnavailableError('The callback could not be stored: send it again.');
    }
    return answer(reply, reading.acknowledge);
  }

  return async (app) => {
    // A signature covers the bytes as they came.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    for (const method of METHODS) {
      app.route({
        method,
        url: '/callbacks/:account',
        schema: {
          operationId: `receiveCallback${method === 'GET' ? 'Get' : 'Post'}`,
          tags: ['providers'],
          summary: "A provider's callback",
          description:
            'In the form of the provider. Stored before it is acknowledged; a repeat is acknowledged again.',
          security: [],
          params: z.object({ account: z.string().meta({ pattern: ACCOUNT_PATTERN.source }) }),
          response: {
            200: {
              description:
                "The provider's own form of acknowledgement; status and content type are the adapter's too.",
              content: { 'text/plain': { schema: z.string() } },
            },
            ...problems(404, 413, 500, 503),
          },
        },
        handler: async (request, reply) => {
          await receive(request.params.account, request, reply);
          return reply;
        },
      });
    }
  };
}

function answer(reply: FastifyReply, { status, contentType, body }: Acknowledgement): FastifyReply {
  return reply.code(status).header('content-type', contentType).send(Buffer.from(body));
}

function rawCallback(request: FastifyRequest): RawCallback {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: request.method === 'GET' ? 'GET' : 'POST',
    url: request.raw.url ?? request.url,
    headers,
    body: Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : new Uint8Array(),
  };
}

function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_KEPT.has(name)));
}
