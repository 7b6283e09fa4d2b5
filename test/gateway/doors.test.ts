import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { addressTest } from '../../config/address-list.js';
import { stopStopwatch } from '../support/stop-clock.js';
import { sign } from './fake-provider.js';
import { startGateway, until, type Harness } from './harness.js';

let gateway: Harness;
const fromBank = addressTest(['203.0.113.0/24']);
beforeAll(async () => {
  gateway = await startGateway({
    publicUrl: 'https://pay.example',
    doors: {
      trustedProxies: ['127.0.0.1'],
      mayCall: addressTest(['192.0.2.0/24', '2001:db8::/32']),
      mayCallBack: (account, address) => account !== 'other' || fromBank(address),
      keyRequestsPerSec: 1,
      addressRequestsPerSec: 1,
    },
  });
});
afterAll(() => gateway.close());

let nextSender = 0;
/** An address that nobody has come from yet, so that no test counts against another. */
const someone = () => `192.0.2.${(nextSender += 1)}`;

async function send(path: string, from: string, init: RequestInit & { key?: string } = {}) {
  const { key, headers, ...rest } = init;
  const response = await fetch(gateway.url + path, {
    ...rest,
    redirect: 'manual',
    headers: {
      'x-forwarded-for': from,
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...headers,
    },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

const statuses = async (times: number, act: () => Promise<{ status: number }>) => {
  const counts: Record<number, number> = {};
  for (let i = 0; i < times; i += 1) {
    const { status } = await act();
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
};

async function metric(line: string): Promise<number> {
  const { text } = await gateway.ask('GET', '/metrics');
  return Number(
    text
      .split('\n')
      .find((one) => one.startsWith(`${line} `))
      ?.split(' ')
      .at(-1) ?? 0,
  );
}

const callback = (account: string, from: string, body: string, signature = sign(body)) =>
  send(`/callbacks/${account}`, from, { method: 'POST', body, headers: { 'x-sign': signature } });

describe('where a request comes from', () => {
  it('is what a trusted proxy says, and the last of what strangers say before it', async () => {
    const { a } = gateway.keys;
    expect((await send('/v1/payouts', '192.0.2.1', { key: a })).status).toBe(200);
    expect((await send('/v1/payouts', '2001:db8::7', { key: a })).status).toBe(200);
    expect((await send('/v1/payouts', '192.0.2.1, 198.51.100.1', { key: a })).status).toBe(403);
  });

  it('keeps strangers out of the API, before they are asked for a key', async () => {
    const seen = await metric('payouts_gateway_requests_refused_total{why="address"}');
    const answer = await send('/v1/payouts', '198.51.100.1');
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
      403,
      { type: 'urn:payout-engine:problem:address-refused' },
    ]);
    expect(await metric('payouts_gateway_requests_refused_total{why="address"}')).toBe(seen + 1);
  });

  it('keeps callbacks of an account to its provider’s addresses, and stores nothing of others', async () => {
    expect((await callback('other', '198.51.100.9', 'o-1|ip1')).status).toBe(403);
    expect(await gateway.journal.inbox.pending(0, 10)).toEqual([]);
    expect(
      await metric('payouts_gateway_callbacks_refused_total{account="other",why="address"}'),
    ).toBeGreaterThan(0);
    expect(JSON.stringify(gateway.world.log)).toContain('198.51.100.9');
    expect((await callback('other', '203.0.113.9', 'o-1|ip1')).status).toBe(200);
    expect((await callback('main', '198.51.100.9', 'o-1|ip2')).status).toBe(200);
  });
});

describe('how often', () => {
  it('a key may ask: then 429, with when to come back', async () => {
    stopStopwatch();
    const from = someone();
    const list = () => send('/v1/payouts', from, { key: gateway.keys.b });
    expect((await statuses(10, list))[200]).toBe(10);
    let answer = await list();
    for (let i = 0; answer.status === 200 && i < 20; i += 1) answer = await list();
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
      429,
      { type: 'urn:payout-engine:problem:too-many-requests' },
    ]);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect((await send('/v1/payouts', from, { key: gateway.keys.operator })).status).toBe(200);
    expect(await metric('payouts_gateway_rate_limited_total{what="key"}')).toBeGreaterThan(0);
    const lines = gateway.world.log.filter(({ message }) => message === 'rate limit reached');
    expect(lines).toHaveLength(1);
    expect(gateway.world.log.filter(({ meta }) => JSON.stringify(meta).includes('"status":429'))).toEqual([]);
  });

  it('keys may be guessed: a known key from there still opens', async () => {
    stopStopwatch();
    const from = someone();
    expect((await send('/v1/payouts', from, { key: gateway.keys.operator })).status).toBe(200);
    const guess = () => send('/v1/payouts', from, { key: `payk_${Math.random()}` });
    const counts = await statuses(40, guess);
    expect(counts[429]).toBeGreaterThan(5);
    expect((await send('/v1/payouts', from, { key: gateway.keys.operator })).status).toBe(200);
    expect((await send('/v1/payouts', someone(), { key: 'payk_wrong' })).status).toBe(401);
  });

  it('callbacks may prove nothing: one that proves itself is taken all the same', async () => {
    stopStopwatch();
    const from = someone();
    const forged = () => callback('main', from, 'o-2|forged|paid', 'wrong');
    const counts = await statuses(40, forged);
    expect(counts[403]).toBeGreaterThanOrEqual(10);
    expect(counts[429]).toBeGreaterThan(5);
    const oversized = () => callback('main', from, 'x'.repeat(70_000));
    expect((await statuses(5, oversized))[429]).toBeGreaterThan(0);
    expect((await callback('main', from, 'o-2|true|paid')).status).toBe(200);
    expect((await statuses(5, forged))[429]).toBeGreaterThan(0);
  });

  it('the open doors may be knocked at; the probes always', async () => {
    stopStopwatch();
    const from = someone();
    const counts = await statuses(40, () => send('/return/main/o-unknown', from));
    expect(counts[200]).toBeGreaterThanOrEqual(10);
    expect(counts[429]).toBeGreaterThan(5);
    expect((await statuses(5, () => send('/nothing', from)))[429]).toBeGreaterThan(0);
    expect(await statuses(40, () => send('/healthz', from))).toEqual({ 200: 40 });
  });
});

