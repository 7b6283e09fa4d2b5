import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { OrderId } from '../../domain/ids.js';
import type { NotPaid, StatusAnswer } from '../../domain/provider-answer.js';
import type { CallbackReading, Order, PayoutProvider } from '../../providers/port.js';
import { all2pay } from '../../providers/all2pay/index.js';
import { startAll2paySimulator, type All2paySimulator } from '../../simulators/index.js';
import { stopClock } from '../support/stop-clock.js';
import {
  ASKED,
  ACCOUNT,
  CARD_ORDER,
  never,
  PAGE_ORDER,
  SBP_ORDER,
  send as sendBy,
} from './all2pay/fixtures.js';
import { playServer } from './local-server.js';

const STORED = { pan: '2200000000000012', clientId: 'cust-9' };
let simulator: All2paySimulator;
let provider: PayoutProvider;

beforeAll(async () => {
  simulator = await startAll2paySimulator({
    userName: 'acme-api',
    password: 'hunter2',
    transitBalanceMinor: 1_000_000_000,
    bindings: { 'binding-1': STORED },
    timings: { hangMs: 300, notFoundMs: 300, pendingMs: 300 },
  });
  provider = create();
});

afterAll(() => simulator.close());

function create(changes: object = {}): PayoutProvider {
  const { baseUrl } = simulator;
  const config = { baseUrl, userName: 'acme-api', password: 'hunter2', ...changes };
  return all2pay.create(ACCOUNT, config);
}

let count = 0;
function order(minor: number, of: Order = CARD_ORDER, more: Partial<Order> = {}): Order {
  count += 1;
  return { ...of, ...more, orderId: `PO-${count}` as OrderId, amount: { minor, currency: 'RUB' } };
}

const send = (of: Order, by = provider) => sendBy(by, of);

function ask({ orderId, amount }: Order, suspected?: NotPaid): Promise<StatusAnswer> {
  return provider.status({ orderId, amount, suspected, ...ASKED }, never);
}

const bookings = async ({ orderId }: Order) => (await simulator.control.order(orderId))?.bookings ?? 0;
const paid = { kind: 'answered', progress: { kind: 'paid' } };
const notPaid = { kind: 'answered', progress: { kind: 'not_paid' } };

it('is there', async () => {
  expect(await provider.ping(never)).toMatchObject({
    ok: true,
    words: expect.stringContaining('Payout') as string,
  });
});

describe('paid, with exactly one booking', () => {
  it.each([
    ['card', CARD_ORDER, {}],
    ['phone', SBP_ORDER, {}],
    [
      'stored card',
      { ...CARD_ORDER, destination: { type: 'stored_card', storedCardId: 'binding-1' } } as const,
      { recipient: { id: 'cust-9' } },
    ],
    [
      'card, with everything that an order may have',
      CARD_ORDER,
      {
        recipient: { id: 'c', firstName: 'Анна', lastName: 'Петрова', email: 'a@b.ru', phone: '79160001122' },
        description: 'Выигрыш',
        metadata: { run: '2026-03' },
      },
    ],
  ])('%s', async (_what, of, more) => {
    const payout = order(10_050, of, more);
    expect(await send(payout)).toMatchObject(paid);
    expect(await ask(payout)).toMatchObject(paid);
    expect(await bookings(payout)).toBe(1);
  });

  it('after a pending time', async () => {
    const payout = order(10_007);
    expect(await send(payout)).toMatchObject({ progress: { kind: 'pending' } });
    await sleep(400);
    expect(await ask(payout)).toMatchObject(paid);
  });
});

describe('declined, with none', () => {
  it.each([10_116, 10_121, 10_902, 10_006])('amount %i', async (minor) => {
    const payout = order(minor);
    expect(await send(payout)).toMatchObject(notPaid);
    expect(await ask(payout)).toMatchObject(notPaid);
    expect(await bookings(payout)).toBe(0);
  });

  it('refused in words that one status query confirms', async () => {
    const payout = order(10_050, CARD_ORDER, { destination: { type: 'card', number: '4000000000000002' } });
    const answer = await send(payout);
    expect(answer).toMatchObject({ kind: 'unknown', suspected: { class: 'declined' } });
    expect(await ask(payout, answer.kind === 'unknown' ? answer.suspected : undefined)).toMatchObject(
      notPaid,
    );
    expect(await bookings(payout)).toBe(0);
  });

  it('a wrong password is refused at once', async () => {
    expect(await send(order(10_050), create({ password: 'wrong' }))).toMatchObject({
      progress: { kind: 'not_paid', class: 'refused', code: '90' },
    });
  });

  it('a wrong address is refused at once', async () => {
    const lost = create({ baseUrl: `${simulator.baseUrl}/nowhere` });
    expect(await send(order(10_050), lost)).toMatchObject({
      progress: { class: 'refused', code: 'http_404' },
    });
  });
});

