import { describe, expect, it } from 'vitest';
import type { NotPaid } from '../../../domain/provider-answer.js';
import { isLacking, type CallbackReading, type Order } from '../../../providers/port.js';
import { PAYNETEASY_SCENARIOS, type PayneteasyWireFaultKind } from '../../../simulators/index.js';
import { playServer } from '../local-server.js';
import { pastTimeLimit } from '../past-time-limit.js';
import { ask, never, send } from './fixtures.js';
import { askUntil, bookings, order, play, providerOf } from './simulated.js';

const paid = { kind: 'answered', progress: { kind: 'paid' } };
const pending = { kind: 'answered', progress: { kind: 'pending' } };
const notFound = { kind: 'answered', progress: { kind: 'not_found' } };
const declined = (code: string) => ({
  kind: 'answered',
  progress: { kind: 'not_paid', class: 'declined', code },
});

describe('paid, with exactly one booking', () => {
  it.each<[string, Partial<Order>]>([
    ['to a bank account', {}],
    ['to a card', { destination: { type: 'card', number: '4111111111111111' } }],
    ['to a stored card', { destination: { type: 'stored_card', storedCardId: '98765' } }],
    [
      'with all that may be said, in letters of every kind',
      {
        recipient: { firstName: 'Анна', lastName: "O'Brien (jr.)*!", phone: '79160001122' },
        description: 'Payout #1 + 100% & more',
        returnUrls: { success: 'https://pay.example/return/a/b?to=success' },
        providerFields: { bank_name: 'Банк «Ёж»', purpose: 'a+b c~d' },
        callbackUrl: 'https://pay.example/cb/pne?x=1&y=ü',
      },
    ],
  ])('%s', async (_what, more) => {
    const played = await play();
    const payout = order('00', more);
    const answer = await send(played.provider, payout);
    expect(answer).toMatchObject({ ...pending, providerOrderId: expect.stringMatching(/^\d+$/) as string });
    const { bookingRecords = [], orderId } = played.simulator.control.order(payout.orderId) ?? {};
    const known = { ...payout, providerOrderId: orderId };
    expect(await ask(played.provider, known)).toEqual({
      kind: 'answered',
      progress: { kind: 'paid', reference: bookingRecords[0]?.reference },
      providerOrderId: orderId,
    });
    expect(await ask(played.provider, payout)).toMatchObject(paid);
    expect(bookings(played, payout)).toBe(1);
    expect(played.simulator.control.requests(payout.orderId).counts).toMatchObject({ money: 1, status: 2 });
  });

  it.each([
    ['v4 status', { statusVersion: 'v4' }],
    ['forms', { responseFormat: 'form' }],
    ['a group', { endpointId: undefined, endpointGroupId: '77' }],
  ])('%s', async (_what, settings) => {
    const played = await play({ merchant: { groups: ['77'] }, settings });
    const payout = order();
    expect(await send(played.provider, payout)).toMatchObject(pending);
    expect(await ask(played.provider, payout)).toMatchObject(paid);
  });

  it('of a currency without decimals', async () => {
    const played = await play({ settings: { currencies: ['JPY'] } });
    const payout = order('00', { amount: { minor: 1_500, currency: 'JPY' } });
    await send(played.provider, payout);
    expect(await ask(played.provider, payout)).toMatchObject(paid);
    expect(played.simulator.control.order(payout.orderId)?.bookedMinor).toBe(1_500);
  });
});

