import { describe, expect, it } from 'vitest';
import { isLacking, type Order } from '../../../providers/port.js';
import type { LoginRefused } from '../../../providers/registration.js';
import { closedPort, playServer, type PlayedAnswer, type SeenRequest } from '../local-server.js';
import {
  ACCEPTED,
  APPROVED,
  ask,
  BANK_ORDER,
  BANK_REQUEST,
  CARD_ORDER,
  never,
  NOW,
  prepared,
  providerAt,
  REFERENCE_ORDER,
  send,
} from './fixtures.js';

const json = (body: object, status = 200): PlayedAnswer => ({ status, body: JSON.stringify(body) });
const isStatus = ({ url }: SeenRequest): boolean => url.includes('/status/');

it('says what it can and what it cannot', () => {
  const provider = providerAt('http://127.0.0.1:1');
  expect(provider).toMatchObject({
    account: 'pne',
    protocol: 'payneteasy',
    capabilities: {
      destinations: ['bank_account', 'card', 'stored_card'],
      callbacks: 'hint',
      sources: false,
    },
  });
  for (const capability of [provider.cards, provider.statement, provider.registry, provider.callbackRepeat]) {
    expect(isLacking(capability) && capability.lacking.length > 40).toBe(true);
  }
  expect(providerAt('http://127.0.0.1:1', { callbackField: 'none' }).capabilities.callbacks).toBe('none');
});

it('takes one step or two', () => {
  const request = {} as Parameters<ReturnType<typeof providerAt>['steps']>[0];
  expect(providerAt('http://127.0.0.1:1').steps(request)).toEqual(['execute']);
  expect(providerAt('http://127.0.0.1:1', { flow: 'two_step' }).steps(request)).toEqual([
    'register',
    'execute',
  ]);
});

describe('where each command goes (§2, §6)', () => {
  it.each<[string, Record<string, unknown>, Order, string]>([
    ['a bank account', {}, BANK_ORDER, '/paynet/api/v4/payout/39915'],
    ['a card', {}, CARD_ORDER, '/paynet/api/v4/payout/39915'],
    ['a stored card', {}, REFERENCE_ORDER, '/paynet/api/v4/payout-by-ref/39915'],
    [
      'a group',
      { endpointId: undefined, endpointGroupId: '77' },
      BANK_ORDER,
      '/paynet/api/v4/payout/group/77',
    ],
    [
      'a path of the account’s own',
      { paths: { payout: 'api/v5/payout' } },
      BANK_ORDER,
      '/paynet/api/v5/payout/39915',
    ],
  ])('%s', async (_what, changes, order, url) => {
    const { origin, seen } = await playServer(() => json(ACCEPTED));
    expect(await send(providerAt(origin, changes), order)).toMatchObject({ providerOrderId: '6768788' });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: 'POST', url });
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      accept: 'application/vnd.pay+json',
    });
    expect(seen[0]?.headers.authorization).toMatch(
      /^OAuth oauth_consumer_key="merchant1", oauth_nonce="[0-9a-f]{32}"/,
    );
    expect(seen[0]?.body).not.toContain('oauth');
  });

  it.each([
    ['v2', '/paynet/api/v2/status/39915', true],
    ['v4', '/paynet/api/v4/status/39915', false],
  ])('status %s', async (statusVersion, url, controlled) => {
    const { origin, seen } = await playServer(() => json(APPROVED));
    await ask(providerAt(origin, { statusVersion, responseFormat: 'form' }), BANK_ORDER);
    expect(seen[0]).toMatchObject({ url });
    expect(seen[0]?.headers['accept']).toBe('text/html');
    expect(seen[0]?.body.includes('control=')).toBe(controlled);
    expect(seen[0]?.headers.authorization === undefined).toBe(controlled);
  });
});

it('the same request sent for two orders carries two nonces, and one is never sent twice', async () => {
  const { origin, seen } = await playServer(() => json(ACCEPTED));
  const provider = providerAt(origin);
  const request = await prepared(provider, BANK_ORDER);
  await request.send(never);
  await expect(request.send(never)).rejects.toThrow('sent before');
  await send(provider, BANK_ORDER);
  const [one, two] = seen;
  expect(one?.body).toBe(two?.body);
  expect(one?.headers.authorization).not.toBe(two?.headers.authorization);
});

it('nobody listens: not sent', async () => {
  const provider = providerAt(`http://127.0.0.1:${await closedPort()}`);
  expect(await send(provider, BANK_ORDER)).toMatchObject({ kind: 'not_sent', code: 'ECONNREFUSED' });
  expect(await ask(provider, BANK_ORDER)).toMatchObject({ kind: 'not_sent' });
  expect(await provider.ping(never)).toMatchObject({ ok: false });
});

it('a Retry-After is heard', async () => {
  const { origin } = await playServer(() => ({ status: 429, headers: { 'retry-after': '3' } }));
  const provider = providerAt(origin);
  expect(await send(provider, BANK_ORDER)).toMatchObject({
    kind: 'unknown',
    code: 'http_429',
    retryAfterMs: 3_000,
  });
  expect(await ask(provider, BANK_ORDER)).toMatchObject({ kind: 'unknown', retryAfterMs: 3_000 });
});

it('what the sealed request holds may not come back either', async () => {
  const words = 'Ivan from Example Bank, branch seven';
  const { origin } = await playServer(() =>
    json({ ...APPROVED, status: 'declined', 'error-message': words }),
  );
  const answer = await ask(providerAt(origin), BANK_ORDER, {
    withheld: ['Ivan'],
    request: { ...BANK_REQUEST, providerFields: { bank_name: 'Example Bank' } },
  });
  expect(answer).toMatchObject({ progress: { message: '*** from ***, branch seven' } });
});

