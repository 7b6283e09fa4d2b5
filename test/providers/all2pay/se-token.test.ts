import { constants, generateKeyPairSync, privateDecrypt, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTokenFault } from '../../../providers/all2pay/token-fault.js';
import { readKeys } from '../../../providers/all2pay/keys-answer.js';
import { seToken, tokenPlainText } from '../../../providers/all2pay/se-token.js';
import { playServer, type PlayedAnswer } from '../local-server.js';
import {
  ASKED,
  CARD_ORDER,
  configOf,
  never,
  NOW,
  ORDER_ID,
  PAID,
  PAID_BODY,
  PAN,
  prepared,
  providerAt,
  SBP_ORDER,
  send,
} from './fixtures.js';

const HOUR = 3_600_000;
const UUID = '0a8d0b1c-6c53-4a0e-a6a5-6d2a9d1d4f10';

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}
const newPair = (bits = 2048): Pair => generateKeyPairSync('rsa', { modulusLength: bits });
const [FIRST, SECOND] = [newPair(), newPair()];

const bare = ({ publicKey }: Pair) => publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const pem = ({ publicKey }: Pair) => publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** The provider's side of it, written a second time: node does not take this padding off. */
function open(token: string, { privateKey }: Pair): string {
  const bytes = Buffer.from(token, 'base64');
  const padded = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, bytes);
  const end = padded.indexOf(0, 2);
  if (padded[0] !== 0 || padded[1] !== 2 || end < 10) throw new Error('bad padding');
  return padded.subarray(end + 1).toString('utf8');
}

const json = (body: unknown, status = 200): PlayedAnswer => ({ status, body: JSON.stringify(body) });
const keysAnswer = (...keys: { value: string; expires: number }[]) =>
  json({
    keys: keys.map(({ value, expires }) => ({
      keyValue: value,
      keyExpiration: expires,
      protocolVersion: 'RSA-2048',
    })),
  });

/** A provider that plays keys.do and performPayout.do, with a clock that the test moves. */
async function playing(
  keysDo: () => PlayedAnswer,
  performPayout: () => PlayedAnswer = () => json(PAID_BODY),
  changes: Record<string, unknown> = {},
) {
  const clock = { now: NOW };
  const { origin, seen } = await playServer(({ url }) =>
    url.endsWith('keys.do') ? keysDo() : performPayout(),
  );
  const provider = providerAt(origin, { cardEncryption: 'seToken', ...changes }, { now: () => clock.now });
  const fetches = () => seen.filter(({ url }) => url.endsWith('keys.do')).length;
  return { provider, seen, clock, fetches };
}

function tokenIn(exact: Uint8Array): string {
  const body = JSON.parse(Buffer.from(exact).toString('utf8')) as { target: { seToken: string } };
  expect(Object.keys(body.target)).toEqual(['seToken']);
  return body.target.seToken;
}

describe('the token (§8)', () => {
  it('has nine slashes, seven of them between card and order number', () => {
    const plain = tokenPlainText({ now: NOW, uuid: UUID, pan: PAN, orderNumber: ORDER_ID });
    expect(plain).toBe(`2026-02-03T10:00:00+00:00/${UUID}/${PAN}///////${ORDER_ID}`);
  });

  it('opens with the private key to the same text, whatever the card and the order number', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 13, maxLength: 19 });
    const order = fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/);
    fc.assert(
      fc.property(digits, order, fc.integer({ min: 0, max: 4_000_000_000_000 }), (pan, orderNumber, now) => {
        const content = { now, uuid: UUID, pan, orderNumber };
        const token = seToken(content, FIRST.publicKey);
        expect(token).toHaveLength(344);
        const opened = open(token, FIRST);
        expect(opened).toBe(tokenPlainText(content));
        expect(opened.split('/')).toHaveLength(10);
        expect(opened.length).toBeLessThanOrEqual(121);
      }),
      { numRuns: 100 },
    );
  });
});

