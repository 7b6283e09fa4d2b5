import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EngineUnavailableError } from '../../client/errors.js';
import type { PayoutId, PayoutKey } from '../../domain/ids.js';
import { sign } from './fake-provider.js';
import { byKeyOf, CARD, payoutBody, shop, startGateway, type Harness } from './harness.js';

let gateway: Harness;
let next = 0;
let key: PayoutKey;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  key = { merchant: shop, payoutId: `rv-${(next += 1)}` as PayoutId };
  await gateway.ask('POST', '/v1/payouts', { key: gateway.keys.a, body: payoutBody(key.payoutId) });
  const { payouts } = gateway.journal;
  await payouts.beginAttempt(key, { step: 'execute', requestFingerprint: 'bytes' });
  await payouts.endAttempt(key, 1, { kind: 'unknown', code: 'timeout', message: 'No answer in 10 s' });
  const reason = { code: 'no_final_answer', message: 'Still processing' };
  await payouts.changeStatus(key, 'in_review', reason, { actor: 'engine' });
});

const evidence = (query: string, as = gateway.keys.operator) =>
  gateway.ask('GET', `/v1/payouts/${key.payoutId}/evidence?merchant=shop${query}`, { key: as });

describe('GET /v1/reviews', () => {
  it('lists the longest waiting first, to a merchant only its own', async () => {
    const mine = await gateway.ask('GET', '/v1/reviews?limit=1', { key: gateway.keys.desk });
    const { items, nextCursor } = mine.json as {
      items?: { payout: object; since: string }[];
      nextCursor?: string;
    };
    expect(items?.[0]).toMatchObject({ payout: { payoutId: 'rv-1', reason: { code: 'no_final_answer' } } });
    expect(Date.parse(items?.[0]?.since ?? '')).not.toBeNaN();
    expect(nextCursor === undefined).toBe(next === 1);
    const theirs = await gateway.ask('GET', '/v1/reviews', { key: gateway.keys.otherDesk });
    expect(theirs.json['items']).toEqual([]);
    const foreign = await gateway.ask('GET', '/v1/reviews?merchant=shop', { key: gateway.keys.otherDesk });
    expect(foreign.status).toBe(422);
  });

  it('refuses a cursor that is none', async () => {
    const answer = await gateway.ask('GET', '/v1/reviews?cursor=x', { key: gateway.keys.operator });
    expect(answer.status).toBe(422);
  });
});

describe('GET /v1/payouts/{payoutId}/evidence', () => {
  it('has what was sent, what came back and what was noted, and nothing of the card or the callback’s body', async () => {
    const body = `o-shop-${key.payoutId}|m-${key.payoutId}`;
    await fetch(`${gateway.url}/callbacks/main`, { method: 'POST', body, headers: { 'x-sign': sign(body) } });
    const answer = await evidence('');
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      payout: { payoutId: key.payoutId, status: 'in_review' },
      since: expect.any(String) as string,
      attempts: [
        { number: 1, step: 'execute', answer: { kind: 'unknown', code: 'timeout' }, notFoundAnswers: 0 },
      ],
      callbacks: [{ id: expect.any(String) as string, receivedAt: expect.any(String) as string }],
      notes: [{ from: 'processing', to: 'in_review' }],
    });
    expect(answer.json).not.toHaveProperty('provider');
    expect((answer.json['callbacks'] as object[])[0]).not.toHaveProperty('proof');
    expect(answer.text).not.toContain(CARD);
    expect(answer.text).not.toContain('x-sign');
  });

  it('asks the provider only when told to, and says what it said', async () => {
    const asked: unknown[] = [];
    gateway.world.accounts.orderStatus = (account, which) => {
      asked.push([account, which]);
      return Promise.resolve({ kind: 'pending', detail: 'state 6' });
    };
    const before = await gateway.journal.payouts.events(key);
    expect((await evidence('&ask=true')).json['provider']).toMatchObject({
      kind: 'told',
      told: { kind: 'pending', detail: 'state 6' },
    });
    expect(asked).toEqual([['main', key]]);
    expect(await gateway.journal.payouts.events(key)).toEqual(before);
  });

  it('is shown all the same where the provider cannot be reached', async () => {
    gateway.world.accounts.orderStatus = () =>
      Promise.reject(new EngineUnavailableError('No worker answered'));
    const answer = await evidence('&ask=true');
    expect(answer.status).toBe(200);
    expect(answer.json['provider']).toMatchObject({ kind: 'not_reached', why: 'No worker answered' });
  });

  it('is for operators', async () => {
    expect((await evidence('', gateway.keys.a)).status).toBe(403);
    expect((await evidence('&ask=maybe')).status).toBe(422);
    const none = await gateway.ask('GET', '/v1/payouts/none/evidence?merchant=shop', {
      key: gateway.keys.operator,
    });
    expect(none.status).toBe(404);
  });
});

describe('POST /v1/payouts/{payoutId}/correct', () => {
  const correct = (to: string, as = gateway.keys.operator) =>
    gateway.ask('POST', `/v1/payouts/${key.payoutId}/correct`, {
      key: as,
      body: { to, reason: 'seen on the statement', merchant: 'shop' },
    });
  const endAs = (status: 'succeeded' | 'declined') =>
    gateway.journal.payouts.changeStatus(key, status, undefined, { actor: 'engine' });

  it.each([
    ['succeeded', 'returned'],
    ['declined', 'succeeded'],
  ] as const)(
    'makes %s %s, as an event of its own with who and why; a repeat is harmless',
    async (from, to) => {
      await endAs(from);
      const answer = await correct(to);
      expect([answer.status, answer.json]).toMatchObject([200, { corrected: true, payout: { status: to } }]);
      expect((await correct(to)).status).toBe(200);
      const events = await gateway.journal.payouts.events(key);
      expect(events.filter(({ type }) => type === 'correction')).toMatchObject([
        { from, to, actor: byKeyOf('olga'), reason: 'seen on the statement' },
      ]);
    },
  );

  it('refuses what is no correction', async () => {
    for (const to of ['succeeded', 'returned']) {
      const answer = await correct(to);
      expect([answer.status, answer.json['type']]).toEqual([409, 'urn:payout-engine:problem:not-corrected']);
      expect(answer.json['detail']).toContain('in_review cannot be corrected');
    }
    await endAs('declined');
    expect((await correct('returned')).status).toBe(409);
    expect((await correct('declined')).status).toBe(422);
    expect((await gateway.journal.payouts.get(key))?.status).toBe('declined');
  });

  it('is for operators, and asks for the evidence', async () => {
    await endAs('succeeded');
    expect((await correct('returned', gateway.keys.a)).status).toBe(403);
    const body = { to: 'returned', merchant: 'shop' };
    const path = `/v1/payouts/${key.payoutId}/correct`;
    const answer = await gateway.ask('POST', path, { key: gateway.keys.operator, body });
    expect(answer.json.problems?.map(({ field }) => field)).toEqual(['reason']);
  });
});
