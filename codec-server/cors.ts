import type { FastifyInstance } from 'fastify';

/** Lets the pages of one origin ask `path`, with their user's session, and nobody else's. */
export function allowOrigin(app: FastifyInstance, path: string, uiOrigin: string): void {
  app.addHook('onRequest', async ({ headers, routeOptions }, reply) => {
    if (routeOptions.url !== path) return;
    reply.header('vary', 'Origin');
    if (headers.origin !== uiOrigin) return;
    reply.headers({ 'access-control-allow-origin': uiOrigin, 'access-control-allow-credentials': 'true' });
  });
  app.options(path, async ({ headers }, reply) => {
    if (headers.origin !== uiOrigin) return reply.code(403).send();
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'authorization, content-type, x-namespace',
        'access-control-max-age': '600',
      })
      .send();
  });
}