/** What the adapter says of each scenario of §12: to the request, and in the end. */
const SCENARIOS: Readonly<Record<string, { sent: object; ends: object; booked: number }>> = {
  '00': { sent: pending, ends: paid, booked: 1 },
  '01': { sent: pending, ends: declined('1001'), booked: 0 },
  '02': { sent: pending, ends: declined('filtered'), booked: 0 },
  '03': { sent: pending, ends: declined('provider_error'), booked: 0 },
  '04': { sent: pending, ends: { progress: { kind: 'action_required' } }, booked: 0 },
  '05': { sent: pending, ends: { progress: { kind: 'action_required' } }, booked: 0 },
  '06': { sent: pending, ends: paid, booked: 1 },
  '07': { sent: pending, ends: pending, booked: 0 },
  '08': { sent: { kind: 'unknown', code: 'http_500' }, ends: paid, booked: 1 },
  '09': { sent: { kind: 'unknown' }, ends: notFound, booked: 0 },
  '10': { sent: { progress: { kind: 'not_paid', class: 'refused', code: '1' } }, ends: notFound, booked: 0 },
  '11': { sent: pending, ends: paid, booked: 1 },
  '12': { sent: pending, ends: paid, booked: 1 },
  '13': { sent: pending, ends: declined('1001'), booked: 0 },
  '14': { sent: { kind: 'unknown', code: '8', suspected: { class: 'refused' } }, ends: paid, booked: 1 },
  '15': { sent: pending, ends: paid, booked: 1 },
  '16': { sent: pending, ends: paid, booked: 1 },
};

describe('the scenarios of §12', () => {
  it('are all here', () =>
    expect(Object.keys(SCENARIOS).sort()).toEqual(Object.keys(PAYNETEASY_SCENARIOS).sort()));

  it.each(Object.entries(SCENARIOS))('%s', async (digits, { sent, ends, booked }) => {
    const played = await play({ timings: { reversalMs: 60_000 } });
    const payout = order(digits);
    const answer = await send(played.provider, payout);
    expect(answer).toMatchObject(sent);
    const suspected: NotPaid | undefined = answer.kind === 'unknown' ? answer.suspected : undefined;
    const last = (ends as { progress: { kind: string } }).progress.kind;
    expect(await askUntil(played.provider, payout, [last], { suspected })).toMatchObject(ends);
    expect(bookings(played, payout)).toBe(booked);
  });
});

describe('the receiver acts after the execution', () => {
  it('approves or declines, or leaves', async () => {
    const played = await play();
    const [yes, no] = [order('04'), order('04')];
    for (const payout of [yes, no]) await send(played.provider, payout);
    const { formUrl } = played.simulator.control.order(yes.orderId) ?? {};
    expect(await ask(played.provider, yes)).toMatchObject({
      progress: { kind: 'action_required', action: { type: 'redirect', url: formUrl } },
    });
    played.simulator.control.answerForm(yes.orderId, true);
    played.simulator.control.answerForm(no.orderId, false);
    expect(await ask(played.provider, yes)).toMatchObject(paid);
    expect(await ask(played.provider, no)).toMatchObject(declined('1001'));
    expect([yes, no].map((payout) => bookings(played, payout))).toEqual([1, 0]);

    const impatient = await play({ timings: { redirectMs: 100 } });
    const gone = order('05');
    await send(impatient.provider, gone);
    expect(await askUntil(impatient.provider, gone, ['not_paid'])).toMatchObject(declined('1001'));
    expect(bookings(impatient, gone)).toBe(0);
  });

  it('the browser’s final redirect reads like a callback, a forged one does not', async () => {
    const readings: CallbackReading[] = [];
    const played = await play();
    const { origin } = await playServer((seen) => {
      const raw = { method: 'POST', url: seen.url, headers: {}, body: Buffer.from(seen.body) } as const;
      readings.push(played.provider.readCallback(raw));
      return {};
    });
    const payout = order('04', { returnUrls: { success: `${origin}/return` } });
    await send(played.provider, payout);
    const url = played.simulator.control.order(payout.orderId)?.formUrl ?? '';
    const page = await (
      await fetch(url, { method: 'POST', body: new URLSearchParams({ action: 'approve' }) })
    ).text();
    const fields: [string, string][] = [...page.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    );
    await fetch(`${origin}/return`, { method: 'POST', body: new URLSearchParams(fields) });
    const forged = fields.map(([name, value]): [string, string] => [
      name,
      name === 'status' ? 'declined' : value,
    ]);
    await fetch(`${origin}/return`, { method: 'POST', body: new URLSearchParams(forged) });
    expect(readings).toMatchObject([{ kind: 'verified', orderId: payout.orderId }, { kind: 'refused' }]);
  });
});

