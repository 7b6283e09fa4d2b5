import { describe, expect, it } from 'vitest';
import type { LoginRefused } from '../../../providers/registration.js';
import { playServer, type PlayedAnswer } from '../local-server.js';
import {
  ASKED,
  CARD_ORDER,
  never,
  NOW,
  ORDER_ID,
  PAID_BODY,
  prepared,
  providerAt,
  send,
} from './fixtures.js';

const WRONG = {
  status: 401,
  body: JSON.stringify({ errorCode: '90', errorMessage: 'Wrong password for user acme-api' }),
};
const PAID: PlayedAnswer = { body: JSON.stringify(PAID_BODY) };
const QUERY = { orderId: ORDER_ID, amount: CARD_ORDER.amount, ...ASKED };
const HELD_BACK = { kind: 'not_sent', code: 'login_refused' };

async function playing(changes: Record<string, unknown> = {}) {
  const state = { now: NOW, answer: WRONG as PlayedAnswer };
  const { origin, seen } = await playServer(() => state.answer);
  const refusals: LoginRefused[] = [];
  const deps = { now: () => state.now, onLoginRefused: (refusal: LoginRefused) => refusals.push(refusal) };
  return { provider: providerAt(origin, changes, deps), seen, state, refusals };
}

describe('after a refused login', () => {
  it('the payout is refused, and nothing more is sent for a while', async () => {
    const { provider, seen, refusals } = await playing();
    expect(await send(provider, CARD_ORDER)).toMatchObject({
      progress: { kind: 'not_paid', class: 'refused' },
    });
    expect(refusals).toEqual([{ account: 'a2p', protocol: 'all2pay', http: 401, pausedMs: 300_000 }]);
    expect(await provider.prepare('execute', CARD_ORDER, never)).toMatchObject(HELD_BACK);
    expect(await provider.status(QUERY, never)).toMatchObject(HELD_BACK);
    expect(seen).toHaveLength(1);
  });

  it('a request that was built before is held back too', async () => {
    const { provider, seen } = await playing();
    const [first, second] = [await prepared(provider, CARD_ORDER), await prepared(provider, CARD_ORDER)];
    await first.send(never);
    expect(await second.send(never)).toMatchObject(HELD_BACK);
    expect(seen).toHaveLength(1);
  });

  it('a status query does it as well: it carries the same password', async () => {
    const { provider, refusals } = await playing();
    expect(await provider.status(QUERY, never)).toMatchObject({ kind: 'unknown', code: '90' });
    expect(await provider.prepare('execute', CARD_ORDER, never)).toMatchObject(HELD_BACK);
    expect(refusals).toHaveLength(1);
  });

  it('after the pause one request tries; the others wait for what it learns', async () => {
    const { provider, seen, state } = await playing();
    await send(provider, CARD_ORDER);
    state.now += 300_000;
    const requests = await Promise.all(Array.from({ length: 5 }, () => prepared(provider, CARD_ORDER)));
    const answers = await Promise.all(requests.map((request) => request.send(never)));
    expect(answers.filter(({ kind }) => kind === 'not_sent')).toHaveLength(4);
    expect(seen).toHaveLength(2);
    expect(await provider.prepare('execute', CARD_ORDER, never)).toMatchObject(HELD_BACK);
    state.now += 300_000;
    state.answer = PAID;
    expect(await send(provider, CARD_ORDER)).toMatchObject({ progress: { kind: 'paid' } });
    expect(await send(provider, CARD_ORDER)).toMatchObject({ progress: { kind: 'paid' } });
  });

  it("a proxy's error says nothing about the login", async () => {
    const { provider, state } = await playing();
    await send(provider, CARD_ORDER);
    state.now += 300_000;
    state.answer = { status: 502 };
    await send(provider, CARD_ORDER);
    expect(await provider.prepare('execute', CARD_ORDER, never)).toMatchObject(HELD_BACK);
  });

  it('the pause is a setting', async () => {
    const { provider, state } = await playing({ authFailurePauseSecs: 1 });
    await send(provider, CARD_ORDER);
    state.now += 999;
    expect(await provider.prepare('execute', CARD_ORDER, never)).toMatchObject(HELD_BACK);
    state.now += 1;
    await prepared(provider, CARD_ORDER);
  });

  it('an account may choose to go on', async () => {
    const { provider, seen, refusals } = await playing({ authFailurePolicy: 'continue' });
    await send(provider, CARD_ORDER);
    await send(provider, CARD_ORDER);
    expect(seen).toHaveLength(2);
    expect(refusals).toMatchObject([{ pausedMs: 0 }, { pausedMs: 0 }]);
  });

  it('ping and keys.do need no login', async () => {
    const { provider, state } = await playing();
    await send(provider, CARD_ORDER);
    state.answer = { body: 'Payout v2.3 is online' };
    expect(await provider.ping(never)).toMatchObject({ ok: true });
  });
});