describe('keys.do', () => {
  it.each([
    ['bare base64, milliseconds', bare(FIRST), NOW + HOUR, NOW + HOUR],
    ['PEM, seconds', pem(FIRST), (NOW + HOUR) / 1000, NOW + HOUR],
    [
      'base64 in lines, digits as text',
      bare(FIRST).replace(/.{64}/g, '$&\n'),
      String(NOW + HOUR),
      NOW + HOUR,
    ],
  ])('reads %s', (_what, keyValue, keyExpiration, expiresAt) => {
    const [key] = readKeys(Buffer.from(JSON.stringify({ keys: [{ keyValue, keyExpiration }] })));
    expect(key?.expiresAt).toBe(expiresAt);
    expect(key?.key.equals(FIRST.publicKey)).toBe(true);
  });

  it('passes over what is no usable key', () => {
    const good = { keyValue: bare(FIRST), keyExpiration: NOW };
    const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }) as Pair;
    const bad = [
      null,
      {},
      { ...good, keyValue: 'x' },
      { ...good, keyValue: bare(newPair(1024)) },
      { ...good, keyValue: bare(elliptic) },
      { ...good, keyExpiration: 'soon' },
    ];
    expect(readKeys(Buffer.from(JSON.stringify({ keys: [...bad, good] })))).toHaveLength(1);
    for (const body of ['', '<html>', '[]', '{"keys":{}}', 'null'])
      expect(readKeys(Buffer.from(body))).toEqual([]);
  });
});

describe('a payout to an encrypted card', () => {
  it('carries a fresh token instead of the card, built before it is sent', async () => {
    const { provider, seen } = await playing(() => keysAnswer({ value: bare(FIRST), expires: NOW + HOUR }));
    const request = await prepared(provider, CARD_ORDER);
    expect(seen.map(({ url, method }) => [method, url])).toEqual([['GET', '/payouts/api/v2/keys.do']]);
    const opened = open(tokenIn(request.exact), FIRST).split('/');
    expect(opened[0]).toBe('2026-02-03T10:00:00+00:00');
    expect([opened[2], opened[9]]).toEqual([PAN, ORDER_ID]);
    expect(Buffer.from(request.exact).toString('utf8')).not.toContain(PAN);
    expect(await request.send(never)).toEqual({ kind: 'answered', progress: PAID });
    expect(seen.at(-1)?.body).toBe(Buffer.from(request.exact).toString('utf8'));
    const again = open(tokenIn((await prepared(provider, CARD_ORDER)).exact), FIRST).split('/');
    expect(again[1]).not.toBe(opened[1]);
  });

  it('but a phone does not', async () => {
    const { provider, fetches } = await playing(() => json({ keys: [] }));
    await prepared(provider, SBP_ORDER);
    expect(fetches()).toBe(0);
  });

  it('takes the key that lives longest, and none in its last minutes', async () => {
    const { provider, clock } = await playing(() =>
      keysAnswer(
        { value: bare(FIRST), expires: NOW + HOUR },
        { value: pem(SECOND), expires: NOW + 2 * HOUR },
      ),
    );
    expect(open(tokenIn((await prepared(provider, CARD_ORDER)).exact), SECOND)).toContain(PAN);
    clock.now = NOW + 2 * HOUR - 300_000;
    expect(await provider.prepare('execute', CARD_ORDER, never)).toMatchObject({
      kind: 'not_sent',
      code: 'no_encryption_key',
    });
  });

  it('asks for the keys once for all who wait, and again when the answer has become too old', async () => {
    const { provider, clock, fetches } = await playing(() =>
      keysAnswer({ value: bare(FIRST), expires: NOW + 24 * HOUR }),
    );
    await Promise.all(Array.from({ length: 20 }, () => prepared(provider, CARD_ORDER)));
    expect(fetches()).toBe(1);
    clock.now = NOW + HOUR;
    await prepared(provider, CARD_ORDER);
    expect(fetches()).toBe(1);
    clock.now = NOW + HOUR + 1;
    await prepared(provider, CARD_ORDER);
    expect(fetches()).toBe(2);
  });

  it.each([
    ['an error', () => json({}, 503)],
    ['no JSON', () => ({ body: '<html>' })],
    ['no key', () => json({ keys: [] })],
    ['expired keys alone', () => keysAnswer({ value: bare(FIRST), expires: NOW - 1 })],
  ])('is not sent where keys.do has %s', async (_what, keysDo) => {
    const { provider, seen } = await playing(keysDo);
    const answer = await provider.prepare('execute', CARD_ORDER, never);
    expect(answer).toMatchObject({ kind: 'not_sent', code: 'no_encryption_key' });
    expect(seen.every(({ url }) => url.endsWith('keys.do'))).toBe(true);
  });
});