it('a reversal the next day is the proof that the money came back', async () => {
  const played = await play({ timings: { reversalMs: 30 } });
  const payout = order('15');
  await send(played.provider, payout);
  expect(await askUntil(played.provider, payout, ['returned'])).toMatchObject({
    progress: { kind: 'returned', code: 'reversal' },
  });
});

describe('faults on the payout: one booking at most, and the status tells', () => {
  const kinds: readonly PayneteasyWireFaultKind[] = [
    'reset_before',
    'reset_after',
    'http_500',
    'http_503',
    'http_429',
    'unreadable_body',
    'empty_body',
    'truncated_body',
    'deep_body',
    'huge_body',
  ];
  it.each(kinds)('%s is unknown', async (kind) => {
    const played = await play();
    const payout = order();
    played.simulator.control.inject({ kind, on: 'payout' });
    const answer = await send(played.provider, payout);
    expect(answer.kind).toBe('unknown');
    expect(answer).not.toHaveProperty('suspected');
    expect(await ask(played.provider, payout)).toMatchObject(
      bookings(played, payout) === 1 ? paid : notFound,
    );
  });

  it.each(['hang', 'slow_body'] as const)('%s beyond the time limit is unknown', async (kind) => {
    const played = await play({ settings: { timeoutMs: 10_000 } });
    const payout = order();
    const { control } = played.simulator;
    control.inject({ kind, on: 'payout', ms: 200_000 });
    const answer = await pastTimeLimit(
      10_000,
      () => send(played.provider, payout),
      () => control.order(payout.orderId) !== undefined,
    );
    expect(answer).toMatchObject({ kind: 'unknown', code: 'TIMEOUT' });
    expect(await askUntil(played.provider, payout, ['paid'])).toMatchObject(paid);
  });

  it.each(['mislabelled_body', 'slow_body'] as const)('%s is read all the same', async (kind) => {
    const played = await play();
    const payout = order();
    played.simulator.control.inject({ kind, on: 'payout', ms: 50 });
    expect(await send(played.provider, payout)).toMatchObject(pending);
  });

  it('another order or amount is for a person', async () => {
    const played = await play();
    for (const set of [{ 'merchant-order-id': 'somebody-elses' }, { amount: '1.00' }]) {
      played.simulator.control.inject({ kind: 'rewrite', on: 'payout', set });
      expect(await send(played.provider, order())).toMatchObject({ progress: { kind: 'contradiction' } });
    }
  });

  it('a refused login is refused at once', async () => {
    const played = await play({ settings: { authFailurePolicy: 'continue' } });
    played.simulator.control.inject({ kind: 'forbidden', on: 'payout' });
    expect(await send(played.provider, order())).toMatchObject({
      progress: { class: 'refused', code: 'http_403' },
    });
    const wrong = providerOf(played.simulator, { login: 'stranger' });
    expect(await send(wrong, order())).toMatchObject({ progress: { class: 'refused' } });
    expect(await ask(wrong, order())).toMatchObject({ kind: 'unknown', code: 'http_403' });
    const keyless = providerOf(played.simulator, { merchantControl: 'WRONG' });
    expect(await ask(keyless, order())).toMatchObject({ kind: 'unknown', code: 'http_403' });
  });

  it('a clock that is off is refused, and nothing is created', async () => {
    const played = await play({ clockSkewMs: 3_600_000 });
    const payout = order();
    expect(await send(played.provider, payout)).toMatchObject({
      progress: { class: 'refused', code: 'http_403' },
    });
    expect(played.simulator.control.order(payout.orderId)).toBeUndefined();
  });
});

