import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulators/index.js';
import { stopClock } from '../../support/stop-clock.js';
import { HEADERS, perform, performBody, post, simulate, status } from './support.js';

/**
 * The raw answer to one performPayout under one fault, and how often it was booked.
 * @param patienceMs how long to wait for the answer once the request is there
 */
async function under(fault: Fault, patienceMs?: number) {
  const simulator = await simulate();
  await simulator.control.inject({ method: 'performPayout', ...fault });
  const body = JSON.stringify(performBody('F-1'));
  const impatience = new AbortController();
  const request = { method: 'POST', headers: HEADERS, body, signal: impatience.signal };
  const answered = fetch(`${simulator.baseUrl}/performPayout.do`, request)
    .then(async (answer) => ({ answer, text: await answer.text() }))
    .catch(() => undefined);
  if (patienceMs !== undefined) {
    await expect.poll(async () => (await simulator.control.requests()).counts.performPayout).toBe(1);
    setTimeout(() => impatience.abort(), patienceMs);
  }
  const outcome = await answered;
  const bookings = (await simulator.control.order('F-1'))?.bookings ?? 0;
  return { status: outcome?.answer.status, headers: outcome?.answer.headers, text: outcome?.text, bookings };
}

describe('faults on the wire', () => {
  test('reset_before and reset_after differ only in the booking', async () => {
    expect(await under({ kind: 'reset_before' })).toMatchObject({ status: undefined, bookings: 0 });
    expect(await under({ kind: 'reset_after' })).toMatchObject({ status: undefined, bookings: 1 });
  });

  test('hang, processed or not', async () => {
    expect(await under({ kind: 'hang' }, 300)).toMatchObject({ status: undefined, bookings: 1 });
    expect(await under({ kind: 'hang', processed: false }, 300)).toMatchObject({
      status: undefined,
      bookings: 0,
    });
    expect(await under({ kind: 'hang', ms: 50 })).toMatchObject({ status: undefined, bookings: 1 });
  });

  test('a proxy answers instead', async () => {
    expect(await under({ kind: 'http_500' })).toMatchObject({ status: 500, bookings: 0 });
    expect(await under({ kind: 'http_500', processed: true })).toMatchObject({ status: 500, bookings: 1 });
    const limited = await under({ kind: 'http_429', retryAfterSecs: 7 });
    expect([limited.status, limited.headers?.get('retry-after'), limited.bookings]).toEqual([429, '7', 0]);
    const html = await under({ kind: 'unreadable_body' });
    expect([html.status, html.text?.startsWith('<html>'), html.bookings]).toEqual([200, true, 1]);
    const odd = await under({ kind: 'mislabelled_body' });
    expect(odd.headers?.get('content-type')).toMatch(/^text\/html/);
    expect(JSON.parse(odd.text ?? '')).toMatchObject({ orderStatus: '2' });
  });

  test('the body is slow, or stops half-way', async () => {
    const asked = Date.now();
    const slow = await under({ kind: 'slow_body', ms: 300 });
    expect(JSON.parse(slow.text ?? '')).toMatchObject({ orderStatus: '2' });
    expect(Date.now() - asked).toBeGreaterThanOrEqual(250);
    expect(await under({ kind: 'truncated_body' })).toMatchObject({ text: undefined, bookings: 1 });
  });

  test('any row of the table, and any field rewritten', async () => {
    const row = await under({ kind: 'row', row: 24 });
    expect(row).toMatchObject({ status: 502, bookings: 0 });
    expect(JSON.parse(row.text ?? '')).toMatchObject({
      errorMessage: 'Failed to call hessian method: [performPayout]',
    });
    expect((await under({ kind: 'row', row: 34, processed: true })).bookings).toBe(1);
    const rewritten = await under({ kind: 'rewrite', set: { amount: 1, orderId: null } });
    const body = JSON.parse(rewritten.text ?? '') as Record<string, unknown>;
    expect([body['amount'], 'orderId' in body, rewritten.bookings]).toEqual([1, false, 1]);
  });
});

