import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EngineUnavailableError, PayoutNotFoundError } from '../../client/errors.js';
import type { PayoutId } from '../../domain/ids.js';
import { newPayout } from '../journal/support/samples.js';
import { byKeyOf, CARD, payoutBody, shop, startGateway, type Harness } from './harness.js';

let gateway: Harness;
beforeAll(async () => {
  gateway = await startGateway({ mayUse: (merchant, account) => merchant === 'shop' || account === 'main' });
});
afterAll(() => gateway.close());
beforeEach(() => {
  Object.assign(gateway.world, { journalDown: false, clientError: undefined });
  gateway.world.commands.length = 0;
});

const create = (body: unknown, key = gateway.keys.a) => gateway.ask('POST', '/v1/payouts', { key, body });

describe('creating', () => {
  it('answers 201 with a location, and 200 for a repeat', async () => {
    const first = await create(payoutBody('c-1'));
    expect([first.status, first.headers.get('location')]).toEqual([201, '/v1/payouts/c-1']);
    expect(first.json).toMatchObject({ merchant: 'shop', payoutId: 'c-1', status: 'created' });
    const repeat = await create(payoutBody('c-1'));
    expect([repeat.status, repeat.json['createdAt']]).toEqual([200, first.json['createdAt']]);
  });

  it('refuses other content under the same id and shows the original', async () => {
    await create(payoutBody('c-2'));
    const answer = await create(payoutBody('c-2', { amount: { minor: 1, currency: 'RUB' } }));
    expect(answer.status).toBe(409);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.json).toMatchObject({
      type: 'urn:payout-engine:problem:conflict',
      status: 409,
      original: { payoutId: 'c-2', amount: { minor: 10050 } },
    });
  });

  it('compares a taken id with other content only so often, and with its own always', async () => {
    await create(payoutBody('c-guess'));
    const other = () => create(payoutBody('c-guess', { amount: { minor: 1, currency: 'RUB' } }));
    for (let i = 0; i < 59; i += 1) expect((await other()).status).toBe(409);
    for (let i = 0; i < 5; i += 1) expect((await create(payoutBody('c-guess'))).status).toBe(200);
    expect((await other()).status).toBe(409);
    const answer = await other();
    expect([answer.status, Number(answer.headers.get('retry-after')) > 60]).toEqual([429, true]);
    expect((await create(payoutBody('c-guess-2'))).status).toBe(201);
  });

  it('shows the card’s fingerprint to keys for all merchants alone', async () => {
    const { journal, keys } = gateway;
    const entry = newPayout({ merchant: shop });
    await journal.payouts.accept({ ...entry, cardFingerprint: '0f'.repeat(16) });
    const path = `/v1/payouts/${entry.request.payoutId}`;
    expect((await gateway.ask('GET', `${path}?merchant=shop`, { key: keys.operator })).text).toContain(
      '0f0f0f',
    );
    const own = await gateway.ask('GET', path, { key: keys.a });
    expect(own.json).toMatchObject({ merchant: 'shop', status: 'created' });
    expect(own.text).not.toContain('0f0f0f');
  });

  it('takes a sealed card as it is', async () => {
    const destination = { type: 'card', sealed: 'eyJh.k.iv.text.tag', masked: '220000******0004' };
    expect((await create(payoutBody('c-3', { destination }))).status).toBe(201);
    const stored = await gateway.journal.payouts.read({ merchant: shop, payoutId: 'c-3' as PayoutId });
    expect(stored?.request.destination).toMatchObject({ masked: '220000******0004' });
  });

  it('tells all problems at once and leaves nothing behind', async () => {
    const answer = await create(
      payoutBody('c-4', {
        amount: { minor: '100.50', currency: 'rub' },
        destination: { type: 'card', number: '2200000000000005' },
        acount: 1,
      }),
    );
    expect(answer.status).toBe(422);
    expect(answer.json.problems?.map(({ field }) => field)).toEqual([
      'amount.minor',
      'amount.currency',
      'destination.number',
      'acount',
    ]);
    expect(answer.json.problems?.at(-1)?.remedy).toBe('Did you mean account?');
    expect(answer.text).not.toContain('2200000000000005');
    expect((await gateway.ask('GET', '/v1/payouts/c-4', { key: gateway.keys.a })).status).toBe(404);
  });

  it('names the configured accounts when the account is unknown', async () => {
    const answer = await create(payoutBody('c-5', { account: 'mian' }));
    expect(answer.json.problems).toEqual([
      { field: 'account', problem: 'is not an account that can be used', remedy: 'Use one of: main, other.' },
    ]);
  });

  it('keeps a merchant to its own accounts', async () => {
    const answer = await create(payoutBody('c-5', { account: 'other' }), gateway.keys.b);
    expect(answer.json.problems?.[0]?.remedy).toBe('Use one of: main.');
    expect((await create(payoutBody('c-5', { account: 'other' }))).status).toBe(201);
  });

  it('asks the provider before anything is started', async () => {
    const answer = await create(payoutBody('c-6', { amount: { minor: 5, currency: 'USD' } }));
    expect([answer.status, answer.json.problems?.[0]?.problem]).toEqual([422, 'not RUB']);
    expect(
      await gateway.journal.payouts.get({ merchant: shop, payoutId: 'c-6' as PayoutId }),
    ).toBeUndefined();
  });

  it("takes the merchant from a merchant's key, and wants it from an operator", async () => {
    const foreign = await create(payoutBody('c-7', { merchant: 'bank' }));
    expect([foreign.status, foreign.json.problems?.[0]?.field]).toEqual([422, 'merchant']);
    const without = await create(payoutBody('c-7'), gateway.keys.operator);
    expect(without.json.problems?.map(({ field, problem }) => [field, problem])).toEqual([
      ['merchant', 'is missing'],
    ]);
    expect(
      (await create(payoutBody('c-7', { merchant: 'bank' }), gateway.keys.operator)).json['merchant'],
    ).toBe('bank');
  });

  it('says 503 with Retry-After while the engine is away', async () => {
    gateway.world.clientError = new EngineUnavailableError('Temporal does not answer');
    const answer = await create(payoutBody('c-8'));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(answer.json['type']).toBe('urn:payout-engine:problem:unavailable');
  });

  it('never shows the inside of an unexpected error', async () => {
    gateway.world.clientError = new Error('secret inside /srv/app.js');
    const answer = await create(payoutBody('c-9'));
    expect([answer.status, answer.text.includes('secret')]).toEqual([500, false]);
    expect(JSON.stringify(gateway.world.log)).toContain('secret inside');
  });
});

