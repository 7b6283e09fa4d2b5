import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StoredCardId } from '../../domain/ids.js';
import { sign } from './fake-provider.js';
import { byKeyOf, CARD, payoutBody, shop, startGateway, until, type Harness } from './harness.js';

let gateway: Harness;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.world.signalled.length = 0;
  gateway.world.workflowClosed = false;
});

const cardBody = (storedCardId: string, more: object = {}) => ({
  storedCardId,
  account: 'main',
  purpose: 'destination',
  ownerId: 'client-9',
  card: { number: CARD },
  ...more,
});
const add = (body: unknown, key = gateway.keys.a) => gateway.ask('POST', '/v1/stored-cards', { key, body });
const get = (path: string, key = gateway.keys.a) => gateway.ask('GET', `/v1/stored-cards${path}`, { key });

describe('having a card stored', () => {
  it('answers 201 with a location, and 200 for a repeat', async () => {
    const first = await add(cardBody('c-1'));
    expect([first.status, first.headers.get('location')]).toEqual([201, '/v1/stored-cards/c-1']);
    expect(first.json).toMatchObject({
      merchant: 'shop',
      storedCardId: 'c-1',
      status: 'requested',
      masked: '220000******0004',
    });
    const repeat = await add(cardBody('c-1'));
    expect([repeat.status, repeat.json['createdAt']]).toEqual([200, first.json['createdAt']]);
    const byOperator = await add(cardBody('c-1', { merchant: 'shop' }), gateway.keys.operator);
    expect(byOperator.headers.get('location')).toBe('/v1/stored-cards/c-1?merchant=shop');
  });

  it('refuses another card under the same id and shows the original', async () => {
    await add(cardBody('c-2'));
    const answer = await add(cardBody('c-2', { ownerId: 'client-10' }));
    expect(answer.status).toBe(409);
    expect(answer.json).toMatchObject({
      type: 'urn:payout-engine:problem:conflict',
      originalCard: { storedCardId: 'c-2', ownerId: 'client-9' },
    });
  });

  it('tells all problems at once and repeats neither number nor CVV', async () => {
    const card = { number: '2200000000000005', cvv: '98765', expiry: { month: 13, year: 30 }, pin: '1' };
    const answer = await add(cardBody('c-3', { card, purpose: 'both', merchant: 'bank' }));
    expect(answer.status).toBe(422);
    expect(answer.json.problems?.map(({ field }) => field)).toEqual([
      'purpose',
      'card.number',
      'card.expiry.month',
      'card.expiry.year',
      'card.cvv',
      'card.pin',
      'merchant',
    ]);
    expect(answer.text).not.toMatch(/2200000000000005|98765/);
    expect((await get('/c-3')).status).toBe(404);
  });

  it('wants no CVV where nobody needs one', async () => {
    const answer = await add(cardBody('c-3', { card: { number: CARD, cvv: '123' } }));
    expect(answer.json.problems?.map(({ field }) => field)).toEqual(['card.cvv']);
  });

  it('asks the provider before anything is started', async () => {
    const answer = await add(cardBody('c-4', { ownerId: 'nobody' }));
    expect(answer.json.problems).toMatchObject([{ field: 'ownerId', remedy: 'Name the owner.' }]);
    expect((await get('/c-4')).status).toBe(404);
  });

  it('passes on the words of a provider that stores no cards', async () => {
    const answer = await add(cardBody('c-5', { account: 'other' }));
    expect([answer.status, answer.json['type'], answer.json['detail']]).toEqual([
      501,
      'urn:payout-engine:problem:lacking',
      'the fake provider stores no cards',
    ]);
  });
});

describe('reading and removing', () => {
  it('keeps each merchant to its own cards', async () => {
    await add(cardBody('mine'));
    await add(cardBody('theirs'), gateway.keys.b);
    const ids = async (key: string, query = '') =>
      ((await get(query, key)).json['items'] as { storedCardId: string }[]).map((card) => card.storedCardId);
    expect(await ids(gateway.keys.b)).toEqual(['theirs']);
    expect(await ids(gateway.keys.a)).not.toContain('theirs');
    expect(await ids(gateway.keys.operator, '?merchant=bank')).toEqual(['theirs']);
    expect((await get('/theirs')).status).toBe(404);
    expect((await get('/theirs?merchant=bank')).status).toBe(404);
    expect((await get('/theirs?merchant=bank', gateway.keys.operator)).status).toBe(200);
    const removal = await gateway.ask('DELETE', '/v1/stored-cards/theirs', { key: gateway.keys.a });
    expect(removal.status).toBe(404);
  });

  it('pages and filters, and refuses a filter that it does not know', async () => {
    const first = await get('?limit=1&status=requested&purpose=destination&account=main');
    expect(first.json['items']).toHaveLength(1);
    const second = await get(`?limit=1&cursor=${String(first.json['nextCursor'])}`);
    expect(second.json['items']).not.toEqual(first.json['items']);
    expect((await get('?status=done')).json.problems?.[0]?.field).toBe('status');
    expect((await get('?cursor=nonsense')).json.problems?.[0]?.field).toBe('cursor');
  });

  it('takes a card out of use, by whom and why, and bears a repeat', async () => {
    await add(cardBody('gone'));
    const path = '/v1/stored-cards/gone?reason=client%20left';
    for (let i = 0; i < 2; i += 1) {
      const answer = await gateway.ask('DELETE', path, { key: gateway.keys.a });
      expect([answer.status, answer.json['status']]).toEqual([200, 'removed']);
    }
    const key = { merchant: shop, storedCardId: 'gone' as StoredCardId };
    const events = await gateway.journal.storedCards.events(key);
    expect(events.at(-1)).toMatchObject({
      type: 'removed',
      actor: byKeyOf('shop back end'),
      reason: 'client left',
    });
  });
});

