import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderId } from '../../domain/ids.js';
import type { StatusAnswer } from '../../domain/provider-answer.js';
import { isLacking, type CallbackReading, type Order, type PayoutProvider } from '../../providers/port.js';
import type { ProviderDeps } from '../../providers/registration.js';
import {
  startEightbDisbursementSimulator,
  type EightbDisbursementSimulator,
} from '../../simulators/index.js';
import {
  CARD_ORDER,
  euros,
  never,
  ORDER,
  providerAt,
  queryOf,
  SECRET_KEY,
  send,
  SERVICE_ID,
} from './eightb-disbursement/fixtures.js';

const TIMINGS = { paidMs: 120, notFoundMs: 120, callbackGapsMs: [40], callbackGiveUpMs: 600_000 };
let simulator: EightbDisbursementSimulator;
/** Where what takes a while takes longer than any test, to be looked at meanwhile. */
let patient: EightbDisbursementSimulator;
let provider: PayoutProvider;
const door = createServer();
const readings: CallbackReading[] = [];

beforeAll(async () => {
  door.on('request', (request, answer) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const reading = provider.readCallback({
        method: request.method === 'GET' ? 'GET' : 'POST',
        url: request.url ?? '',
        headers: {},
        body: Buffer.concat(chunks),
      });
      readings.push(reading);
      const { status, contentType, body } =
        reading.kind === 'verified' ? reading.acknowledge : reading.answer;
      answer.writeHead(status, { 'content-type': contentType }).end(body);
    });
  });
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
  simulator = await startEightbDisbursementSimulator({
    services: { [SERVICE_ID]: { secretKey: SECRET_KEY } },
    callbackUrl: `http://127.0.0.1:${(door.address() as AddressInfo).port}/callbacks/8b`,
    timings: TIMINGS,
  });
  patient = await startEightbDisbursementSimulator({
    services: { [SERVICE_ID]: { secretKey: SECRET_KEY } },
    timings: { paidMs: 600_000, notFoundMs: 600_000 },
  });
  provider = create();
});

afterAll(async () => {
  await simulator.close();
  await patient.close();
  door.closeAllConnections();
  door.close();
});

function create(changes: Record<string, unknown> = {}, deps: ProviderDeps = {}): PayoutProvider {
  return providerAt(simulator.baseUrl, changes, { now: Date.now, ...deps });
}

let count = 0;
/** `ending`: the scenario's two digits (§11). */
function order(ending: string, more: Partial<Order> = {}): Order {
  count += 1;
  return {
    ...ORDER,
    orderId: `T${String(count).padStart(5, '0')}` as OrderId,
    destination: { type: 'bank_account', accountNumber: `12345678${ending}`, bankCode: 'EXAMPLEBIC' },
    acceptedAt: new Date().toISOString(),
    ...more,
  };
}

const ask = (of: Order, more = {}, by = provider): Promise<StatusAnswer> =>
  by.status(queryOf(of, more), never);
const seen = async ({ orderId }: Order) => simulator.control.operation(orderId);
const bookings = async (of: Order) => (await seen(of))?.bookings ?? 0;
const ofOrder = ({ orderId }: Order) =>
  readings.filter((reading) => reading.kind === 'verified' && reading.orderId === orderId);
const progress = (kind: string) => ({ kind: 'answered', progress: { kind } });

it('is there, and lets in who may come in', async () => {
  expect(await provider.ping(never)).toMatchObject({ ok: true });
  expect(await create({ secretKey: 'other' }).ping(never)).toEqual({ ok: false, words: 'invalid hash' });
  await simulator.control.allowIps(SERVICE_ID, ['10.0.0.1']);
  expect(await provider.ping(never)).toEqual({ ok: false, words: 'access denied' });
  await simulator.control.allowIps(SERVICE_ID, ['127.0.0.1']);
  expect(await provider.ping(never)).toMatchObject({ ok: true });
  await simulator.control.allowIps(SERVICE_ID, undefined);
});