describe('faults on the question leave us as wise as before', () => {
  it.each<[PayneteasyWireFaultKind, object]>([
    ['reset_before', { kind: 'unknown' }],
    ['http_500', { kind: 'unknown', code: 'http_500' }],
    ['http_429', { kind: 'unknown', code: 'http_429' }],
    ['forbidden', { kind: 'unknown', code: 'http_403' }],
    ['unreadable_body', { kind: 'unknown' }],
    ['empty_body', { kind: 'unknown' }],
    ['huge_body', { kind: 'unknown' }],
    ['deep_body', { kind: 'unknown' }],
    ['truncated_body', { kind: 'unknown' }],
    ['refusal', { kind: 'unknown' }],
    ['status_not_found', notFound],
    ['status_processing', pending],
  ])('%s', async (kind, expected) => {
    const played = await play();
    const payout = order();
    await send(played.provider, payout);
    played.simulator.control.inject({ kind, on: 'status' });
    expect(await ask(played.provider, payout)).toMatchObject(expected);
    expect(await ask(played.provider, payout)).toMatchObject(paid);
  });

  it.each([[{ amount: '1.00' }], [{ 'merchant-order-id': 'somebody-elses' }], [{ currency: 'EUR' }]])(
    'a success about %o is for a person',
    async (set) => {
      const played = await play();
      const payout = order();
      await send(played.provider, payout);
      played.simulator.control.inject({ kind: 'rewrite', on: 'status', set });
      expect(await ask(played.provider, payout)).toMatchObject({ progress: { kind: 'contradiction' } });
    },
  );
});

it('its callbacks verify, forged ones and those of another key do not', async () => {
  const readings: CallbackReading[] = [];
  const played = await play();
  const { origin } = await playServer((seen) => {
    const raw = { method: 'GET', url: seen.url, headers: {}, body: new Uint8Array() } as const;
    const reading = played.provider.readCallback(raw);
    readings.push(reading);
    return { status: reading.kind === 'verified' ? reading.acknowledge.status : reading.answer.status };
  });
  const payout = order('00', { callbackUrl: `${origin}/cb/pne?x=1` });
  await send(played.provider, payout);
  await expect.poll(() => played.simulator.control.order(payout.orderId)?.callback).toBe('delivered');
  const { control } = played.simulator;
  expect(await control.callback(payout.orderId, { forged: true })).toMatchObject({ httpStatus: 403 });
  expect(await control.callback(payout.orderId, { unsigned: true })).toMatchObject({ httpStatus: 403 });
  expect(await control.callback(payout.orderId)).toMatchObject({ httpStatus: 200 });
  expect(await control.callback(payout.orderId, { status: 'declined' })).toMatchObject({ httpStatus: 200 });
  const [first, , , again, other] = readings;
  expect(first).toMatchObject({ kind: 'verified', orderId: payout.orderId });
  expect(again).toEqual(first);
  expect(
    other?.kind === 'verified' && first?.kind === 'verified' && other.dedupeKey !== first.dedupeKey,
  ).toBe(true);
});

it('sent again with the same id and the same fields, it moves once', async () => {
  const played = await play();
  const payout = order();
  played.simulator.control.inject({ kind: 'reset_after', on: 'payout' });
  expect((await send(played.provider, payout)).kind).toBe('unknown');
  expect(await send(played.provider, payout)).toMatchObject(pending);
  expect(bookings(played, payout)).toBe(1);
});

it('is there, and says so', async () => {
  const played = await play();
  expect(await played.provider.ping(never)).toEqual({
    ok: true,
    words: 'It answers, and knows us (Order not found)',
  });
  expect(await providerOf(played.simulator, { merchantControl: 'WRONG' }).ping(never)).toMatchObject({
    ok: false,
  });
});

describe('balance', () => {
  it.each([
    [{ of: 'provider', balanceProvider: 'main', currency: 'USD' }, { availableMinor: 84_950 }],
    [{ of: 'merchant' }, { availableMinor: 84_950, reservedMinor: 0 }],
    [
      { of: 'manager', balanceName: 'USD' },
      { availableMinor: 84_950, reservedMinor: 0 },
    ],
  ])('%o', async (balance, expected) => {
    for (const responseFormat of balance.of === 'provider' ? ['json', 'form'] : ['json']) {
      const played = await play({
        merchant: { fundsMinor: { USD: 100_000 } },
        settings: { balance, responseFormat },
      });
      await send(played.provider, order());
      const reading = played.provider.balance;
      if (isLacking(reading)) throw new Error(reading.lacking);
      expect(await reading.read(never)).toMatchObject({
        kind: 'answered',
        balances: [{ currency: 'USD', ...expected }],
      });
    }
  });
});
