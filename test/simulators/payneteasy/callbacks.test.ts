import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { PAYNETEASY_RETRY_WAITS_SECS, payneteasyCallbackControl } from '../../../simulators/index.js';
import { CONTROL_KEY, payout, receiveCallbacks, scenario, simulate } from './support.js';

const controlOf = (params: Record<string, string>) =>
  payneteasyCallbackControl(
    {
      status: params['status'] ?? '',
      orderId: params['orderid'] ?? '',
      clientOrderId: params['client_orderid'] ?? '',
    },
    CONTROL_KEY,
  );

test('one signed GET per final status, at the order’s own address and its own parameters (§8)', async () => {
  const { url, received } = await receiveCallbacks();
  const simulator = await simulate();
  await scenario(simulator, 'C-1', '00', { server_callback_url: `${url}?x=1` });
  await expect.poll(() => simulator.control.order('C-1')?.callback).toBe('delivered');
  const { orderId } = simulator.control.order('C-1') ?? {};
  expect(received).toHaveLength(1);
  const [{ method, params } = { method: '', params: {} }] = received;
  expect(method).toBe('GET');
  expect(params).toEqual({
    x: '1',
    status: 'approved',
    merchant_order: 'C-1',
    client_orderid: 'C-1',
    orderid: orderId,
    type: 'payout',
    amount: '150.50',
    control: controlOf(params),
  });
});

test.each([
  ['01', 'declined'],
  ['02', 'filtered'],
  ['03', 'error'],
])('scenario %s: %s, with the error', async (digits, word) => {
  const { url, received } = await receiveCallbacks();
  const simulator = await simulate({ merchant: { callbackUrl: url } });
  await scenario(simulator, 'C-1', digits);
  await expect
    .poll(() => received[0]?.params)
    .toMatchObject({ status: word, error_code: expect.any(String) as string });
});

test('unknown is told too, then the end of it', async () => {
  const { url, received } = await receiveCallbacks();
  const simulator = await simulate({ merchant: { callbackUrl: url } });
  await scenario(simulator, 'C-1', '06');
  await expect.poll(() => received.map(({ params }) => params['status'])).toEqual(['unknown', 'approved']);
});

test('a reversal the next day, to notify_url alone (§12 scenario 15)', async () => {
  const [notified, called] = [await receiveCallbacks(), await receiveCallbacks()];
  const simulator = await simulate();
  await scenario(simulator, 'C-1', '15', { notify_url: notified.url });
  await scenario(simulator, 'C-2', '15', { server_callback_url: called.url });
  await expect
    .poll(() => notified.received.map(({ params }) => params['type']))
    .toEqual(['payout', 'reversal']);
  await expect.poll(() => simulator.control.order('C-2')?.kind).toBe('reversal');
  await sleep(30);
  expect(called.received).toHaveLength(1);
  expect(simulator.control.order('C-1')?.bookingRecords).toMatchObject([{ reversed: true }]);
});

describe('what goes wrong by scenario', () => {
  test('11: lost', async () => {
    const { url, received } = await receiveCallbacks();
    const simulator = await simulate({ merchant: { callbackUrl: url } });
    await scenario(simulator, 'C-1', '11');
    await expect.poll(() => simulator.control.order('C-1')?.callback).toBe('suppressed');
    expect(received).toEqual([]);
  });

  test('12: three times, one of them forged', async () => {
    const { url, received } = await receiveCallbacks();
    const simulator = await simulate({ merchant: { callbackUrl: url } });
    await scenario(simulator, 'C-1', '12');
    await expect.poll(() => received.length).toBe(3);
    expect(received.filter(({ params }) => params['control'] === controlOf(params))).toHaveLength(2);
  });

  test('13: says approved of what was declined', async () => {
    const { url, received } = await receiveCallbacks();
    const simulator = await simulate({ merchant: { callbackUrl: url } });
    await scenario(simulator, 'C-1', '13');
    await expect.poll(() => received.length).toBe(1);
    const [{ params } = { params: {} as Record<string, string> }] = received;
    expect(params).toMatchObject({ status: 'approved', control: controlOf(params) });
    expect(simulator.control.order('C-1')).toMatchObject({ status: 'declined', bookings: 0 });
  });
});

