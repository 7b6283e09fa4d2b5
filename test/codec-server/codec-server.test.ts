import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCodecServer } from '../../codec-server/create-codec-server.js';
import type { MerchantId } from '../../domain/ids.js';
import type { ApiKey } from '../../journal/api-keys-port.js';
import { payloadCodec } from '../../secrets/payload-codec.js';
import { generatePayloadKeys } from '../../secrets/payload-keys.js';

const UI = 'http://127.0.0.1:8233';
const OWN = 'http://127.0.0.1:7401';
const payloadKeys = generatePayloadKeys();
const made = { createdAt: '2026-07-01T00:00:00Z' };
const ANNA: ApiKey = { id: 'k-anna', name: 'anna', roles: ['operate'], ...made };
const SHOP: ApiKey = {
  id: 'k-shop',
  name: 'shop',
  roles: ['create', 'read', 'operate'],
  merchant: 'acme' as MerchantId,
  ...made,
};

let keys: Map<string, ApiKey>;
let lines: string[];
let server: FastifyInstance;

async function start(publicUrl?: string): Promise<void> {
  const line = (message: string, meta: object = {}) => lines.push(JSON.stringify({ message, ...meta }));
  server = await createCodecServer({
    payloadKeys,
    apiKeys: {
      verify: async (secret) => keys.get(secret),
      find: async (id) => [...keys.values()].find((key) => key.id === id && key.revokedAt === undefined),
    },
    namespace: 'default',
    uiUrl: UI,
    publicUrl,
    log: { info: line, warn: line, error: line },
  });
}

beforeEach(async () => {
  keys = new Map([
    ['payk_anna', ANNA],
    ['payk_shop', SHOP],
  ]);
  lines = [];
  await start();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await server.close();
});

interface JsonPayload {
  readonly metadata?: Record<string, string>;
  readonly data?: string;
}

const base64 = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('base64');

function json({ metadata, data }: Payload): JsonPayload {
  const fields = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)] as const);
  return { metadata: Object.fromEntries(fields), data: base64(data) };
}

async function sealed(value: unknown, namespace = 'default', ring = payloadKeys): Promise<JsonPayload> {
  const [payload] = await payloadCodec(ring, namespace).encode([defaultPayloadConverter.toPayload(value)]);
  return json(payload ?? {});
}

function decode(payloads: readonly JsonPayload[], headers: Record<string, string>) {
  return server.inject({ method: 'POST', url: '/decode', headers, payload: { payloads } });
}

function readable(response: LightMyRequestResponse): string[] {
  const { payloads } = response.json<{ payloads: JsonPayload[] }>();
  return payloads.map(({ data = '' }) => Buffer.from(data, 'base64').toString());
}

function login(key: string, headers: Record<string, string> = { origin: OWN, host: '127.0.0.1:7401' }) {
  return server.inject({
    method: 'POST',
    url: '/login',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ key }).toString(),
  });
}

function cookieOf(response: LightMyRequestResponse): string {
  return String(response.headers['set-cookie']).split(';')[0] ?? '';
}

const ANNAS = { authorization: 'Bearer payk_anna' };

describe('with the key of an operator', () => {
  it('what is encrypted comes back readable, with its own metadata; the rest as it was', async () => {
    const plain = json(defaultPayloadConverter.toPayload('readable'));
    const response = await decode([await sealed({ name: 'Anna' }), plain], ANNAS);
    expect(response.statusCode).toBe(200);
    expect(readable(response)).toEqual(['{"name":"Anna"}', '"readable"']);
    const { payloads } = response.json<{ payloads: JsonPayload[] }>();
    expect(Buffer.from(payloads[0]?.metadata?.['encoding'] ?? '', 'base64').toString()).toBe('json/plain');
  });

  it('one payload that does not decrypt hides no other', async () => {
    const lost = await sealed('lost', 'default', generatePayloadKeys());
    const elsewhere = await sealed('elsewhere', 'other');
    const response = await decode([lost, elsewhere, await sealed('here')], ANNAS);
    const { payloads } = response.json<{ payloads: JsonPayload[] }>();
    expect(payloads.slice(0, 2)).toEqual([lost, elsewhere]);
    expect(readable(response)[2]).toBe('"here"');
  });

  it('reads the namespace that the request names', async () => {
    const response = await decode([await sealed('elsewhere', 'other')], { ...ANNAS, 'x-namespace': 'other' });
    expect(readable(response)).toEqual(['"elsewhere"']);
  });

  it('is written down by name, and what was read is not', async () => {
    await decode([await sealed({ name: 'Petrova' })], ANNAS);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      by: 'anna',
      keyId: 'k-anna',
      payloads: 1,
      unreadable: 0,
    });
    expect(lines[0]).not.toMatch(/Petrova|payk_/);
  });
});

