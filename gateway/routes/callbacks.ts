import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ACCOUNT_PATTERN, type AccountId } from '../../domain/ids.js';
import type { Acknowledgement, RawCallback } from '../../providers/port.js';
import type { Provider } from '../../providers/provider.js';
import { within } from '../bounded.js';
import type { GatewayContext } from '../context.js';
import { AddressRefusedError, NotFoundError, TooDeepError, UnavailableError } from '../errors.js';
import { nestsTooDeeply } from '../json-body.js';
import { sendProblem } from '../problem-details.js';
import { readCallback, type ReadCallback } from '../read-callback.js';
import { problems } from '../responses.js';
import { unreadBecause } from '../unread.js';

const STORE_MS = 10_000;
const METHODS = ['GET', 'POST'] as const;

/** Either of the gateway, or of the adapter, which knows what its provider understands. */
const REFUSALS = Object.fromEntries(
  ([400, 401, 403, 404, 405] as const).map((status) => {
    const { description, content } = problems(status)[status];
    return [status, { description, content: { ...content, 'text/plain': { schema: z.string() } } }] as const;
  }),
);

/** Secrets that a callback's headers may carry and that its signature does not need: not kept. */
const NOT_KEPT = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** `/callbacks/:account`: a hint until proven, stored before it is acknowledged (money rule 5). */
export function callbackRoutes(context: GatewayContext): FastifyPluginAsyncZod {
  const { providers, journal, delivery, metrics, limits, log, doors } = context;

  function readingOf(provider: Provider, raw: RawCallback): ReadCallback {
    try {
      return readCallback(provider, raw);
    } catch (error) {
      metrics.callback(provider.account, 'unreadable');
      metrics.callbackRefused(provider.account, 'unreadable');
      throw error;
    }
  }

  async function receive(
    account: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const provider = providers.get(account as AccountId);
    if (!provider) {
      metrics.callbackRefused('none', 'unknown_account');
      limits.unproven(request, 'callback');
      throw new NotFoundError('There is no such account.');
    }
    if (!(doors?.mayCallBack?.(provider.account, request.ip) ?? true)) {
      metrics.callback(account, 'refused');
      metrics.callbackRefused(account, 'address');
      limits.unproven(request, 'callback', account);
      log.warn('callback refused', { requestId: request.id, account, why: 'address', from: request.ip });
      throw new AddressRefusedError('Callbacks for this account are not taken from this address.');
    }
    const raw = rawCallback(request);
    if (looksLikeJson(raw.body) && nestsTooDeeply(Buffer.from(raw.body).toString('latin1'))) {
      throw new TooDeepError();
    }
    const reading = readingOf(provider, raw);
    if (reading.kind === 'refused') {
      metrics.callback(account, 'refused');
      metrics.callbackRefused(account, 'unproven');
      // Never before the proof was looked for: whoever has one is heard, whatever else comes from its address.
      if (reading.answer.status >= 400) limits.unproven(request, 'callback', account);
      log.warn('callback refused', { requestId: request.id, account, why: reading.why });
      return answer(reply, reading.answer);
    }
    const kept = { ...raw, headers: keptHeaders(raw.headers) };
    try {
      const entry = await reading.entry(kept, context.sealingKeys);
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

  /** A stranger's account names would make as many measurements as a stranger likes. */
  function countUnread(error: unknown, request: FastifyRequest): void {
    const why = unreadBecause(error);
    if (why !== 'too_large' && why !== 'too_deep') return;
    const named = (request.params as { account?: string }).account ?? '';
    const account = providers.has(named as AccountId) ? named : 'none';
    metrics.callbackRefused(account, why);
    limits.unproven(request, 'callback', account);
    log.warn('callback refused', { requestId: request.id, account, why });
  }

  return async (app) => {
    app.setErrorHandler((error, request, reply) => {
      try {
        countUnread(error, request);
        sendProblem(error, request, reply, log);
      } catch (tooMany) {
        sendProblem(tooMany, request, reply, log);
      }
    });
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
            ...problems(413, 500, 503),
            ...REFUSALS,
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

/** Whoever the adapter is, it must be able to walk what it parses. */
function looksLikeJson(body: Uint8Array): boolean {
  const first = body.find((byte) => byte > 0x20);
  return first === 0x7b || first === 0x5b;
}

function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_KEPT.has(name)));
}
