import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayLog } from './deps.js';
import type { Limits } from './limits.js';
import type { GatewayMetrics } from './metrics.js';

/** Asked every few seconds by machines: measured, but not logged. */
const QUIET = new Set(['/healthz', '/readyz', '/metrics']);

const PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The few headers that keep browsers from doing more than they should. The pages under /docs set their own policy. */
export function setSecurityHeaders(
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string | undefined,
): void {
  reply.headers({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'x-request-id': request.id,
  });
  if (!request.routeOptions.url?.startsWith('/docs')) reply.header('content-security-policy', PAGE_POLICY);
  if (publicUrl?.startsWith('https:')) reply.header('strict-transport-security', 'max-age=31536000');
}

/** What is open to all is limited for each address. Callbacks and the API have their own counts; probes have none. */
export function limitOpenDoors(app: FastifyInstance, limits: Limits): void {
  app.addHook('onRequest', async (request) => {
    const route = request.routeOptions.url ?? '';
    if (QUIET.has(route) || route.startsWith('/v1/') || route.startsWith('/callbacks/')) return;
    limits.unproven(request, 'page');
  });
}

/** One line and one measurement for each request: never bodies, query strings, addresses as sent, or authorization. */
export function requestLog(app: FastifyInstance, log: GatewayLog, metrics: GatewayMetrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const ms = Math.round(reply.elapsedTime);
    metrics.http(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    if (QUIET.has(route) && reply.statusCode < 400) return;
    // Counted and said once in a while by the limit itself: a flood shall not fill the disk.
    if (reply.statusCode === 429) return;
    const keyId = request.apiKey?.id;
    const line = { requestId: request.id, method: request.method, route, status: reply.statusCode, ms };
    log.info('request', keyId === undefined ? line : { ...line, keyId });
  });
}