describe('whoever may not read', () => {
  it.each([
    [{}, 401],
    [{ authorization: 'Bearer payk_nobody' }, 401],
    [{ authorization: 'Basic cGF5a19hbm5h' }, 401],
    [{ authorization: 'Bearer payk_shop' }, 403],
    [{ cookie: 'payouts-codec=made-up', origin: UI }, 401],
  ])('gets nothing: %j', async (headers, status) => {
    const response = await decode([await sealed('secret')], headers);
    expect(response.statusCode).toBe(status);
    expect(response.body).not.toContain('"payloads"');
  });

  it('is not heard any more after ten failures in a minute', async () => {
    const tries = await Promise.all(Array.from({ length: 12 }, (_, i) => login(`payk_guess-${i}`)));
    expect(tries.map(({ statusCode }) => statusCode).filter((status) => status === 401).length).toBeLessThan(
      12,
    );
    const locked = await login('payk_anna');
    expect(locked.statusCode).toBe(429);
    expect(locked.headers['set-cookie']).toBeUndefined();
    expect((await decode([], { authorization: 'Bearer payk_anna' })).statusCode).toBe(429);
  });

  it('keeps nobody out who was in before', async () => {
    expect((await decode([], ANNAS)).statusCode).toBe(200);
    for (let i = 0; i < 12; i += 1) await login(`payk_guess-${i}`);
    expect((await login('payk_guess')).statusCode).toBe(429);
    expect((await decode([], ANNAS)).statusCode).toBe(200);
    expect((await login('payk_anna')).statusCode).toBe(303);
  });

  it('is refused before a body is read', async () => {
    const much = `{"payloads":[{"data":"${'A'.repeat(9 * 1024 * 1024)}"}]}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await server.inject({ method: 'POST', url: '/decode', headers, payload: much });
    expect(answer.statusCode).toBe(401);
  });

  it('cannot encode, and finds no other door', async () => {
    for (const url of ['/encode', '/decode/', '/v1/payouts']) {
      expect((await server.inject({ method: 'POST', url, headers: ANNAS, payload: {} })).statusCode).toBe(
        404,
      );
    }
  });
});

describe('a browser', () => {
  it('logs in with a key, and the Temporal UI alone may use that', async () => {
    const entered = await login('payk_anna');
    expect(entered.statusCode).toBe(303);
    expect(entered.headers['set-cookie']).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=1800$/);
    const cookie = cookieOf(entered);
    expect(cookie).not.toContain('payk_');
    const payloads = [await sealed('shown')];

    const shown = await decode(payloads, { cookie, origin: UI });
    expect(readable(shown)).toEqual(['"shown"']);
    expect(shown.headers).toMatchObject({
      'access-control-allow-origin': UI,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
    for (const origin of ['http://127.0.0.1:9999', 'https://evil.example', 'null']) {
      const refused = await decode(payloads, { cookie, origin });
      expect(refused.statusCode).toBe(403);
      expect(refused.headers['access-control-allow-origin']).toBeUndefined();
    }
    expect((await decode(payloads, { cookie })).statusCode).toBe(403);
  });

  it('is told by the preflight who may ask', async () => {
    const ask = (origin: string) =>
      server.inject({
        method: 'OPTIONS',
        url: '/decode',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await ask(UI);
    expect(allowed.statusCode).toBe(204);
    expect(allowed.headers['access-control-allow-headers']).toContain('x-namespace');
    const refused = await ask('https://evil.example');
    expect(refused.statusCode).toBe(403);
    expect(refused.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('sees who it is, and nothing any more after the log-out, the half hour, or the revocation', async () => {
    const payloads = [await sealed('shown')];
    const status = async (cookie: string) => (await decode(payloads, { cookie, origin: UI })).statusCode;
    const page = (cookie: string) => server.inject({ url: '/login', headers: { cookie } });

    const first = cookieOf(await login('payk_anna'));
    expect((await page(first)).body).toContain('As <b>anna</b>');
    expect(await status(first)).toBe(200);
    await server.inject({
      method: 'POST',
      url: '/logout',
      headers: { cookie: first, origin: OWN, host: '127.0.0.1:7401' },
    });
    expect(await status(first)).toBe(401);

    const second = cookieOf(await login('payk_anna'));
    vi.useFakeTimers({ now: Date.now() + 31 * 60_000, toFake: ['Date'] });
    expect(await status(second)).toBe(401);

    const third = cookieOf(await login('payk_anna'));
    expect(await status(third)).toBe(200);
    keys.set('payk_anna', { ...ANNA, revokedAt: '2026-07-02T00:00:00Z' });
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 4_000);
    expect(await status(third)).toBe(401);
  });

  it('sees nothing any more once its key has a new secret', async () => {
    const cookie = cookieOf(await login('payk_anna'));
    keys.set('payk_anna', { ...ANNA, formerSecretUntil: '2026-07-02T00:00:00Z' });
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 4_000);
    const answer = await decode([await sealed('shown')], { cookie, origin: UI });
    expect(answer.statusCode).toBe(401);
  });

  it('is not let in by a form of another page, a merchant’s key, or an empty field', async () => {
    const foreign = { origin: 'https://evil.example', host: '127.0.0.1:7401' };
    expect((await login('payk_anna', foreign)).statusCode).toBe(403);
    expect((await login('payk_shop')).statusCode).toBe(403);
    expect((await login('')).statusCode).toBe(401);
  });

  it('shows a name as text, whatever was typed as one', async () => {
    keys.set('payk_x', { ...ANNA, name: '<img src=x onerror=alert(1)>' });
    const page = await server.inject({ url: '/login', headers: { cookie: cookieOf(await login('payk_x')) } });
    expect(page.body).not.toContain('<img');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    // Else browsers send "Origin: null" with the form, which is refused.
    expect(page.headers['referrer-policy']).toBe('same-origin');
  });

  it('that comes by https sends its session by https alone', async () => {
    await server.close();
    await start('https://ops.example.com:7401');
    expect((await login('payk_anna')).headers['set-cookie']).toMatch(/^__Host-payouts-codec=.*; Secure; /);
  });
});

it('says 400 to what is no list of payloads, and 413 to too much', async () => {
  const send = (payload: string) =>
    server.inject({
      method: 'POST',
      url: '/decode',
      headers: { ...ANNAS, 'content-type': 'application/json' },
      payload,
    });
  expect((await send('{"payloads":[{"data":7}]}')).statusCode).toBe(400);
  expect((await send('{"payloads":')).statusCode).toBe(400);
  expect((await send(`{"payloads":[{"data":"${'A'.repeat(9 * 1024 * 1024)}"}]}`)).statusCode).toBe(413);
});