describe('a refusal that may speak of the token', () => {
  const refusal = (errorMessage: string) => () => json({ errorCode: '98', errorMessage }, 400);
  const keysDo = () => keysAnswer({ value: bare(FIRST), expires: NOW + HOUR });

  it.each(['Invalid request', 'seToken has expired'])(
    '"%s" can be mended, with keys fetched anew',
    async (words) => {
      const { provider, fetches } = await playing(keysDo, refusal(words));
      expect(await send(provider, CARD_ORDER)).toEqual({
        kind: 'unknown',
        code: '98',
        message: words,
        suspected: { kind: 'not_paid', class: 'refused', code: '98', message: words, mendable: 'rebuild' },
      });
      expect(fetches()).toBe(1);
      await prepared(provider, CARD_ORDER);
      expect(fetches()).toBe(2);
    },
  );

  it.each(['Invalid request. client.name is empty', 'amount is a required parameter', 'New words'])(
    '"%s" cannot',
    async (words) => {
      const { provider, fetches } = await playing(keysDo, refusal(words));
      const answer = await send(provider, CARD_ORDER);
      expect(JSON.stringify(answer)).not.toContain('mendable');
      await prepared(provider, CARD_ORDER);
      expect(fetches()).toBe(1);
    },
  );

  it('nor without a token', async () => {
    const { provider } = await playing(keysDo, refusal('Invalid request'), { cardEncryption: 'none' });
    expect(JSON.stringify(await send(provider, CARD_ORDER))).not.toContain('mendable');
  });

  it('nor under another HTTP status or code', () => {
    const config = configOf();
    const fault = (http: number, code: string) =>
      isTokenFault({ http, code, message: 'Invalid request' }, undefined, config);
    expect([fault(400, '98'), fault(200, '98'), fault(400, '99'), fault(502, '98')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('by the words that the account is configured for', async () => {
    const changes = { seTokenErrorPattern: '^token \\d+$' };
    const { provider } = await playing(keysDo, refusal('TOKEN 7'), changes);
    expect(await send(provider, CARD_ORDER)).toMatchObject({ suspected: { mendable: 'rebuild' } });
    const other = await playing(keysDo, refusal('seToken'), changes);
    expect(await send(other.provider, CARD_ORDER)).not.toHaveProperty('suspected');
  });

  it('drops a key once, not the one that was fetched since', async () => {
    const values = [FIRST, SECOND].map((pair) => keysAnswer({ value: bare(pair), expires: NOW + HOUR }));
    const { provider, fetches } = await playing(
      () => values.shift() ?? json({}, 500),
      refusal('Invalid request'),
    );
    const [a, b] = await Promise.all([prepared(provider, CARD_ORDER), prepared(provider, CARD_ORDER)]);
    await a?.send(never);
    await prepared(provider, CARD_ORDER);
    await b?.send(never);
    expect(open(tokenIn((await prepared(provider, CARD_ORDER)).exact), SECOND)).toContain(PAN);
    expect(fetches()).toBe(2);
  });

  it('stays mendable only where the provider never heard of the order', async () => {
    const suspected = {
      kind: 'not_paid',
      class: 'refused',
      code: '98',
      message: 'Invalid request',
      mendable: 'rebuild',
    } as const;
    const ask = async (answer: PlayedAnswer) => {
      const { provider } = await playing(keysDo, () => answer);
      const query = { orderId: ORDER_ID, amount: CARD_ORDER.amount, ...ASKED, suspected };
      return provider.status(query, never);
    };
    const notFound = 'Order not found in payout proxy. Check orderId or orderNumber';
    expect(await ask(json({ errorCode: '98', errorMessage: notFound }, 400))).toEqual({
      kind: 'answered',
      progress: suspected,
    });
    const declined = await ask(json({ errorCode: '0', orderNumber: ORDER_ID, orderStatus: '6' }));
    expect(declined).toMatchObject({ progress: { kind: 'not_paid', code: '98' } });
    expect(JSON.stringify(declined)).not.toContain('mendable');
  });

  it('never repeats the token', async () => {
    let token = '';
    const { provider } = await playing(keysDo, () =>
      json({ errorCode: '98', errorMessage: `seToken ${token} and ${token.slice(5, 90)} is bad` }, 400),
    );
    const request = await prepared(provider, CARD_ORDER);
    token = tokenIn(request.exact);
    expect(await request.send(never)).toMatchObject({ message: 'seToken *** and *** is bad' });
  });
});
