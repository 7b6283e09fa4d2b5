import { randomUUID } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { PayoutInvalidError } from '../client/errors.js';
import { toProblems } from '../schemas/problems.js';
import { createAuditDesk } from './audit-desk.js';
import { createAuth } from './auth.js';
import { within } from './bounded.js';
import { createCallbackDelivery } from './callback-delivery.js';
import type { GatewayContext } from './context.js';
import type { GatewayDeps } from './deps.js';
import { hideCardFingerprints } from './card-fingerprints.js';
import { answerClientError } from './client-error.js';
import { AddressRefusedError, MethodNotAllowedError, NotFoundError } from './errors.js';
import { createHookPump } from './hook-pump.js';
import { limitOpenDoors, requestLog, setSecurityHeaders } from './hooks.js';
import { createInboxPump } from './inbox-pump.js';
import { parseShallowJson } from './json-body.js';
import { createPurge } from './keep-cvv.js';
import { createLimits } from './limits.js';
import { watchMethods } from './methods.js';
import { createMetrics } from './metrics.js';
import { requireNeeds } from './needs.js';
import { registerOpenApi } from './openapi.js';
import { sendProblem } from './problem-details.js';
import { unreadBecause } from './unread.js';
import { accountRoutes } from './routes/accounts.js';
import { apiKeyRoutes } from './routes/api-keys.js';
import { auditRoutes } from './routes/audit.js';
import { callbackRoutes } from './routes/callbacks.js';
import { correctPayoutRoute } from './routes/correct-payout.js';
import { createPayoutRoute } from './routes/create-payout.js';
import { noticeRoutes } from './routes/notices.js';
import { oneTimeSecretRoutes } from './routes/one-time-secrets.js';
import { payoutCommandRoutes } from './routes/payout-commands.js';
import { paymentCommandRoutes } from './routes/payment-commands.js';
import { paymentRoutes } from './routes/payments.js';
import { readPayoutRoutes } from './routes/read-payouts.js';
import { returnRoutes } from './routes/returns.js';
import { reviewRoutes } from './routes/reviews.js';
import { serviceRoutes } from './routes/service.js';
import { stopRoutes } from './routes/stops.js';
import { storeCardRoute } from './routes/store-card.js';
import { storedCallbackRoutes } from './routes/stored-callbacks.js';
import { storedCardRoutes } from './routes/stored-cards.js';

const BODY_LIMIT = 64 * 1024;
/** How long a request may take to arrive, and how often it is looked who is too slow. */
const ARRIVAL_MS = 15_000;
const SLOW_CHECK_MS = 2_000;
/** Address and headers together. */
const MAX_HEAD_BYTES = 16 * 1024;
const NO_ROUTE = 'No route has this method and address.';
/** Nothing moved on a connection: longer than the longest answer is waited for. */
const IDLE_MS = 120_000;
const MAX_REQUESTS_PER_CONNECTION = 1_000;
const MAX_CONNECTIONS = 5_000;
const CLOSE_MS = 5_000;

/**
 * The HTTP edge: the API under /v1, the doors for providers' callbacks and returning browsers, health and documents.
 * Not listening yet. `close()` waits for requests and callback deliveries under way; client and journal stay open.
 *
 * @example
 * const gateway = await createGateway({ client, signals, journal, providers, sealingKeys, log, checkTemporal });
 * await gateway.listen({ port: 7400, host: '0.0.0.0' });
 */
