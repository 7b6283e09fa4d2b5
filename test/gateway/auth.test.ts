import fastify, { type RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../domain/roles.js';
import { requireNeeds } from '../../gateway/needs.js';
import type { IssuedApiKey, NewApiKey } from '../../journal/api-keys-port.js';
import { payoutBody, shop, startGateway, type Harness } from './harness.js';

let gateway: Harness;
beforeAll(async () => {
  gateway = await startGateway();
  await gateway.ask('POST', '/v1/payouts', { key: gateway.keys.a, body: payoutBody('p-1') });
});
afterAll(() => gateway.close());

it('refuses to start with a route that does not say who may use it', async () => {
  const withRoute = (route: Pick<RouteOptions, 'url' | 'config' | 'schema'>) => {
    const app = fastify();
    requireNeeds(app);
    return app.route({ method: 'GET', handler: async () => 'hello', ...route });
  };
  expect(() => withRoute({ url: '/v1/secrets' })).toThrow(/GET \/v1\/secrets does not say who may use it/);
  expect(() =>
    withRoute({ url: '/v1/secrets', config: { needs: 'read' }, schema: { security: [] } }),
  ).toThrow(/open/);
  expect(() => withRoute({ url: '/secrets' })).toThrow(/no key is asked for/);
  expect(() => withRoute({ url: '/secrets', config: { needs: 'read' } })).toThrow(/no key is asked for/);
  expect(() => withRoute({ url: '/v1/secrets', config: { needs: 'read' } })).not.toThrow();
  expect(() => withRoute({ url: '/secrets', schema: { security: [] } })).not.toThrow();
});

type Who = 'a' | 'b' | 'operator' | 'none' | 'unknown' | 'revoked';

async function keyOf(who: Who): Promise<string | undefined> {
  if (who === 'none') return undefined;
  if (who === 'unknown') return 'payk_0123456789abcdef_0123456789012345678901234567890123456789012';
  if (who !== 'revoked') return gateway.keys[who];
  const { apiKeys } = gateway.journal;
  const { key, secret } = await apiKeys.add({ name: 'former', roles: ROLES }, { actor: 'engine' });
  await apiKeys.revoke(key.id, { actor: 'engine' });
  return secret;
}

const verdict = { verdict: 'paid', reason: 'r' };

describe('who may do what', () => {
  it.each<[string, string, unknown, Record<Who, number>]>([
    [
      'GET',
      '/v1/payouts/p-1',
      undefined,
      { a: 200, b: 404, operator: 422, none: 401, unknown: 401, revoked: 401 },
    ],
    [
      'GET',
      '/v1/payouts/p-1?merchant=shop',
      undefined,
      { a: 200, b: 404, operator: 200, none: 401, unknown: 401, revoked: 401 },
    ],
    [
      'GET',
      '/v1/payouts/p-1/events?merchant=shop',
      undefined,
      { a: 200, b: 404, operator: 200, none: 401, unknown: 401, revoked: 401 },
    ],
    [
      'GET',
      '/v1/payouts',
      undefined,
      { a: 200, b: 200, operator: 200, none: 401, unknown: 401, revoked: 401 },
    ],
    [
      'GET',
      '/v1/payouts?merchant=shop',
      undefined,
      { a: 200, b: 422, operator: 200, none: 401, unknown: 401, revoked: 401 },
    ],
    [
      'GET',
      '/v1/stored-cards?merchant=shop',
      undefined,
      { a: 200, b: 422, operator: 200, none: 401, unknown: 401, revoked: 401 },
    ],
    [
      'POST',
      '/v1/stored-cards',
      {},
      { a: 422, b: 422, operator: 422, none: 401, unknown: 401, revoked: 401 },
    ],
    [
      'DELETE',
      '/v1/stored-cards/none',
      undefined,
      { a: 404, b: 404, operator: 422, none: 401, unknown: 401, revoked: 401 },
    ],
    [
      'GET',
      '/v1/accounts',
      undefined,
      { a: 200, b: 200, operator: 200, none: 401, unknown: 401, revoked: 401 },
    ],
    [
      'GET',
      '/v1/accounts/nobody/balance',
      undefined,
      { a: 403, b: 403, operator: 404, none: 401, unknown: 401, revoked: 401 },
    ],
    ['POST', '/v1/payouts', {}, { a: 422, b: 422, operator: 422, none: 401, unknown: 401, revoked: 401 }],
    [
      'POST',
      '/v1/payouts/p-1/cancel',
      { merchant: 'shop' },
      { a: 200, b: 404, operator: 200, none: 401, unknown: 401, revoked: 401 },
    ],
    [
      'POST',
      '/v1/payouts/p-1/resolve?merchant=shop',
      verdict,
      { a: 403, b: 403, operator: 409, none: 401, unknown: 401, revoked: 401 },
    ],
    [
      'GET',
      '/v1/api-keys',
      undefined,
      { a: 403, b: 403, operator: 200, none: 401, unknown: 401, revoked: 401 },
    ],
    ['POST', '/v1/api-keys', {}, { a: 403, b: 403, operator: 422, none: 401, unknown: 401, revoked: 401 }],
    [
      'DELETE',
      '/v1/api-keys/none',
      undefined,
      { a: 403, b: 403, operator: 404, none: 401, unknown: 401, revoked: 401 },
    ],
  ])('%s %s', async (method, path, body, wanted) => {
    for (const [who, status] of Object.entries(wanted)) {
      const key = await keyOf(who as Who);
      const answer = await gateway.ask(method, path, { ...(key !== undefined && { key }), body });
      expect([who, answer.status]).toEqual([who, status]);
      if (status >= 400) expect(answer.headers.get('content-type')).toContain('application/problem+json');
      if (status === 401) expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
  });

  it("shows a merchant nobody else's payouts", async () => {
    const list = await gateway.ask('GET', '/v1/payouts', { key: gateway.keys.b });
    expect(list.json['items']).toEqual([]);
    const [foreign, none] = await Promise.all([
      gateway.ask('GET', '/v1/payouts/p-1', { key: gateway.keys.b }),
      gateway.ask('GET', '/v1/payouts/p-none', { key: gateway.keys.b }),
    ]);
    expect({ ...foreign.json, instance: '' }).toEqual({ ...none.json, instance: '' });
  });
});

describe('api keys', () => {
  it('are made, listed without secret, and revoked at once', async () => {
    const key = gateway.keys.operator;
    const made = await gateway.ask('POST', '/v1/api-keys', {
      key,
      body: { name: 'new', roles: ['read'], merchant: 'shop' },
    });
    expect(made.status).toBe(201);
    const { secret, key: info } = made.json as unknown as { secret: string; key: { id: string } };
    expect((await gateway.ask('GET', '/v1/payouts/p-1', { key: secret })).status).toBe(200);
    expect((await gateway.ask('GET', '/v1/api-keys', { key })).text).not.toContain(secret);
    expect((await gateway.ask('DELETE', `/v1/api-keys/${info.id}`, { key })).status).toBe(204);
    expect((await gateway.ask('GET', '/v1/payouts/p-1', { key: secret })).status).toBe(401);
    expect((await gateway.ask('DELETE', `/v1/api-keys/${info.id}`, { key })).status).toBe(404);
  });

  const add = (key: string, body: object) => gateway.ask('POST', '/v1/api-keys', { key, body });
  const rotate = (key: string, id: string, body: object = {}) =>
    gateway.ask('POST', `/v1/api-keys/${id}/rotate`, { key, body });
  const made = async (more: Partial<NewApiKey>): Promise<IssuedApiKey> =>
    gateway.journal.apiKeys.add({ name: 'k', roles: ['admin'], ...more }, { actor: 'engine' });
  const reads = async (key: string): Promise<number> =>
    (await gateway.ask('GET', '/v1/payouts?limit=1', { key })).status;

  it('have at least one role that there is, and a time to come', async () => {
    const fields = async (body: object) =>
      (await add(gateway.keys.operator, { name: 'x', ...body })).json.problems?.map(({ field }) => field);
    expect(await fields({})).toEqual(['roles']);
    expect(await fields({ roles: [] })).toEqual(['roles']);
    expect(await fields({ roles: ['operator'] })).toEqual(['roles.0']);
    expect(await fields({ roles: ['read'], expiresAt: '2020-01-01T00:00:00Z' })).toEqual(['expiresAt']);
  });

  it('give nobody more than the key that makes them: roles, merchant, time', async () => {
    const { secret: admin } = await made({});
    expect((await add(admin, { name: 'x', roles: ['admin'] })).status).toBe(201);
    for (const role of ['create', 'read', 'operate', 'approve']) {
      const answer = await add(admin, { name: 'x', roles: ['admin', role] });
      expect([role, answer.status]).toEqual([role, 403]);
    }
    const { secret: ofShop } = await made({ roles: ['admin', 'create'], merchant: shop });
    const own = await add(ofShop, { name: 'x', roles: ['create', 'read'] });
    expect([own.status, own.json['key']]).toMatchObject([201, { merchant: 'shop' }]);
    expect((await add(ofShop, { name: 'x', roles: ['read'], merchant: 'bank' })).status).toBe(403);
    expect((await add(ofShop, { name: 'x', roles: ['operate'] })).status).toBe(403);
    const { secret: brief } = await made({ expiresAt: '2080-01-01T00:00:00.000Z' });
    expect((await add(brief, { name: 'x', roles: ['admin'] })).status).toBe(403);
    expect(
      (await add(brief, { name: 'x', roles: ['admin'], expiresAt: '2080-06-01T00:00:00Z' })).status,
    ).toBe(403);
    const until = { name: 'x', roles: ['admin'], expiresAt: '2079-01-01T00:00:00Z' };
    expect((await add(brief, until)).status).toBe(201);
  });

  it('are rotated: the former secret works for a while, or not at all', async () => {
    const { key, secret } = await made({ roles: ['read'] });
    const first = await rotate(gateway.keys.operator, key.id);
    const { secret: second } = first.json as unknown as IssuedApiKey;
    expect(
      Date.parse((first.json['key'] as { formerSecretUntil: string }).formerSecretUntil),
    ).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    expect([await reads(secret), await reads(second)]).toEqual([200, 200]);
    const again = await rotate(gateway.keys.operator, key.id, { graceSecs: 0, reason: 'it stood in a chat' });
    const { secret: third } = again.json as unknown as IssuedApiKey;
    expect([await reads(secret), await reads(second), await reads(third)]).toEqual([401, 401, 200]);
  });

  it('are rotated by nobody who could do less with his own', async () => {
    const { secret: admin } = await made({});
    const { secret: ofShop } = await made({ merchant: shop });
    const bigger = await made({ roles: ['admin', 'approve'] });
    expect((await rotate(admin, bigger.key.id)).status).toBe(403);
    expect((await rotate(ofShop, bigger.key.id)).status).toBe(404);
    expect((await rotate(gateway.keys.operator, bigger.key.id)).status).toBe(200);
    expect((await rotate(gateway.keys.operator, 'none')).status).toBe(404);
  });

  it('never reach the log', () => {
    const log = JSON.stringify(gateway.world.log);
    for (const secret of Object.values(gateway.keys)) expect(log).not.toContain(secret);
    expect(log).toContain('"route":"/v1/payouts/:payoutId"');
    expect(log).not.toContain('merchant=shop');
  });

  it('are counted when refused', async () => {
    const { text } = await gateway.ask('GET', '/metrics');
    expect(text).toMatch(/payouts_gateway_auth_refused_total\{why="missing"\} \d+/);
    expect(text).toMatch(/payouts_gateway_auth_refused_total\{why="role"\} \d+/);
    expect(text).toContain('route="/v1/payouts/:payoutId"');
  });
});
