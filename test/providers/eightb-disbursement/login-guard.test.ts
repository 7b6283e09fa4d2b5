import { describe, expect, it } from 'vitest';
import { isLacking } from '../../../providers/port.js';
import type { LoginRefused } from '../../../providers/registration.js';
import { playServer, type PlayedAnswer } from '../local-server.js';
import { never, NOW, ORDER, ORDER_ID, prepared, providerAt, queryOf, send, xmlOf } from './fixtures.js';

const WRONG: PlayedAnswer = { body: xmlOf({ result: 'ERROR: invalid hash' }) };
const RIGHT: PlayedAnswer = { body: xmlOf({ id: ORDER_ID, result: 'OK' }) };
const HELD_BACK = { kind: 'not_sent', code: 'login_refused' };

async function playing(changes: Record<string, unknown> = {}, answer = WRONG) {
  const state = { now: NOW, answer };
  const { origin, seen } = await playServer(() => state.answer);
  const refusals: LoginRefused[] = [];
  const deps = { now: () => state.now, onLoginRefused: (refusal: LoginRefused) => refusals.push(refusal) };
  return { provider: providerAt(origin, changes, deps), seen, state, refusals };
}

describe('after a refusal of our signature', () => {
  it('the payout is only suspected to be refused, and nothing more is sent for a while', async () => {
    const { provider, seen, refusals } = await playing();
    expect(await send(provider, ORDER)).toMatchObject({ kind: 'unknown', suspected: { class: 'refused' } });
    expect(refusals).toEqual([
      { account: '8b-eur', protocol: 'eightb_disbursement', http: 200, pausedMs: 300_000 },
    ]);
    expect(await provider.prepare('execute', ORDER, never)).toMatchObject(HELD_BACK);
    expect(await provider.status(queryOf(), never)).toMatchObject(HELD_BACK);
    if (isLacking(provider.balance) || isLacking(provider.registry)) throw new Error('lacking');
    expect(await provider.balance.read(never)).toMatchObject(HELD_BACK);
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['HTTP 400', { status: 400 }],
    ['HTTP 404', { status: 404 }],
    ['access denied', { body: xmlOf({ result: 'ERROR: access denied' }) }],
    ['unknown service', { body: xmlOf({ result: 'ERROR: unknown service' }) }],
  ])('%s holds back as well, also said to a check', async (_what, answer) => {
    const { provider, refusals } = await playing({}, answer);
    expect((await provider.status(queryOf(), never)).kind).toBe('unknown');
    expect(refusals).toHaveLength(1);
    expect(await provider.prepare('execute', ORDER, never)).toMatchObject(HELD_BACK);
  });

  it.each([
    ['a refusal of the payout', { body: xmlOf({ result: 'ERROR: insufficient funds' }) }],
    ['doubt', { body: xmlOf({ result: 'ERROR: internal error' }) }],
    ['HTTP 403', { status: 403 }],
    ['HTTP 500', { status: 500 }],
    ['a page', { body: '<html/>' }],
  ])('%s does not', async (_what, answer) => {
    const { provider, refusals } = await playing({}, answer);
    await send(provider, ORDER);
    expect(refusals).toEqual([]);
    expect(await provider.prepare('execute', ORDER, never)).toHaveProperty('exact');
  });

  it('a request that was built before is held back too', async () => {
    const { provider, seen } = await playing();
    const [first, second] = [await prepared(provider, ORDER), await prepared(provider, ORDER)];
    await first.send(never);
    expect(await second.send(never)).toMatchObject(HELD_BACK);
    expect(seen).toHaveLength(1);
  });

  it('after the pause one request tries; the others wait for what it learns', async () => {
    const { provider, seen, state } = await playing();
    await send(provider, ORDER);
    state.now += 300_000;
    const requests = await Promise.all(Array.from({ length: 5 }, () => prepared(provider, ORDER)));
    const answers = await Promise.all(requests.map((request) => request.send(never)));
    expect(answers.filter(({ kind }) => kind === 'not_sent')).toHaveLength(4);
    expect(seen).toHaveLength(2);
    state.now += 300_000;
    state.answer = RIGHT;
    expect(await send(provider, ORDER)).toMatchObject({ progress: { kind: 'pending' } });
    expect(await provider.prepare('execute', ORDER, never)).toHaveProperty('exact');
  });

  it("a proxy's page says nothing about it", async () => {
    const { provider, state } = await playing();
    await send(provider, ORDER);
    state.now += 300_000;
    state.answer = { body: '<html/>' };
    await send(provider, ORDER);
    expect(await provider.prepare('execute', ORDER, never)).toMatchObject(HELD_BACK);
  });

  it('an account may go on as if nothing had happened', async () => {
    const { provider, refusals } = await playing({ authFailurePolicy: 'continue' });
    await send(provider, ORDER);
    expect(refusals).toMatchObject([{ pausedMs: 0 }]);
    expect(await provider.prepare('execute', ORDER, never)).toHaveProperty('exact');
  });

  it('what the balance is refused does not stop payouts', async () => {
    const { provider, refusals } = await playing();
    if (isLacking(provider.balance)) throw new Error('lacking');
    expect(await provider.balance.read(never)).toMatchObject({ kind: 'unknown', code: 'invalid_hash' });
    expect(refusals).toEqual([]);
    expect(await provider.prepare('execute', ORDER, never)).toHaveProperty('exact');
  });
});

it('a direction that the directory lost cannot be asked about', async () => {
  const { provider, seen } = await playing({ destinations: { '9': { type: 'card', currencies: ['EUR'] } } });
  expect(await provider.status(queryOf(), never)).toMatchObject({ kind: 'unknown', code: 'no_direction' });
  expect(seen).toEqual([]);
});