export async function createGateway(deps: GatewayDeps): Promise<FastifyInstance> {
  if (deps.sealingKeys.keys.some((key) => 'd' in key || 'k' in key)) {
    throw new Error('The gateway was given a private sealing key. Give it the public half only.');
  }
  const metrics = createMetrics();
  const limits = createLimits(deps, metrics);
  const audit = createAuditDesk(deps.journal.audit, deps.log);
  const auth = createAuth(deps.journal.apiKeys, metrics, limits, audit);
  const delivery = createCallbackDelivery(deps, metrics);
  const context: GatewayContext = { ...deps, auth, metrics, limits, delivery };

  const { publicUrl, doors = {} } = deps;
  const { arrivalMs = ARRIVAL_MS, trustedProxies = [] } = doors;

  const app: FastifyInstance = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    requestTimeout: arrivalMs,
    connectionTimeout: IDLE_MS,
    maxRequestsPerSocket: MAX_REQUESTS_PER_CONNECTION,
    http: {
      headersTimeout: arrivalMs,
      connectionsCheckingInterval: Math.min(SLOW_CHECK_MS, arrivalMs),
      maxHeaderSize: MAX_HEAD_BYTES,
    },
    trustProxy: [...trustedProxies],
    clientErrorHandler: answerClientError,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(request, reply, publicUrl);
      // A part of the address that is too long to be anybody's id.
      const isNobody = error.code === 'FST_ERR_MAX_PARAM_LENGTH';
      sendProblem(isNobody ? new NotFoundError(NO_ROUTE) : error, request, reply, deps.log);
    },
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  const methodsOf = watchMethods(app);
  app.setErrorHandler((error, request, reply) => {
    const why = unreadBecause(error);
    if (why) metrics.requestRefused(why);
    sendProblem(error, request, reply, deps.log);
  });
  const nothingAt = (url: string): Error => {
    const allowed = methodsOf(url.replace(/\?.*$/, ''));
    return allowed.length > 0 ? new MethodNotAllowedError(allowed) : new NotFoundError(NO_ROUTE);
  };
  app.setNotFoundHandler(({ url }) => {
    throw nothingAt(url);
  });
  app.setValidatorCompiler<z.ZodType>(({ schema }) => (data: unknown) => {
    // Fastify says null where there is no body.
    const result = schema.safeParse(data ?? undefined);
    return result.success
      ? { value: result.data }
      : { error: new PayoutInvalidError(toProblems(result.error)) };
  });
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.addHook('onRequest', async (request, reply) => setSecurityHeaders(request, reply, publicUrl));
  requestLog(app, deps.log, metrics);
  limitOpenDoors(app, limits);
  // At once: nobody reads a body that nobody asked for.
  app.addHook('onRequest', async ({ is404, url }) => {
    if (is404) throw nothingAt(url);
  });

  requireNeeds(app);
  await registerOpenApi(app, publicUrl);
  await app.register(
    async (v1) => {
      v1.removeContentTypeParser('text/plain');
      parseShallowJson(v1);
      v1.addHook('onRequest', async (request) => {
        if (doors.mayCall?.(request.ip) ?? true) return;
        limits.unproven(request, 'page');
        metrics.requestRefused('address');
        throw new AddressRefusedError('The API may not be called from this address. Ask an operator.');
      });
      auth.protect(v1);
      hideCardFingerprints(v1);
      audit.watch(v1);
      await v1.register(createPayoutRoute(context));
      await v1.register(readPayoutRoutes(context));
      await v1.register(payoutCommandRoutes(context));
      await v1.register(reviewRoutes(context));
      await v1.register(correctPayoutRoute(context));
      await v1.register(storedCallbackRoutes(context));
      await v1.register(noticeRoutes(context));
      await v1.register(storeCardRoute(context));
      await v1.register(storedCardRoutes(context));
      await v1.register(paymentRoutes(context));
      await v1.register(paymentCommandRoutes(context));
      await v1.register(oneTimeSecretRoutes(context));
      await v1.register(accountRoutes(context));
      await v1.register(apiKeyRoutes(context));
      await v1.register(auditRoutes(context));
      await v1.register(stopRoutes(context));
    },
    { prefix: '/v1' },
  );
  await app.register(callbackRoutes(context));
  await app.register(returnRoutes(context));
  await app.register(serviceRoutes(context));

  const pump = createInboxPump(deps.journal.inbox, delivery, deps.log, deps.inboxPump);
  const hookPump = deps.hook && createHookPump(deps.journal.outbox, deps.hook, deps.log, metrics);
  const purge = createPurge(deps.journal, deps.log);
  app.addHook('onReady', async () => {
    pump.start();
    hookPump?.start();
    purge.start();
  });
  app.addHook('onClose', async () => {
    purge.stop();
    // What does not end in time stays in the inbox for the next process.
    await within(CLOSE_MS, Promise.all([pump.stop(), hookPump?.stop(), delivery.idle()])).catch(
      () => undefined,
    );
  });
  return app;
}