test('status_pending hides the truth from so many queries', async () => {
  const simulator = await simulate();
  await simulator.control.inject({ kind: 'status_pending', orderNumber: 'F-1', times: 2 });
  expect((await perform(simulator, 'F-1')).body['orderStatus']).toBe('2');
  const seen = [];
  for (let query = 0; query < 3; query += 1) seen.push((await status(simulator, 'F-1')).body);
  expect(seen.map(({ orderStatus }) => orderStatus)).toEqual(['7', '7', '2']);
  expect(seen[0]).not.toHaveProperty('operationList');
});

test('status_wrong and status_not_found hide the truth, also for a while', async () => {
  const simulator = await simulate();
  await perform(simulator, 'F-1');
  await simulator.control.inject({ kind: 'status_wrong', orderNumber: 'F-1' });
  expect((await status(simulator, 'F-1')).body['orderStatus']).toBe('6');
  await simulator.control.inject({ kind: 'status_wrong', orderStatus: '3' });
  expect((await status(simulator, 'F-1')).body['orderStatus']).toBe('3');
  await simulator.control.inject({ kind: 'status_not_found', orderNumber: 'F-1', forMs: 200 });
  const clock = stopClock();
  for (const later of [0, 100, 99]) {
    clock.advance(later);
    expect((await status(simulator, 'F-1')).body['errorMessage']).toMatch(/^Order not found/);
  }
  clock.advance(1);
  expect((await status(simulator, 'F-1')).body['orderStatus']).toBe('2');
  expect((await simulator.control.order('F-1'))?.bookings).toBe(1);
});

test('more that a proxy or a broken server may send', async () => {
  const away = await under({ kind: 'http_503', retryAfterSecs: 3 });
  expect([away.status, away.headers?.get('retry-after'), away.bookings]).toEqual([503, '3', 0]);
  expect((await under({ kind: 'http_503' })).headers?.has('retry-after')).toBe(false);
  expect(await under({ kind: 'empty_body' })).toMatchObject({ status: 200, text: '', bookings: 1 });
  const huge = await under({ kind: 'huge_body' });
  expect([huge.text?.length, huge.bookings]).toEqual([expect.any(Number), 1]);
  expect(huge.text?.length).toBeGreaterThan(2 ** 25);
  const deep = await under({ kind: 'deep_body' });
  expect([deep.text?.slice(0, 3), deep.bookings]).toEqual(['[[[', 1]);
});

test('keys and echo are met by name alone', async () => {
  const simulator = await simulate();
  await simulator.control.inject({ kind: 'http_500' }, { kind: 'http_500', method: 'keys' });
  expect((await fetch(`${simulator.baseUrl}/echo`)).status).toBe(200);
  expect((await fetch(`${simulator.baseUrl}/keys.do`)).status).toBe(500);
  expect((await fetch(`${simulator.baseUrl}/keys.do`)).status).toBe(200);
  const { counts } = await simulator.control.requests();
  expect(counts).toMatchObject({ keys: 2, echo: 1 });
});

test('a fault meets only its order, its method and its number of times', async () => {
  const simulator = await simulate();
  await simulator.control.inject({ kind: 'row', row: 26, orderNumber: 'F-2', method: 'performPayout' });
  expect((await perform(simulator, 'F-1')).status).toBe(200);
  expect((await status(simulator, 'F-2')).status).toBe(400);
  expect((await perform(simulator, 'F-2')).status).toBe(502);
  expect((await perform(simulator, 'F-2')).status).toBe(200);
});

test('a fault that is none is refused; reset forgets everything', async () => {
  const simulator = await simulate();
  const wrong = [
    { kind: 'typo' },
    { kind: 'row', row: 35 },
    { kind: 'hang', order: 'x' },
    { kind: 'hang', times: 0 },
  ];
  for (const fault of wrong) await expect(simulator.control.inject(fault as Fault)).rejects.toThrow(/400/);
  await perform(simulator, 'F-1');
  await simulator.control.inject({ kind: 'reset_before' });
  await simulator.control.reset();
  expect((await simulator.control.ledger()).orders).toEqual([]);
  expect((await simulator.control.requests()).requests).toEqual([]);
  expect((await post(simulator, 'performPayout', performBody('F-1'))).status).toBe(200);
});