describe('the scenarios of §11', () => {
  it('00: accepted, in work, then paid and told', async () => {
    const inWork = order('00');
    const there = create({ baseUrl: patient.baseUrl });
    expect(await send(there, inWork)).toMatchObject(progress('pending'));
    expect(await ask(inWork, {}, there)).toMatchObject(progress('pending'));
    expect(await patient.control.operation(inWork.orderId)).toMatchObject({ bookings: 0 });

    const payout = order('00');
    expect(await send(provider, payout)).toMatchObject(progress('pending'));
    await expect.poll(() => ask(payout)).toMatchObject(progress('paid'));
    expect(await bookings(payout)).toBe(1);
    await expect.poll(() => ofOrder(payout).length).toBe(1);
    await expect.poll(async () => (await seen(payout))?.callback).toBe('delivered');
  });

  it('01: not paid, with the reason', async () => {
    const payout = order('01');
    expect(await send(provider, payout)).toMatchObject(progress('pending'));
    await expect
      .poll(() => ask(payout))
      .toMatchObject({
        progress: { kind: 'not_paid', class: 'declined', message: 'recipient account is closed' },
      });
    expect(await bookings(payout)).toBe(0);
  });

  it('02: in work for ever', async () => {
    const payout = order('02');
    await send(provider, payout);
    await new Promise((resolve) => setTimeout(resolve, 2 * TIMINGS.paidMs));
    expect(await ask(payout)).toMatchObject(progress('pending'));
  });

  it('03: paid, and only a check tells', async () => {
    const payout = order('03');
    await send(provider, payout);
    await expect.poll(() => ask(payout)).toMatchObject(progress('paid'));
    expect(await seen(payout)).toMatchObject({ callback: 'suppressed', bookings: 1 });
    expect(ofOrder(payout)).toEqual([]);
  });

  it('04: HTTP 500, but registered and paid', async () => {
    const payout = order('04');
    expect(await send(provider, payout)).toEqual({ kind: 'unknown', code: 'http_500', message: 'HTTP 500' });
    await expect.poll(() => ask(payout)).toMatchObject(progress('paid'));
    expect(await bookings(payout)).toBe(1);
  });

  it('05: reset, and not registered', async () => {
    const payout = order('05');
    const answer = await send(provider, payout);
    expect(answer.kind).toBe('unknown');
    expect(answer).not.toHaveProperty('suspected');
    expect(await ask(payout)).toEqual(progress('not_found'));
    expect(await seen(payout)).toBeUndefined();
  });

  it('06: a forged callback changes nothing, the true one does', async () => {
    const before = readings.length;
    const payout = order('06');
    await send(provider, payout);
    await expect.poll(() => ofOrder(payout).length).toBe(1);
    const forged = () => readings.slice(before).find(({ kind }) => kind === 'refused');
    await expect.poll(forged).toEqual({
      kind: 'refused',
      why: 'the hash is wrong',
      answer: { status: 403, contentType: 'text/plain', body: '' },
    });
  });

  it('07: three callbacks are one', async () => {
    const payout = order('07');
    await send(provider, payout);
    await expect.poll(() => ofOrder(payout).length).toBe(3);
    expect(new Set(ofOrder(payout).map((reading) => 'dedupeKey' in reading && reading.dedupeKey)).size).toBe(
      1,
    );
  });

  it('08: not found for a while, although it is on its way', async () => {
    const hidden = order('08');
    const there = create({ baseUrl: patient.baseUrl });
    expect(await send(there, hidden)).toMatchObject(progress('pending'));
    expect(await ask(hidden, {}, there)).toEqual(progress('not_found'));

    const payout = order('08');
    expect(await send(provider, payout)).toMatchObject(progress('pending'));
    await expect.poll(() => ask(payout)).toMatchObject(progress('paid'));
  });

  it('09: a callback that contradicts the check is a hint as any other', async () => {
    const payout = order('09');
    await send(provider, payout);
    await expect.poll(() => ofOrder(payout).length).toBe(1);
    expect(ofOrder(payout)[0]).not.toHaveProperty('proof');
    expect(await ask(payout)).toMatchObject(progress('paid'));
  });

  it('10: insufficient funds, believed after one check', async () => {
    const payout = order('10');
    const answer = await send(provider, payout);
    expect(answer).toMatchObject({
      kind: 'unknown',
      code: 'insufficient_funds',
      suspected: { class: 'declined', code: 'insufficient_funds' },
    });
    const { suspected } = answer as { suspected?: object };
    expect(await ask(payout, { suspected })).toMatchObject({
      progress: { kind: 'not_paid', class: 'declined', code: 'insufficient_funds' },
    });
  });

  it('11: an unparsable answer, and paid', async () => {
    const payout = order('11');
    expect(await send(provider, payout)).toMatchObject({ kind: 'unknown', code: 'unreadable_answer' });
    expect(await ask(payout)).toMatchObject(progress('paid'));
    expect(await bookings(payout)).toBe(1);
  });

  it('any other: paid at once, also to a card', async () => {
    const payout = order('12', { destination: CARD_ORDER.destination });
    await send(provider, { ...payout, destination: { type: 'card', number: '4000000000000077' } });
    expect(await ask(payout)).toMatchObject(progress('paid'));
    expect(await seen(payout)).toMatchObject({ destination: '3', maskedClient: '400***0077', bookings: 1 });
  });
});

