import { randomUUID } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { PayoutInvalidError } from '../client/errors.js';
import { toProblems } from '../schemas/problems.js';
import { createAuth } from './auth.js';
import { within } from './bounded.js';
import { createCallbackDelivery } from './callback-delivery.js';
import type { GatewayContext } from './context.js';
import type { GatewayDeps } from './deps.js';
import { NotFoundError } from './errors.js';
import { requestLog, securityHeaders } from './hooks.js';
import { createInboxPump } from './inbox-pump.js';
import { parseShallowJson } from './json-body.js';
import { createPurge } from './keep-cvv.js';
import { createMetrics } from './metrics.js';
import { registerOpenApi } from './openapi.js';
import { sendProblem } from './problem-details.js';
import { unreadBecause } from './unread.js';
import { accountRoutes } from './routes/accounts.js';
import { apiKeyRoutes } from './routes/api-keys.js';
import { callbackRoutes } from './routes/callbacks.js';
import { createPayoutRoute } from './routes/create-payout.js';
import { oneTimeSecretRoutes } from './routes/one-time-secrets.js';
import { payoutCommandRoutes } from './routes/payout-commands.js';
import { paymentCommandRoutes } from './routes/payment-commands.js';
import { paymentRoutes } from './routes/payments.js';
import { readPayoutRoutes } from './routes/read-payouts.js';
import { returnRoutes } from './routes/returns.js';
import { serviceRoutes } from './routes/service.js';
import { storeCardRoute } from './routes/store-card.js';
import { storedCardRoutes } from './routes/stored-cards.js';

const BODY_LIMIT = 64 * 1024;
const REQUEST_MS = 15_000;
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
  const auth = createAuth(deps.journal.apiKeys, metrics);
  const delivery = createCallbackDelivery(deps, metrics);
  const context: GatewayContext = { ...deps, auth, metrics, delivery };

  const app: FastifyInstance = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_MS,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply, deps.log),
  });
  app.setErrorHandler((error, request, reply) => {
    const why = unreadBecause(error);
    if (why) metrics.requestRefused(why);
    sendProblem(error, request, reply, deps.log);
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new NotFoundError('No route has this method and address.'), request, reply, deps.log),
  );
  app.setValidatorCompiler<z.ZodType>(({ schema }) => (data: unknown) => {
    // Fastify says null where there is no body.
    const result = schema.safeParse(data ?? undefined);
    return result.success
      ? { value: result.data }
      : { error: new PayoutInvalidError(toProblems(result.error)) };
  });
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  securityHeaders(app, deps.publicUrl);
  requestLog(app, deps.log, metrics);

  await registerOpenApi(app, deps.publicUrl);
  await app.register(
    async (v1) => {
      v1.removeContentTypeParser('text/plain');
      parseShallowJson(v1);
      auth.protect(v1);
      await v1.register(createPayoutRoute(context));
      await v1.register(readPayoutRoutes(context));
      await v1.register(payoutCommandRoutes(context));
      await v1.register(storeCardRoute(context));
      await v1.register(storedCardRoutes(context));
      await v1.register(paymentRoutes(context));
      await v1.register(paymentCommandRoutes(context));
      await v1.register(oneTimeSecretRoutes(context));
      await v1.register(accountRoutes(context));
      await v1.register(apiKeyRoutes(context));
    },
    { prefix: '/v1' },
  );
  await app.register(callbackRoutes(context));
  await app.register(returnRoutes(context));
  await app.register(serviceRoutes(context));

  const pump = createInboxPump(deps.journal.inbox, delivery, deps.log, deps.inboxPump);
  const purge = createPurge(deps.journal, deps.log);
  app.addHook('onReady', async () => {
    pump.start();
    purge.start();
  });
  app.addHook('onClose', async () => {
    purge.stop();
    // What does not end in time stays in the inbox for the next process.
    await within(CLOSE_MS, Promise.all([pump.stop(), delivery.idle()])).catch(() => undefined);
  });
  return app;
}