describe('repeats (§8)', () => {
  test('the schedule: at most 30 attempts in 14 days, ever later', () => {
    const minutes = PAYNETEASY_RETRY_WAITS_SECS.map((secs) => secs / 60);
    expect(minutes.slice(0, 11)).toEqual([2, 5, 10, 20, 30, 60, 120, 180, 360, 720, 1_080]);
    expect(new Set(minutes.slice(11))).toEqual(new Set([1_440]));
    expect(minutes.length + 1).toBeLessThanOrEqual(30);
    const days = minutes.reduce((sum, wait) => sum + wait, 0) / 1_440;
    expect(days).toBeLessThanOrEqual(14);
    expect(days).toBeGreaterThan(13);
  });

  test('until HTTP 200, and no other', async () => {
    const { url, received } = await receiveCallbacks([500, 404, 302, 201]);
    const simulator = await simulate({
      merchant: { callbackUrl: url },
      timings: { approveMs: 5, callbackSecondMs: 0.02 },
    });
    await payout(simulator, 'C-1');
    await expect.poll(() => simulator.control.order('C-1')?.callback).toBe('delivered');
    expect(received).toHaveLength(5);
  });

  test('and given up when the schedule ends', async () => {
    const deaf = await receiveCallbacks(Array.from({ length: 99 }, () => 500));
    const simulator = await simulate({
      merchant: { callbackUrl: deaf.url },
      timings: { approveMs: 5, callbackSecondMs: 0.0001 },
    });
    await payout(simulator, 'C-1');
    await expect.poll(() => simulator.control.order('C-1')?.callback, { timeout: 30_000 }).toBe('given_up');
    expect(deaf.received).toHaveLength(PAYNETEASY_RETRY_WAITS_SECS.length + 1);
  });
});

describe('faults', () => {
  const order = { clientOrderId: 'C-1' };

  test('suppressed, late, doubled, forged, contradicting, out of order', async () => {
    const { url, received } = await receiveCallbacks();
    const simulator = await simulate({ merchant: { callbackUrl: url }, timings: { approveMs: 5 } });
    const said = (id: string) =>
      received.filter(({ params }) => params['client_orderid'] === id).map(({ params }) => params);
    simulator.control.inject({ kind: 'callback_suppress', clientOrderId: 'C-1' });
    simulator.control.inject({ kind: 'callback_double', clientOrderId: 'C-2' });
    simulator.control.inject({ kind: 'callback_forge', clientOrderId: 'C-3' });
    simulator.control.inject({ kind: 'callback_contradict', clientOrderId: 'C-4' });
    simulator.control.inject({ kind: 'callback_out_of_order', clientOrderId: 'C-5' });
    simulator.control.inject({ kind: 'callback_delay', ms: 600_000, clientOrderId: 'C-6' });
    const ids = ['C-1', 'C-2', 'C-3', 'C-4', 'C-5', 'C-6'];
    await Promise.all(ids.map((id) => payout(simulator, id)));
    await expect.poll(() => received.length).toBeGreaterThanOrEqual(6);
    await sleep(100);
    const [none, two, forged, opposite, stale, late] = ids.map(said);
    expect([none, late]).toEqual([[], []]);
    expect(two).toHaveLength(2);
    expect(forged?.map((params) => params['control'] === controlOf(params))).toEqual([false]);
    expect(opposite?.map((params) => [params['status'], params['control'] === controlOf(params)])).toEqual([
      ['declined', true],
    ]);
    expect(stale?.map((params) => params['status'])).toEqual(['approved', 'unknown']);
  });

  test('early: before the answer of its own request', async () => {
    const { url, received } = await receiveCallbacks();
    const simulator = await simulate({ merchant: { callbackUrl: url } });
    simulator.control.inject({ kind: 'callback_early', ...order });
    await payout(simulator, 'C-1');
    expect(received).toHaveLength(1);
    expect(simulator.control.order('C-1')).toMatchObject({ status: 'approved', bookings: 1 });
  });
});

describe('on demand', () => {
  test('as it is, forged, otherwise, and of an order that nobody knows', async () => {
    const { url, received } = await receiveCallbacks([200, 403]);
    const simulator = await simulate({ merchant: { callbackUrl: url } });
    await scenario(simulator, 'C-1', '07');
    expect(await simulator.control.callback('C-1')).toMatchObject({
      httpStatus: 200,
      params: { status: 'processing' },
    });
    expect(await simulator.control.callback('C-1', { forged: true })).toMatchObject({ httpStatus: 403 });
    await simulator.control.callback('C-1', { status: 'approved' });
    await simulator.control.strayCallback({ login: 'merchant1', clientOrderId: 'nobodys' });
    const genuine = received.map(({ params }) => params['control'] === controlOf(params));
    expect(genuine).toEqual([true, false, true, true]);
    expect(received[3]?.params).toMatchObject({ client_orderid: 'nobodys' });
    await expect(simulator.control.callback('C-9')).rejects.toThrow('knows no order');
  });
});

test('ports that the gateway never calls, where that is enforced (§8)', async () => {
  const { url, received } = await receiveCallbacks();
  const simulator = await simulate({ enforceCallbackPorts: true, timings: { approveMs: 5 } });
  await scenario(simulator, 'C-1', '00', { server_callback_url: url });
  await expect.poll(() => simulator.control.order('C-1')?.callback).toBe('no_such_port');
  expect(received).toEqual([]);
});
