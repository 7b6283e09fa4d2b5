import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../examples/own-provider/answer.js';
import { readCallback } from '../../examples/own-provider/callback.js';
import { pocketPayConfig } from '../../examples/own-provider/config.js';
import { pocketPay } from '../../examples/own-provider/index.js';
import { interpretMoney, interpretStatus, type Reading } from '../../examples/own-provider/interpret.js';
import { limitsOf } from '../../examples/own-provider/limits.js';
import { isSignatureOfCallback, signatureOf } from '../../examples/own-provider/sign.js';
import type { AccountId } from '../../domain/ids.js';
import type { SealedPayoutRequest } from '../../domain/payout-request.js';
import type { HttpResponse } from '../../providers/http-call.js';
import type { UnmappedAnswer } from '../../providers/registration.js';

const SETTINGS = {
  baseUrl: 'https://api.pocketpay.example/v1',
  keyId: 'wallet',
  secret: 'a-secret-of-the-wallet',
  currency: 'EUR',
};
const TRANSFER = { id: 'T1', amount: 1_500, currency: 'EUR', state: 'paid', reference: 'PP1' };

describe('signing', () => {
  const body = Buffer.from('{"id":"T1","amount":1500}');
  const post = { method: 'POST', path: '/v1/transfers', body } as const;

  // printf 'POST\n/v1/transfers\n{"id":"T1","amount":1500}' | openssl dgst -sha256 -hmac 'a-secret-of-the-wallet'
  it('a request has the signature that openssl makes of it', () => {
    const expected = '18963f4e9b8bb54c4cda5cd1a8fee5e2ce99636590e86a5f61e7e457dc6e582b';
    expect(signatureOf(post, SETTINGS.secret)).toBe(expected);
    const get = { method: 'GET', path: '/v1/transfers/T1', body: new Uint8Array() } as const;
    expect(signatureOf(get, SETTINGS.secret)).toBe(
      '626c96d53a6433366fa09b5614736a1ebfc428acffc1309c2f41765890e29088',
    );
  });

  it('another method, path, body or secret has another', () => {
    const others = [
      signatureOf({ ...post, method: 'GET' }, SETTINGS.secret),
      signatureOf({ ...post, path: '/v1/transfers/' }, SETTINGS.secret),
      signatureOf({ ...post, body: Buffer.from('{"id":"T1","amount":1501}') }, SETTINGS.secret),
      signatureOf(post, `${SETTINGS.secret} `),
    ];
    expect(new Set([...others, signatureOf(post, SETTINGS.secret)]).size).toBe(5);
  });

  // printf '{"id":"T1","state":"paid"}' | openssl dgst -sha256 -hmac 'a-callback-secret'
  const told = Buffer.from('{"id":"T1","state":"paid"}');
  const right = '2f339c481dd34e5796d5c4283619d9d7f171a7b9b0fc3d71863f7bc7d8b651c3';

  it('of a callback it is over the bytes as they came', () => {
    expect(isSignatureOfCallback(right, told, 'a-callback-secret')).toBe(true);
    expect(
      isSignatureOfCallback(right, Buffer.from('{"id":"T1", "state":"paid"}'), 'a-callback-secret'),
    ).toBe(false);
  });

  it.each(['', right.slice(1), right.toUpperCase(), `${right}00`, right.replace('2', '3'), 'x'.repeat(64)])(
    'is not %s',
    (given) => {
      expect(isSignatureOfCallback(given, told, 'a-callback-secret')).toBe(false);
    },
  );
});