describe('payout-pay needs the gateway id of the order (§6.4)', () => {
  const TWO_STEP = { flow: 'two_step' };
  const checked = { ...APPROVED, status: 'processing', 'order-stage': 'payout_checked' };

  it('is checked first, then paid under the id that is known', async () => {
    const { origin, seen } = await playServer(() => json(ACCEPTED));
    const provider = providerAt(origin, TWO_STEP);
    expect(await send(provider, BANK_ORDER, 'register')).toMatchObject({ progress: { kind: 'pending' } });
    expect(await send(provider, { ...BANK_ORDER, providerOrderId: '6768788' })).toMatchObject({
      progress: { kind: 'pending' },
    });
    expect(seen.map(({ url }) => url)).toEqual([
      '/paynet/api/v4/payout-check/39915',
      '/paynet/api/v4/payout-pay/39915',
    ]);
    expect(seen[1]?.body).toBe(`client_orderid=${BANK_ORDER.orderId}&orderid=6768788&login=merchant1`);
  });

  it('is asked for where it is not known', async () => {
    const { origin, seen } = await playServer((request) => json(isStatus(request) ? checked : ACCEPTED));
    const request = await prepared(providerAt(origin, TWO_STEP), BANK_ORDER);
    expect(seen.map(({ url }) => url)).toEqual(['/paynet/api/v2/status/39915']);
    expect(Buffer.from(request.exact).toString()).toContain('orderid=6768788');
  });

  it.each<[string, PlayedAnswer]>([
    ['still being checked', json({ ...checked, 'order-stage': 'payout_checking' })],
    ['paid already', json(APPROVED)],
    ['declined', json({ ...APPROVED, status: 'declined' })],
    ['not found', json({ type: 'error', 'error-message': 'Order not found' })],
    ['checked for another amount', json({ ...checked, amount: '1.00' })],
    ['nameless', json({ ...checked, 'paynet-order-id': undefined })],
    ['unreadable', { body: '<html>' }],
  ])('an order that is %s is not paid', async (_what, answer) => {
    const { origin } = await playServer(() => answer);
    const request = await providerAt(origin, TWO_STEP).prepare('execute', BANK_ORDER, never);
    expect(request).toMatchObject({ kind: 'not_sent', code: 'order_id_unknown' });
  });

  it('a step that the account has not is a programming error', async () => {
    await expect(providerAt('http://127.0.0.1:1').prepare('register', BANK_ORDER, never)).rejects.toThrow(
      'one step',
    );
  });
});

describe('after HTTP 403 (§9)', () => {
  it('payouts are held back for a while, questions are not; then one tries', async () => {
    let now = NOW;
    let forbidden = true;
    const refusals: LoginRefused[] = [];
    const { origin, seen } = await playServer((request) =>
      isStatus(request) ? json(APPROVED) : forbidden ? { status: 403 } : json(ACCEPTED),
    );
    const deps = { now: () => now, onLoginRefused: (refusal: LoginRefused) => void refusals.push(refusal) };
    const provider = providerAt(origin, { authFailurePauseSecs: 10 }, deps);
    const waiting = await prepared(provider, BANK_ORDER);

    expect(await send(provider, BANK_ORDER)).toMatchObject({
      progress: { kind: 'not_paid', class: 'refused', code: 'http_403' },
    });
    expect(refusals).toEqual([{ account: 'pne', protocol: 'payneteasy', http: 403, pausedMs: 10_000 }]);
    expect(await provider.prepare('execute', BANK_ORDER, never)).toMatchObject({ code: 'login_refused' });
    expect(await waiting.send(never)).toMatchObject({ kind: 'not_sent', code: 'login_refused' });
    expect(await ask(provider, BANK_ORDER)).toMatchObject({ progress: { kind: 'paid' } });
    expect(seen.filter((request) => !isStatus(request))).toHaveLength(1);

    now += 10_001;
    forbidden = false;
    const [first, second] = [await prepared(provider, BANK_ORDER), await prepared(provider, BANK_ORDER)];
    const answers = await Promise.all([first.send(never), second.send(never)]);
    expect(answers.map(({ kind }) => kind)).toEqual(['answered', 'not_sent']);
    expect(await send(provider, BANK_ORDER)).toMatchObject({ progress: { kind: 'pending' } });
  });

  it('or not, as the account says; a refused question is told', async () => {
    const refusals: LoginRefused[] = [];
    const { origin } = await playServer(() => ({ status: 403 }));
    const deps = { onLoginRefused: (refusal: LoginRefused) => void refusals.push(refusal) };
    const provider = providerAt(origin, { authFailurePolicy: 'continue' }, deps);
    for (let time = 0; time < 2; time += 1) {
      expect(await send(provider, BANK_ORDER)).toMatchObject({ progress: { class: 'refused' } });
    }
    expect(await ask(provider, BANK_ORDER)).toMatchObject({ kind: 'unknown', code: 'http_403' });
    expect(refusals.map(({ pausedMs }) => pausedMs)).toEqual([0, 0, 0]);
    expect(await provider.ping(never)).toMatchObject({
      ok: false,
      words: expect.stringContaining('403') as string,
    });
  });
});

it('says what nobody has a word for, with the account', async () => {
  const seen: object[] = [];
  const { origin } = await playServer(() => json({ ...APPROVED, status: 'settled' }));
  await ask(providerAt(origin, {}, { onUnmapped: (answer) => void seen.push(answer) }), BANK_ORDER);
  expect(seen).toEqual([
    {
      account: 'pne',
      protocol: 'payneteasy',
      call: 'status',
      what: 'order_status',
      http: 200,
      code: 'settled',
    },
  ]);
});