describe('faults on the payout', () => {
  it.each([
    ['reset_before', {}, 0],
    ['reset_after', {}, 1],
    ['hang', { ms: 60 }, 1],
    ['hang', { ms: 60, processed: false }, 0],
    ['http_500', {}, 0],
    ['http_500', { processed: true }, 1],
    ['http_503', {}, 0],
    ['unreadable_body', {}, 1],
    ['empty_body', {}, 1],
    ['truncated_body', {}, 1],
    ['huge_body', {}, 1],
    ['deep_body', {}, 1],
    ['entity_body', {}, 1],
    ['error', { text: 'internal error', processed: true }, 1],
    ['error', { text: 'something new' }, 0],
    ['rewrite', { set: { result: 'DONE' } }, 1],
    ['rewrite', { set: { result: null } }, 1],
    ['rewrite', { set: { id: null } }, 1],
  ] as const)('%s %j: unknown, until a check tells', async (kind, how, booked) => {
    const payout = order('12');
    await simulator.control.inject({ kind, id: payout.orderId, method: 'payout', ...how });
    const answer = await send(provider, payout);
    expect(answer.kind).toBe('unknown');
    expect(answer).not.toHaveProperty('suspected');
    expect(await ask(payout)).toMatchObject(progress(booked === 1 ? 'paid' : 'not_found'));
    expect(await bookings(payout)).toBe(booked);
  });

  it.each([
    ['mislabelled_body', {}],
    ['slow_body', { ms: 60 }],
  ] as const)('%s: read all the same', async (kind, how) => {
    const payout = order('12');
    await simulator.control.inject({ kind, id: payout.orderId, ...how });
    expect(await send(provider, payout)).toMatchObject(progress('pending'));
  });

  it('too many requests: left alone for as long as was asked', async () => {
    const payout = order('12');
    await simulator.control.inject({ kind: 'http_429', id: payout.orderId, retryAfterSecs: 3 });
    expect(await send(provider, payout)).toEqual({
      ...{ kind: 'unknown', code: 'http_429', message: 'HTTP 429' },
      retryAfterMs: 3_000,
    });
  });

  it('the answer is about another order: a contradiction', async () => {
    const payout = order('12');
    await simulator.control.inject({ kind: 'rewrite', id: payout.orderId, set: { id: 'SOMEBODYELSES' } });
    expect(await send(provider, payout)).toMatchObject(progress('contradiction'));
  });

  it('nobody there: not sent', async () => {
    const lost = create({ baseUrl: 'http://127.0.0.1:9' });
    expect(await send(lost, order('12'))).toMatchObject({ kind: 'not_sent' });
  });
});

describe('what a check says whatever is true', () => {
  it.each([
    ['check_processing', {}, 'pending'],
    ['check_not_found', {}, 'not_found'],
    ['check_wrong', { result: 'NOT_PAID' }, 'not_paid'],
  ] as const)('%s', async (kind, how, expected) => {
    const payout = order('12');
    await send(provider, payout);
    await simulator.control.inject({ kind, id: payout.orderId, ...how });
    expect(await ask(payout)).toMatchObject(progress(expected));
    expect(await ask(payout)).toMatchObject(progress('paid'));
  });

  it('a suspected refusal gives way to what the check knows', async () => {
    const payout = order('00');
    const there = create({ baseUrl: patient.baseUrl });
    await patient.control.inject({
      ...{ kind: 'error', id: payout.orderId, text: 'insufficient funds', processed: true },
    });
    const answer = await send(there, payout);
    const { suspected } = answer as { suspected?: object };
    expect(suspected).toBeDefined();
    expect(await ask(payout, { suspected }, there)).toMatchObject(progress('pending'));
    await patient.control.end(payout.orderId, 'PAID');
    expect(await ask(payout, { suspected }, there)).toMatchObject(progress('paid'));
  });

  it('about another amount or direction is refused, and says nothing', async () => {
    const payout = order('12');
    await send(provider, payout);
    expect(await ask({ ...payout, amount: euros(15_001) })).toMatchObject({
      kind: 'unknown',
      code: 'invalid_parameter',
    });
  });
});