const http = (status: number, body: unknown): HttpResponse => ({
  kind: 'response',
  status,
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const error = (status: number, code: string): HttpResponse =>
  http(status, { error: { code, message: 'card 2200000000000004 is not taken' } });

describe('the parser', () => {
  it('keeps what decides, and drops an odd value that does not', () => {
    const odd = { ...TRANSFER, reference: 'x'.repeat(65), fee: 'free', paid_at: 'now', more: [1] };
    expect(readAnswer(http(201, odd))).toEqual({
      kind: 'transfer',
      transfer: { id: 'T1', amount: 1_500, currency: 'EUR', state: 'paid' },
    });
  });

  it.each([
    ['nothing', http(200, '')],
    ['a page', http(200, '<html>')],
    ['half an answer', http(200, '{"id":"T1","amount":15')],
    ['an amount as text', http(200, { ...TRANSFER, amount: '1500' })],
    ['a fraction of a cent', http(200, { ...TRANSFER, amount: 1500.5 })],
    ['no state', http(200, { ...TRANSFER, state: undefined })],
    ['an error without a code', http(400, { error: {} })],
    ['a transfer in an error', http(500, TRANSFER)],
  ])('makes nothing of %s', (_what, response) => {
    expect(readAnswer(response)).toEqual({ kind: 'unreadable' });
  });
});

describe('what an answer means', () => {
  const unmapped: Partial<UnmappedAnswer>[] = [];
  const reading: Reading = {
    orderId: 'T1',
    amount: { minor: 1_500, currency: 'EUR' },
    confidential: ['2200000000000004'],
    onUnmapped: (seen) => unmapped.push(seen),
  };
  const money = (response: HttpResponse) => interpretMoney(response, reading);

  it('paid, refused and pending are believed of our order alone', () => {
    expect(money(http(201, TRANSFER))).toMatchObject({ progress: { kind: 'paid', reference: 'PP1' } });
    expect(money(http(201, { ...TRANSFER, state: 'pending' }))).toMatchObject({
      progress: { kind: 'pending' },
    });
    expect(money(http(201, { ...TRANSFER, state: 'refused', reason: 'limit_exceeded' }))).toMatchObject({
      progress: { kind: 'not_paid', class: 'declined', code: 'limit_exceeded' },
    });
    for (const changes of [{ id: 'T2' }, { amount: 1_501 }, { currency: 'USD' }]) {
      expect(money(http(201, { ...TRANSFER, ...changes }))).toMatchObject({
        progress: { kind: 'contradiction' },
      });
    }
  });

  it.each([
    [400, 'invalid_request', 'refused'],
    [401, 'unknown_key', 'refused'],
    [402, 'insufficient_funds', 'declined'],
    [422, 'card_not_accepted', 'declined'],
  ])('%i %s proves that nothing was paid', (status, code, kind) => {
    expect(money(error(status, code))).toMatchObject({ progress: { kind: 'not_paid', class: kind, code } });
  });

  it.each([
    [409, 'duplicate_id'],
    [429, 'too_many_requests'],
    [500, 'outcome_unknown'],
    [404, 'unknown_transfer'],
    // Known words with another status are nobody's words.
    [500, 'invalid_request'],
    [400, 'something_new'],
  ])('%i %s proves nothing', (status, code) => {
    expect(money(error(status, code))).toMatchObject({ kind: 'unknown' });
  });

  it('counts what it has no words for, and never repeats a card number', () => {
    unmapped.length = 0;
    expect(money(error(400, 'something_new'))).toMatchObject({ message: 'card *** is not taken' });
    money(http(201, { ...TRANSFER, state: 'on_hold' }));
    expect(unmapped).toMatchObject([
      { what: 'error', code: 'something_new', http: 400 },
      { what: 'order_status', code: 'on_hold' },
    ]);
  });

  it('an error to a question says nothing of the transfer, but for "not found" in its own words', () => {
    expect(interpretStatus(error(404, 'unknown_transfer'), reading)).toMatchObject({
      progress: { kind: 'not_found' },
    });
    for (const response of [
      http(404, '<html>'),
      error(400, 'invalid_request'),
      error(422, 'card_not_accepted'),
    ]) {
      expect(interpretStatus(response, reading)).toMatchObject({ kind: 'unknown' });
    }
  });
});

describe('a callback', () => {
  const callbackSecret = 'a-callback-secret';
  const read = (transfer: object, callbacks: 'none' | 'hint' | 'proof', secret = callbackSecret) => {
    const config = pocketPayConfig.parse({ ...SETTINGS, callbacks, callbackSecret });
    const body = Buffer.from(JSON.stringify(transfer));
    const headers = { 'pocket-signature': createHmac('sha256', secret).update(body).digest('hex') };
    return readCallback(
      { method: 'POST', url: '/callbacks/pocket', headers, body },
      config,
      limitsOf(config),
    );
  };

  it('is a hint, or a proof with its amount, as the account says', () => {
    expect(read(TRANSFER, 'hint')).not.toHaveProperty('proof');
    const proof = { kind: 'paid', reference: 'PP1', amountMinor: 1_500 };
    expect(read(TRANSFER, 'proof')).toMatchObject({ kind: 'verified', orderId: 'T1', proof });
  });

  it.each([
    ['is pending', { state: 'pending' }],
    ['is in a state that nobody documented', { state: 'on_hold' }],
    ['is of another currency', { currency: 'USD' }],
  ])('of a transfer that %s proves nothing', (_what, changes) => {
    const reading = read({ ...TRANSFER, ...changes }, 'proof');
    expect(reading.kind === 'verified' && reading.proof).toBeUndefined();
  });

  it('is refused if forged, unreadable, of an id that cannot be ours, or not wanted', () => {
    expect(read(TRANSFER, 'proof', 'another-secret-of-16')).toMatchObject({ kind: 'refused' });
    expect(read({ id: 'T1' }, 'proof')).toMatchObject({ kind: 'refused' });
    expect(read({ ...TRANSFER, id: 'T 1' }, 'proof')).toMatchObject({ kind: 'refused' });
    expect(read(TRANSFER, 'none')).toMatchObject({ kind: 'refused', answer: { status: 404 } });
  });
});

describe('an account', () => {
  it.each([
    ['baseUrl', { baseUrl: 'http://api.pocketpay.example/v1' }],
    ['currency', { currency: 'EURO' }],
    ['callbackSecret', { callbacks: 'hint' }],
    ['notFoundGraceSecs', { resend: 'auto', notFoundGraceSecs: 10 }],
  ])('is refused for its %s', (field, changes) => {
    const { error: refusal } = pocketPayConfig.safeParse({ ...SETTINGS, ...changes });
    expect(refusal?.issues.map(({ path }) => path[0])).toEqual([field]);
  });

  it('tells what Pocket Pay would refuse, without the card', () => {
    const provider = pocketPay.create('pocket' as AccountId, { ...SETTINGS, maxAmount: 100 });
    const request = {
      amount: { minor: 101, currency: 'EUR' },
      destination: { type: 'card', sealed: '…', masked: '220000******0004' },
      recipient: { firstName: 'Anna' },
      orderId: 'T 1',
    } as SealedPayoutRequest;
    const fields = provider.validate(request).map(({ field }) => field);
    expect(fields).toEqual(['amount.minor', 'orderId', 'recipient']);
  });
});