describe('what cannot be read', () => {
  const post = (body: string, type: string) =>
    fetch(`${gateway.url}/v1/payouts`, {
      method: 'POST',
      body,
      headers: { 'content-type': type, authorization: `Bearer ${gateway.keys.a}` },
    });

  it.each([
    ['bad JSON', `{"number": "${CARD}", `, 'application/json', 400, 'malformed'],
    ['no object', '[1]', 'application/json', 422, 'invalid'],
    ['a form', 'a=1', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type'],
    ['plain text', 'a', 'text/plain', 415, 'unsupported-media-type'],
    ['too much', JSON.stringify({ a: 'x'.repeat(70_000) }), 'application/json', 413, 'too-large'],
  ])('%s', async (_name, body, type, status, kind) => {
    const answer = await post(body, type);
    const text = await answer.text();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.parse(text)).toMatchObject({ type: `urn:payout-engine:problem:${kind}`, status });
    expect(text).not.toContain(CARD);
  });

  it('a bad address is a problem too', async () => {
    const answer = await gateway.ask('GET', '/v1/payouts/%ff', { key: gateway.keys.a });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
    expect((await gateway.ask('GET', '/nowhere')).json).toMatchObject({ status: 404 });
  });
});

describe('reading', () => {
  it('lists by filter and page, newest first', async () => {
    for (const id of ['l-1', 'l-2', 'l-3']) await create(payoutBody(id, { batch: 'july' }));
    const list = (query: string) => gateway.ask('GET', `/v1/payouts?${query}`, { key: gateway.keys.a });
    const first = await list('batch=july&limit=2&status=created&account=main');
    const ids = (page: typeof first) =>
      (page.json['items'] as { payoutId: string }[]).map(({ payoutId }) => payoutId);
    expect(ids(first)).toEqual(['l-3', 'l-2']);
    const second = await list(
      `batch=july&limit=2&cursor=${encodeURIComponent(String(first.json['nextCursor']))}`,
    );
    expect([ids(second), second.json['nextCursor']]).toEqual([['l-1'], undefined]);
    expect(ids(await list('batch=july&createdFrom=2999-01-01T00:00:00%2B02:00'))).toEqual([]);
    expect(ids(await list(`batch=july&cardFingerprint=${'0'.repeat(32)}`))).toEqual([]);
    const bad = await list('limit=201&status=nope&cardFingerprint=x&createdTo=yesterday&colour=red');
    const fields = ['status', 'cardFingerprint', 'createdTo', 'limit', 'colour'];
    expect(bad.json.problems?.map(({ field }) => field)).toEqual(fields);
    expect((await list('cursor=nonsense')).json.problems?.[0]?.field).toBe('cursor');
  });

  it('shows the history', async () => {
    await create(payoutBody('h-1'));
    const answer = await gateway.ask('GET', '/v1/payouts/h-1/events', { key: gateway.keys.a });
    expect(answer.json['items']).toMatchObject([{ sequence: 1, type: 'accepted' }]);
  });

  it('says 503 while the journal is away', async () => {
    expect((await gateway.ask('GET', '/v1/payouts', { key: gateway.keys.a })).status).toBe(200);
    gateway.world.journalDown = true;
    const answer = await gateway.ask('GET', '/v1/payouts', { key: gateway.keys.a });
    expect([answer.status, answer.text.includes('10.9.9.9')]).toEqual([503, false]);
  });
});