describe('the same id again', () => {
  it('the same bytes are told how it stands, and nothing is paid twice', async () => {
    const payout = order('12');
    const [first, second] = await Promise.all(
      [payout, payout].map(async (of) => provider.prepare('execute', of, never)),
    );
    if (!first || !second || 'kind' in first || 'kind' in second) throw new Error('not prepared');
    expect(Buffer.from(second.exact).equals(first.exact)).toBe(true);
    expect(await first.send(never)).toMatchObject(progress('pending'));
    expect(await second.send(never)).toMatchObject(progress('paid'));
    expect(await bookings(payout)).toBe(1);
  });

  it('with another content it is a duplicate: unknown', async () => {
    const payout = order('12');
    await send(provider, payout);
    expect(await send(provider, { ...payout, amount: euros(20_000) })).toEqual({
      ...{ kind: 'unknown', code: 'duplicate_id', message: 'duplicate id' },
    });
    expect(await bookings(payout)).toBe(1);
  });
});

describe('access', () => {
  it('a wrong key: suspected, and the account is held back for a while', async () => {
    let now = Date.now();
    const refusals: object[] = [];
    const wrong = create(
      { secretKey: 'other' },
      { now: () => now, onLoginRefused: (refused) => refusals.push(refused) },
    );
    const answer = await send(wrong, order('12'));
    expect(answer).toMatchObject({
      ...{ kind: 'unknown', code: 'invalid_hash', suspected: { class: 'refused', code: 'invalid_hash' } },
    });
    expect(refusals).toMatchObject([{ http: 200, pausedMs: 300_000 }]);
    const { orderId } = order('12');
    expect(await wrong.prepare('execute', { ...order('12'), orderId }, never)).toMatchObject({
      ...{ kind: 'not_sent', code: 'login_refused' },
    });
    expect((await simulator.control.requests(orderId)).requests).toEqual([]);
    now += 300_000;
    expect(await wrong.prepare('execute', order('12'), never)).toHaveProperty('exact');
  });

  it('a Service_ID that nobody has', async () => {
    expect(await send(create({ serviceId: '77' }), order('12'))).toMatchObject({
      ...{ kind: 'unknown', code: 'unknown_service', suspected: { class: 'refused' } },
    });
  });

  it('a wrong path', async () => {
    const paths = { payout: '/nowhere/{service_id}' };
    expect(await send(create({ paths }), order('12'))).toMatchObject({
      ...{ kind: 'unknown', code: 'http_404', suspected: { class: 'refused' } },
    });
  });
});

describe('notify', () => {
  it('brings a callback that was lost, and says nothing itself', async () => {
    const payout = order('12');
    await simulator.control.inject({ kind: 'callback_suppress', id: payout.orderId });
    await send(provider, payout);
    const { callbackRepeat } = provider;
    if (isLacking(callbackRepeat)) throw new Error(callbackRepeat.lacking);
    expect(callbackRepeat.everyMs).toBe(1_800_000);
    expect(ofOrder(payout)).toEqual([]);
    expect(await callbackRepeat.ask(queryOf(payout), never)).toBeUndefined();
    await expect.poll(() => ofOrder(payout).length).toBe(1);
  });

  it('of an open operation, or of none, brings nothing', async () => {
    const open = order('02');
    await send(provider, open);
    const { callbackRepeat } = provider;
    if (isLacking(callbackRepeat)) throw new Error(callbackRepeat.lacking);
    await callbackRepeat.ask(queryOf(open), never);
    await callbackRepeat.ask(queryOf(order('12')), never);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ofOrder(open)).toEqual([]);
  });
});