describe('every answer', () => {
  it.each([
    ['GET', '/healthz', 200],
    ['GET', '/v1/payouts', 401],
    ['GET', '/nothing', 404],
    ['GET', '/%zz', 400],
    ['DELETE', '/v1/payouts', 405],
    ['GET', '/return/main/o-unknown', 200],
    ['GET', '/docs/', 200],
    ['GET', '/openapi.json', 200],
    ['POST', '/callbacks/nobody', 404],
  ])('%s %s carries the security headers', async (method, path, status) => {
    const answer = await send(path, someone(), { method });
    expect(answer.status).toBe(status);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000',
      'content-security-policy': expect.stringMatching(/default-src.*frame-ancestors 'none'/) as string,
    });
    expect(answer.headers.has('server') || answer.headers.has('x-powered-by')).toBe(false);
    if (path.startsWith('/v1')) expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('says which methods an address has', async () => {
    const allowed = async (path: string) =>
      (await send(path, someone(), { method: 'DELETE' })).headers.get('allow');
    expect(await allowed('/v1/payouts?x=1')).toBe('POST, GET');
    expect(await allowed('/v1/payouts/P-1/cancel')).toBe('POST');
    expect(await allowed('/callbacks/main')).toBe('GET, POST');
    expect(await allowed('/v1/nothing')).toBeNull();
    const unread = { method: 'PUT', body: 'x'.repeat(70_000), headers: { 'content-type': 'a/b' } };
    expect((await send('/v1/payouts', someone(), unread)).status).toBe(405);
  });
});

describe('before there is a request', () => {
  /** What the gateway answers to bytes; ends with the connection. */
  const raw = (text: string, { url } = gateway) =>
    new Promise<string>((done, failed) => {
      let answer = '';
      const { port } = new URL(url);
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(text);
      });
      socket.on('data', (data) => (answer += data.toString()));
      socket.on('close', () => done(answer));
      socket.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE' ? done(answer) : failed(error),
      );
    });

  it('refuses what is no HTTP, and what is too long, in the same form as everything else', async () => {
    const answer = await raw('NONSENSE\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/problem\+json/);
    expect(answer).toContain('x-content-type-options: nosniff');
    expect(await raw(`GET /${'x'.repeat(17_000)} HTTP/1.1\r\nhost: a\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('refuses two lengths of one body', async () => {
    const both = 'content-length: 3\r\ntransfer-encoding: chunked\r\n';
    expect(await raw(`POST /callbacks/main HTTP/1.1\r\nhost: a\r\n${both}\r\n0\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });

  it('ends who never ends its headers or its body', async () => {
    // One of its own: what it ends, a busy machine may do to any test.
    const hasty = await startGateway({ doors: { arrivalMs: 1_000 } });
    onTestFinished(() => hasty.close());
    const started = performance.now();
    const [headers, body] = await Promise.all([
      raw('GET /healthz HTTP/1.1\r\nhost: a\r\nx-slow: ', hasty),
      raw('POST /callbacks/main HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nabc', hasty),
    ]);
    expect(headers).toMatch(/^HTTP\/1\.1 408 /);
    expect(body).toMatch(/^(HTTP\/1\.1 408 |$)/);
    expect(performance.now() - started).toBeLessThan(12_000);
    await until(async () => (await hasty.ask('GET', '/healthz')).status === 200);
  });
});