describe('commands', () => {
  const command = (path: string, body: unknown, key: string) =>
    gateway.ask('POST', `/v1/payouts/${path}`, { key, body });

  it('cancels what was not sent, and tells the truth about what was', async () => {
    await create(payoutBody('x-1'));
    const done = await gateway.ask('POST', '/v1/payouts/x-1/cancel', { key: gateway.keys.a });
    expect([done.status, done.json['cancelled']]).toEqual([200, true]);
    expect(gateway.world.commands).toEqual([{ actor: byKeyOf('shop back end'), reason: 'no reason given' }]);

    await create(payoutBody('x-2'));
    const key = { merchant: shop, payoutId: 'x-2' as PayoutId };
    await gateway.journal.payouts.beginAttempt(key, { step: 'execute', requestFingerprint: 'f' });
    const refused = await command('x-2/cancel', { reason: 'changed my mind' }, gateway.keys.a);
    expect(refused.status).toBe(409);
    expect(refused.json).toMatchObject({
      type: 'urn:payout-engine:problem:not-cancelled',
      payout: { status: 'processing' },
    });
  });

  it('says so when Temporal has forgotten the payout', async () => {
    await create(payoutBody('x-3'));
    gateway.world.clientError = new PayoutNotFoundError('forgotten');
    const answer = await command('x-3/cancel', {}, gateway.keys.a);
    expect([answer.status, answer.json['detail']]).toEqual([
      409,
      'The payout is created and its workflow has ended',
    ]);
  });

  it('lets operators alone resolve, for a merchant they name', async () => {
    await create(payoutBody('x-4'));
    const verdict = { verdict: 'paid', reason: 'seen on the statement' };
    expect((await command('x-4/resolve', verdict, gateway.keys.a)).status).toBe(403);
    expect((await command('x-4/resolve', verdict, gateway.keys.operator)).json.problems?.[0]?.field).toBe(
      'merchant',
    );
    const notInReview = await command('x-4/resolve?merchant=shop', verdict, gateway.keys.operator);
    expect([notInReview.status, notInReview.json['type']]).toEqual([
      409,
      'urn:payout-engine:problem:not-resolved',
    ]);
    const key = { merchant: shop, payoutId: 'x-4' as PayoutId };
    await gateway.journal.payouts.changeStatus(
      key,
      'in_review',
      { code: 'lost', message: 'm' },
      { actor: 'engine' },
    );
    const done = await command('x-4/resolve', { ...verdict, merchant: 'shop' }, gateway.keys.operator);
    expect([done.status, done.json['resolved']]).toEqual([200, true]);
    expect(gateway.world.commands.at(-1)).toEqual({ ...verdict, actor: byKeyOf('olga') });
    const bad = await command('x-4/resolve?merchant=shop', { verdict: 'maybe' }, gateway.keys.operator);
    expect(bad.json.problems?.map(({ field }) => field)).toEqual(['verdict', 'reason']);
  });
});
