import { describe, expect, it } from 'vitest';
import type { StatusQuery } from '../../../providers/port.js';
import type { UnmappedAnswer } from '../../../providers/registration.js';
import { closedPort, playServer, rawServer, type PlayedAnswer, type SeenRequest } from '../local-server.js';
import {
  ASKED,
  CARD_ORDER,
  CARD_REQUEST,
  never,
  ORDER_ID,
  PAGE_ORDER,
  PAID,
  PAID_BODY,
  PAN,
  prepared,
  providerAt,
  send,
} from './fixtures.js';

const QUERY: StatusQuery = {
  orderId: ORDER_ID,
  amount: CARD_ORDER.amount,
  ...ASKED,
};

const json = (body: unknown, status = 200): PlayedAnswer => ({ status, body: JSON.stringify(body) });

async function playing(play: (request: SeenRequest) => PlayedAnswer) {
  const { origin, seen } = await playServer(play);
  return { provider: providerAt(origin), seen };
}

describe('a money call', () => {
  it('sends the exact bytes once, with the headers of §2, to performPayout.do', async () => {
    const { provider, seen } = await playing(() => json(PAID_BODY));
    const request = await prepared(provider, CARD_ORDER);
    expect(seen).toHaveLength(0);
    expect(await request.send(never)).toEqual({ kind: 'answered', progress: PAID });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/payouts/api/v2/performPayout.do',
      body: Buffer.from(request.exact).toString('utf8'),
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        accept: 'application/json; version=2.0',
      },
    });
    await expect(request.send(never)).rejects.toThrow('sent before');
    expect(seen).toHaveLength(1);
  });

  it('prepares the same bytes for the same order', async () => {
    const provider = providerAt('http://127.0.0.1:1');
    const [a, b] = await Promise.all([1, 2].map(() => prepared(provider, CARD_ORDER)));
    expect(a?.exact).toEqual(b?.exact);
  });

  it('gets a page from registerPayout.do', async () => {
    const formUrl = 'https://pay.bank.example/?mdOrder=1';
    const { provider, seen } = await playing(() => json({ errorCode: '0', orderNumber: ORDER_ID, formUrl }));
    const answer = await send(provider, PAGE_ORDER);
    expect(answer).toEqual({
      kind: 'answered',
      progress: {
        kind: 'action_required',
        action: { type: 'redirect', url: formUrl, expiresAt: '2026-02-03T10:20:00.000Z' },
      },
    });
    expect(seen[0]?.url).toBe('/payouts/api/v2/registerPayout.do');
  });

  it('is not sent where nobody listens, unknown where the connection breaks', async () => {
    const refused = providerAt(`http://127.0.0.1:${await closedPort()}`);
    expect(await send(refused, CARD_ORDER)).toMatchObject({
      kind: 'not_sent',
    });
    const port = await rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const broken = await send(providerAt(`http://127.0.0.1:${port}`), CARD_ORDER);
    expect(broken).toMatchObject({ kind: 'unknown' });
    expect(JSON.stringify(broken)).not.toMatch(new RegExp(`${PAN}|hunter2`));
  });

  it('does not follow a redirect', async () => {
    const { provider, seen } = await playing(() => ({ status: 307, headers: { location: '/other' } }));
    expect(await send(provider, CARD_ORDER)).toMatchObject({
      kind: 'unknown',
    });
    expect(seen).toHaveLength(1);
  });
});

describe('a status query', () => {
  it('asks by our own order number', async () => {
    const { provider, seen } = await playing(() => json(PAID_BODY));
    expect(await provider.status(QUERY, never)).toEqual({ kind: 'answered', progress: PAID });
    expect(seen[0]?.url).toBe('/payouts/api/v2/getPayoutStatus.do');
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({ orderNumber: ORDER_ID, userName: 'acme-api' });
  });

  it('settles a suspicion, or says not found where there is none', async () => {
    const errorMessage = 'Order not found in payout proxy. Check orderId or orderNumber';
    const { provider } = await playing(() => json({ errorCode: '98', errorMessage }, 400));
    expect(await provider.status(QUERY, never)).toEqual({
      kind: 'answered',
      progress: { kind: 'not_found' },
    });
    const suspected = { kind: 'not_paid', class: 'refused', code: '98', message: 'Invalid request' } as const;
    expect(await provider.status({ ...QUERY, suspected }, never)).toEqual({
      kind: 'answered',
      progress: suspected,
    });
  });

  it('reports what it has no words for, with account and protocol', async () => {
    const { origin } = await playServer(() => json({ errorCode: '1', errorMessage: 'New' }, 418));
    const unmapped: UnmappedAnswer[] = [];
    expect(
      await providerAt(origin, {}, { onUnmapped: (seen) => unmapped.push(seen) }).status(QUERY, never),
    ).toMatchObject({ kind: 'unknown' });
    expect(unmapped).toEqual([
      {
        account: 'a2p',
        protocol: 'all2pay',
        call: 'status',
        what: 'error',
        http: 418,
        code: '1',
        words: 'New',
      },
    ]);
  });
});

describe('ping', () => {
  it('says what echo says', async () => {
    const line = 'Payout v2.3 is online in channel Payout_APIserver - node07[instance:nodeLocal]';
    const { provider, seen } = await playing(() => ({
      headers: { 'content-type': 'text/plain' },
      body: line,
    }));
    expect(await provider.ping(never)).toEqual({ ok: true, words: line });
    expect(seen[0]).toMatchObject({ method: 'GET', url: '/payouts/api/v2/echo', body: '' });
  });

  it('says why not', async () => {
    const { provider } = await playing(() => ({ status: 503 }));
    expect(await provider.ping(never)).toEqual({ ok: false, words: 'HTTP 503' });
    const gone = await providerAt(`http://127.0.0.1:${await closedPort()}`).ping(never);
    expect(gone.ok).toBe(false);
    expect(gone.words).toContain('ECONNREFUSED');
  });
});

it('takes one step: the page registers, everything else executes', () => {
  const provider = providerAt('http://127.0.0.1:1');
  expect(provider.steps(CARD_REQUEST)).toEqual(['execute']);
  expect(provider.steps({ ...CARD_REQUEST, destination: { type: 'hosted_page' } })).toEqual(['register']);
});
