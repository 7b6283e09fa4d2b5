import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sign } from './fake-provider.js';
import { payoutBody, startGateway, type Harness } from './harness.js';

let gateway: Harness;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

/** 60 000 levels in less than the 64 KiB that a body may have. */
const BOMBS = ['['.repeat(60_000), '{"a":'.repeat(12_000), `${'['.repeat(30_000)}${']'.repeat(30_000)}`];

async function count(metric: string): Promise<number> {
  const { text } = await gateway.ask('GET', '/metrics');
  const line = text.split('\n').find((one) => one.startsWith(`${metric} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}

async function counted(metric: string, act: () => Promise<unknown>): Promise<number> {
  const before = await count(metric);
  await act();
  return (await count(metric)) - before;
}

describe('the API', () => {
  const post = (path: string, body: string) =>
    gateway.ask('POST', `/v1/${path}`, { key: gateway.keys.operator, body });
  const refused = (why: string) => `payouts_gateway_requests_refused_total{why="${why}"}`;

  it.each(['payouts', 'stored-cards', 'one-time-secrets', 'api-keys', 'payouts/P-1/cancel'])(
    'refuses and counts a body of /v1/%s that nests without end',
    async (path) => {
      for (const bomb of BOMBS.map((one) =>
        path === 'one-time-secrets' ? one.slice(0, 8_000) : one.slice(0, 16_000),
      )) {
        const seen = await counted(refused('too_deep'), async () => {
          const answer = await post(path, bomb);
          expect([answer.status, answer.json['detail']]).toEqual([
            400,
            'The body nests too deeply. Send one JSON object as the documentation has it.',
          ]);
        });
        expect(seen).toBe(1);
      }
      expect((await gateway.ask('GET', '/healthz')).status).toBe(200);
    },
  );

  it('takes brackets in a text for what they are', async () => {
    const description = `${'[{'.repeat(100)} "quoted \\`;
    const body = JSON.stringify({ ...payoutBody('brackets'), merchant: 'shop', description });
    expect((await post('payouts', body)).status).toBe(201);
  });

  it('refuses and counts what is too large or no JSON', async () => {
    const statusOf = async (path: string, body: string) => (await post(path, body)).status;
    expect(
      await counted(refused('too_large'), async () => {
        expect(await statusOf('payouts', JSON.stringify({ x: 'x'.repeat(70_000) }))).toBe(413);
        expect(await statusOf('stored-cards', JSON.stringify({ x: 'x'.repeat(17_000) }))).toBe(413);
      }),
    ).toBe(2);
    expect(
      await counted(refused('malformed'), async () => expect(await statusOf('payouts', '{"a":')).toBe(400)),
    ).toBe(1);
    expect(await statusOf('payouts', '{"__proto__":{"role":"operator"}}')).toBe(400);
  });
});

it('a parameter that stands twice is refused, and so is one that nobody knows', async () => {
  const list = (query: string) => gateway.ask('GET', `/v1/payouts?${query}`, { key: gateway.keys.a });
  expect((await list('limit=1')).status).toBe(200);
  for (const query of [
    'limit=1&limit=2',
    'status=created&status=failed',
    'limit[]=1',
    '__proto__=1',
    'limit=%00',
  ]) {
    const { status, json } = await list(query);
    expect([query, status, json.problems?.length]).toEqual([query, 422, 1]);
  }
});

it.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/jsonp',
  'json',
])('the API takes no body of the type %s', async (type) => {
  const headers = { authorization: `Bearer ${gateway.keys.operator}`, 'content-type': type };
  const body = JSON.stringify(payoutBody('labelled'));
  for (const path of ['payouts', 'payouts/P-1/cancel', 'stops', 'one-time-secrets']) {
    const { status } = await fetch(`${gateway.url}/v1/${path}`, { method: 'POST', headers, body });
    expect([path, status]).toEqual([path, 415]);
  }
});

describe('the door for callbacks', () => {
  const send = async (account: string, body: string, signature = sign(body)) =>
    (
      await fetch(`${gateway.url}/callbacks/${account}`, {
        method: 'POST',
        body,
        headers: { 'x-sign': signature, 'content-type': 'application/json' },
      })
    ).status;
  const refused = (account: string, why: string) =>
    `payouts_gateway_callbacks_refused_total{account="${account}",why="${why}"}`;

  it.each([
    ['unproven', 'o-1|d|paid', 403, 'a forged signature'],
    ['too_large', 'x'.repeat(70_000), 413, undefined],
    ['too_deep', '['.repeat(60_000), 400, undefined],
    ['unreadable', 'boom', 500, undefined],
  ] as const)('refuses and counts what is %s', async (why, body, status, signature) => {
    const seen = await counted(refused('main', why), async () => {
      expect(await send('main', body, signature)).toBe(status);
    });
    expect(seen).toBe(1);
    expect(await gateway.journal.inbox.pending(0, 10)).toEqual([]);
  });

  it('counts strangers to no account of ours under one name', async () => {
    const seen = await counted(refused('none', 'unknown_account'), async () => {
      expect(await send('nobody-1', 'x')).toBe(404);
      expect(await send('nobody-2', 'x')).toBe(404);
    });
    expect(seen).toBe(2);
    expect((await gateway.ask('GET', '/metrics')).text).not.toContain('nobody');
  });
});