describe('unknown, until the status tells', () => {
  it.each([
    ['paid, answered by an error', 10_500, 1],
    ['not paid, answered by an error', 10_501, 0],
    ['paid, after a hang', 10_504, 1],
  ])('%s', async (_what, minor, booked) => {
    const payout = order(minor);
    const answer = await send(payout);
    expect(answer.kind).toBe('unknown');
    expect(await bookings(payout)).toBe(booked);
    const status = await ask(payout);
    if (booked === 1) expect(status).toMatchObject(paid);
    else expect(status).not.toMatchObject(paid);
  });

  it('not found for a while, although it is paid', async () => {
    const clock = stopClock();
    const payout = order(10_404);
    await send(payout);
    expect(await ask(payout)).toEqual({ kind: 'answered', progress: { kind: 'not_found' } });
    clock.advance(300);
    expect(await ask(payout)).toMatchObject(paid);
  });

  it.each([
    'reset_before',
    'reset_after',
    'http_500',
    'http_429',
    'unreadable_body',
    'truncated_body',
  ] as const)('fault %s', async (kind) => {
    const payout = order(10_050);
    await simulator.control.inject({ kind, orderNumber: payout.orderId, method: 'performPayout' });
    const answer = await send(payout);
    expect(answer.kind).toBe('unknown');
    expect(answer).not.toHaveProperty('suspected');
    const status = await ask(payout);
    if ((await bookings(payout)) === 1) expect(status).toMatchObject(paid);
    else expect(status).toEqual({ kind: 'answered', progress: { kind: 'not_found' } });
  });

  it('a mislabelled answer is read all the same', async () => {
    const payout = order(10_050);
    await simulator.control.inject({ kind: 'mislabelled_body', orderNumber: payout.orderId });
    expect(await send(payout)).toMatchObject(paid);
  });

  it('a success about another amount is a contradiction', async () => {
    const payout = order(10_050);
    await simulator.control.inject({ kind: 'rewrite', orderNumber: payout.orderId, set: { amount: 10_051 } });
    expect(await send(payout)).toMatchObject({ progress: { kind: 'contradiction' } });
  });
});

it('the page: a redirect, then pending', async () => {
  const payout = order(10_050, PAGE_ORDER);
  const answer = await send(payout);
  const { formUrl } = (await simulator.control.order(payout.orderId)) ?? {};
  expect(answer).toMatchObject({
    progress: { kind: 'action_required', action: { type: 'redirect', url: formUrl } },
  });
  expect(await ask(payout)).toMatchObject({ progress: { kind: 'pending' } });
  expect(await bookings(payout)).toBe(0);
});

it.each(['GET', 'POST'] as const)('its callbacks verify, forged ones do not (%s)', async (method) => {
  const callbackSecret = 'ooc7slpvc61k7sf7ma7p4hrefr';
  const receiver = create({ callbacksEnabled: true, callbackSecret });
  const readings: CallbackReading[] = [];
  const { origin } = await playServer((seen) => {
    const headers = Object.fromEntries(Object.entries(seen.headers).map(([k, v]) => [k, String(v)]));
    readings.push(receiver.readCallback({ method, url: seen.url, headers, body: Buffer.from(seen.body) }));
    return { status: 200 };
  });
  const url = `${origin}/callbacks/a2p`;
  const sender = await startAll2paySimulator({
    userName: 'acme-api',
    password: 'hunter2',
    callbacks: { url, secret: callbackSecret, method },
  });
  onTestFinished(() => sender.close());
  const payout = order(10_050);
  await send(payout, create({ baseUrl: sender.baseUrl }));
  while (readings.length === 0) await sleep(10);
  expect(readings[0]).toMatchObject({ kind: 'verified', orderId: payout.orderId });
  await sender.control.callback(payout.orderId, { forged: true });
  expect(readings.at(-1)).toMatchObject({ kind: 'refused' });
});
