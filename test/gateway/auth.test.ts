import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { payoutBody, startGateway, type Harness } from './harness.js';

let gateway: Harness;
beforeAll(async () => {
  gateway = await startGateway();
  await gateway.ask('POST', '/v1/payouts', { key: gateway.keys.a, body: payoutBody('p-1') });
});
afterAll(() => gateway.close());

type Who = 'a' | 'b' | 'operator' | 'none' | 'unknown' | 'revoked';

async function keyOf(who: Who): Promise<string | undefined> {
  if (who === 'none') return undefined;
  if (who === 'unknown') return 'payk_0123456789abcdef_0123456789012345678901234567890123456789012';
  if (who !== 'revoked') return gateway.keys[who];
  const { key, secret } = await gateway.journal.apiKeys.add({ name: 'former', role: 'operator' });
  await gateway.journal.apiKeys.revoke(key.id);
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
      body: { name: 'new', role: 'merchant', merchant: 'shop' },
    });
    expect(made.status).toBe(201);
    const { secret, key: info } = made.json as unknown as { secret: string; key: { id: string } };
    expect((await gateway.ask('GET', '/v1/payouts/p-1', { key: secret })).status).toBe(200);
    expect((await gateway.ask('GET', '/v1/api-keys', { key })).text).not.toContain(secret);
    expect((await gateway.ask('DELETE', `/v1/api-keys/${info.id}`, { key })).status).toBe(204);
    expect((await gateway.ask('GET', '/v1/payouts/p-1', { key: secret })).status).toBe(401);
    expect((await gateway.ask('DELETE', `/v1/api-keys/${info.id}`, { key })).status).toBe(404);
  });

  it('belong to a merchant or to an operator', async () => {
    const add = (body: object) => gateway.ask('POST', '/v1/api-keys', { key: gateway.keys.operator, body });
    for (const body of [
      { name: 'x', role: 'merchant' },
      { name: 'x', role: 'operator', merchant: 'shop' },
    ]) {
      expect((await add(body)).json.problems?.map(({ field }) => field)).toEqual(['merchant']);
    }
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
