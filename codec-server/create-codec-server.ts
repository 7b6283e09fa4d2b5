import { randomUUID } from 'node:crypto';
import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiKey, ApiKeys } from '../journal/api-keys-port.js';
import type { PayloadKeys } from '../secrets/payload-keys.js';
import { createAttempts } from './attempts.js';
import { sessionCookie } from './cookie.js';
import { allowOrigin } from './cors.js';
import { decodePayloads, payloadsSchema } from './decode-payloads.js';
import { loggedInPage, loginPage, PAGE_POLICY } from './login-page.js';
import { createReaders, type Refusal } from './readers.js';
import { createSessions } from './sessions.js';

export interface CodecServerDeps {
  readonly payloadKeys: PayloadKeys;
  readonly apiKeys: Pick<ApiKeys, 'verify' | 'find'>;
  /** Of the requests that do not name theirs. */
  readonly namespace: string;
  /** Where people open the Temporal UI: the one page that may ask with a browser's session. */
  readonly uiUrl: string;
  /** How browsers reach this server. By https: the session is sent by https alone. */
  readonly publicUrl?: string | undefined;
  /** Addresses and networks whose X-Forwarded-For is believed. @default none */
  readonly trustedProxies?: readonly string[] | undefined;
  readonly log: CodecServerLog;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who may read what is sent with it. */
    payloadReader?: ApiKey | undefined;
  }
}

/** The part of a winston logger that is used here. */
export interface CodecServerLog {
  info(message: string, meta?: object): unknown;
  warn(message: string, meta?: object): unknown;
  error(message: string, meta?: object): unknown;
}

/** More than Temporal ever sends at once: 4 MB, as base64. */
const BODY_LIMIT = 8 * 1024 * 1024;
const LOGIN_LIMIT = 1024;
const REQUEST_MS = 15_000;
/** It serves a handful of people. */
const MAX_CONNECTIONS = 500;

const REFUSALS: Readonly<Record<Refusal, readonly [status: number, words: string]>> = {
  missing: [401, 'Log in at /login, or send the header "Authorization: Bearer payk_…" with an API key.'],
  unknown: [401, 'The API key opens nothing. Ask an admin for another one.'],
  role: [
    403,
    'This API key may not read payloads. Use one for all merchants with the role operate or approve.',
  ],
  too_often: [429, 'Too many attempts failed. Wait a minute.'],
  foreign_page: [403, 'Only the Temporal UI may use a session.'],
};

const loginSchema = z.object({ key: z.string().min(1) });

/**
 * Temporal's "remote codec": decrypts payloads for those who may see them. Not listening yet; the journal stays open.
 *
 * @example
 * const server = await createCodecServer({ payloadKeys, apiKeys: journal.apiKeys, namespace, uiUrl, log });
 * await server.listen({ port: 7401, host: '127.0.0.1' });
 */
export async function createCodecServer(deps: CodecServerDeps): Promise<FastifyInstance> {
  const { payloadKeys, apiKeys, namespace: ownNamespace, uiUrl, publicUrl, trustedProxies = [], log } = deps;
  const uiOrigin = new URL(uiUrl).origin;
  const cookie = sessionCookie(publicUrl?.startsWith('https:') === true);
  const sessions = createSessions();
  const readers = createReaders({ apiKeys, sessions, attempts: createAttempts(), cookie, uiOrigin });

  const app: FastifyInstance = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_MS,
    trustProxy: [...trustedProxies],
    exposeHeadRoutes: false,
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  await app.register(formbody, { bodyLimit: LOGIN_LIMIT });
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error: unknown, request, reply) => sendError(error, request, reply));
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'There is nothing here.' }));
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'cache-control': 'no-store',
      'content-security-policy': PAGE_POLICY,
      // With no-referrer a browser hides the origin of our own form, too.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });
  allowOrigin(app, '/decode', uiOrigin);

  app.decorateRequest('payloadReader', undefined);
  // Before the body: nobody reads megabytes of a stranger.
  const letIn = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const reader = await readers.readerOf(request);
    if (typeof reader === 'string') return refuse(request, reply, reader);
    request.payloadReader = reader;
    return undefined;
  };

  app.post('/decode', { onRequest: letIn }, async (request, reply) => {
    const reader = request.payloadReader;
    const body = payloadsSchema.safeParse(request.body);
    if (!body.success) return reply.code(400).send({ error: 'Send {"payloads":[{"metadata":…,"data":…}]}.' });
    const named = request.headers['x-namespace'];
    const namespace = typeof named === 'string' && named !== '' ? named : ownNamespace;
    const { payloads, unreadable } = await decodePayloads(body.data.payloads, payloadKeys, namespace);
    log.info('payloads decoded', {
      ...traceOf(request),
      keyId: reader?.id,
      by: reader?.name,
      namespace,
      payloads: payloads.length,
      unreadable,
    });
    return { payloads };
  });

  app.get('/', async (_request, reply) => reply.redirect('/login', 303));
  app.get('/healthz', async () => ({ alive: true }));
  app.get('/login', async (request, reply) => {
    const session = readers.sessionOf(request);
    return html(reply, session ? loggedInPage(session, uiUrl) : loginPage());
  });

  app.post('/login', { bodyLimit: LOGIN_LIMIT }, async (request, reply) => {
    if (!isOwnPage(request)) return refuse(request, reply, 'foreign_page');
    const form = loginSchema.safeParse(request.body);
    const key = form.success ? await readers.tryKey(form.data.key.trim(), request.ip) : 'missing';
    if (typeof key === 'string') {
      warn('login refused', request, key);
      const [status, words] = REFUSALS[key];
      return html(reply.code(status), loginPage(key === 'missing' ? 'Type an API key.' : words));
    }
    log.info('logged in', { ...traceOf(request), keyId: key.id, by: key.name });
    return reply.header('set-cookie', cookie.set(sessions.open(key))).redirect('/login', 303);
  });

  app.post('/logout', { bodyLimit: LOGIN_LIMIT }, async (request, reply) => {
    if (!isOwnPage(request)) return refuse(request, reply, 'foreign_page');
    const token = cookie.read(request.headers.cookie);
    if (token !== undefined) sessions.close(token);
    return reply.header('set-cookie', cookie.clear()).redirect('/login', 303);
  });
  return app;

  function refuse(request: FastifyRequest, reply: FastifyReply, why: Refusal): FastifyReply {
    warn('payloads refused', request, why);
    const [status, error] = REFUSALS[why];
    if (status === 401) reply.header('www-authenticate', 'Bearer realm="payouts"');
    if (status === 429) reply.header('retry-after', '60');
    return reply.code(status).send({ error });
  }

  /** What anybody can have said as often as they like shall not fill the disk. */
  function warn(words: string, request: FastifyRequest, why: Refusal): void {
    if (why !== 'missing' && why !== 'too_often') log.warn(words, { ...traceOf(request), why });
  }

  function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const status = statusOf(error);
    if (status < 500) return reply.code(status).send({ error: 'The request cannot be read.' });
    const words = error instanceof Error ? { name: error.name, message: error.message } : {};
    log.error('request failed', { ...traceOf(request), error: words });
    return reply.code(503).send({ error: 'The journal does not answer. Try again.' });
  }
}

/** Forms come from our own page: another one must not log anybody in or out. */
function isOwnPage({ headers: { origin, host } }: FastifyRequest): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

function traceOf({ id, ip }: FastifyRequest): { requestId: string; ip: string } {
  return { requestId: id, ip };
}

function html(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}

function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}