describe('a one-time secret', () => {
  const keep = (body: unknown) => gateway.ask('POST', '/v1/one-time-secrets', { key: gateway.keys.a, body });

  it('is kept sealed, for one use', async () => {
    const kept = await keep({ sealed: 'head.key.iv.text.tag' });
    expect([kept.status, kept.json['expiresInSecs']]).toEqual([201, 600]);
    const id = String(kept.json['id']);
    expect(await gateway.journal.oneTimeSecrets.take(id)).toBe('head.key.iv.text.tag');
    expect(await gateway.journal.oneTimeSecrets.take(id)).toBeUndefined();
    expect(JSON.stringify(gateway.world.log)).not.toContain(id);
  });

  it('is taken neither readable nor large, nor from a stranger', async () => {
    const readable = await keep({ sealed: '123' });
    expect([readable.status, readable.json.problems?.[0]?.field]).toEqual([422, 'sealed']);
    expect((await keep({ sealed: 'x'.repeat(9_000) })).status).toBe(413);
    expect((await gateway.ask('POST', '/v1/one-time-secrets', { body: {} })).status).toBe(401);
  });
});

describe('a provider that tells of a stored card', () => {
  const callback = (text: string) =>
    fetch(`${gateway.url}/callbacks/main`, { method: 'POST', body: text, headers: { 'x-sign': sign(text) } });

  it('reaches the workflow that has it stored, as a hint', async () => {
    await add(cardBody('told'));
    expect((await callback('sc-shop-told|k1|paid')).status).toBe(200);
    await until(() => gateway.world.signalled.length === 1);
    const [signal] = gateway.world.signalled;
    expect(signal?.key).toEqual({ merchant: 'shop', storedCardId: 'told' });
    expect(signal).not.toHaveProperty('proof');
  });

  it('is late after the end, and changes nothing', async () => {
    await add(cardBody('late'));
    gateway.world.workflowClosed = true;
    await callback('sc-shop-late|k2|paid');
    await until(async () => (await gateway.journal.inbox.pending(0, 10)).length === 0);
    expect((await get('/late')).json['status']).toBe('requested');
  });
});

describe('an owner who comes back from 3-D Secure', () => {
  it("is led to the merchant's page, and the workflow hears of it where no callback will come", async () => {
    const returnUrls = { success: 'https://shop.example/card', failure: 'https://shop.example/no' };
    const key = { merchant: shop, storedCardId: 'acs' as StoredCardId };
    await gateway.journal.storedCards.accept({
      request: {
        ...key,
        account: 'other' as never,
        purpose: 'source',
        ownerId: 'payer-1',
        card: { sealed: 'a.b.c.d.e', masked: '220000******0004' },
        returnUrls,
      },
      provider: 'fake',
      orderId: 'sc-acs' as never,
      contentFingerprint: 'f',
      actor: 'merchant:shop',
    });
    const action = { type: 'redirect', url: 'https://bank.example/acs' } as const;
    await gateway.journal.storedCards.recordProgress(
      key,
      { kind: 'action_required', action },
      { actor: 'engine' },
    );
    const back = await fetch(`${gateway.url}/return/other/sc-acs?to=failure`, { redirect: 'manual' });
    expect([back.status, back.headers.get('location')]).toEqual([
      303,
      'https://shop.example/no?storedCardId=acs',
    ]);
    expect(gateway.world.signalled).toEqual([{ key: { merchant: 'shop', storedCardId: 'acs' } }]);
  });
});

it('is no payout: the two have namespaces of their own', async () => {
  await add(cardBody('same'));
  const answer = await gateway.ask('POST', '/v1/payouts', { key: gateway.keys.a, body: payoutBody('same') });
  expect(answer.status).toBe(201);
});
