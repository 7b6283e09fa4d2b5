import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { stopClock } from '../../support/stop-clock.js';
import { perform, performBody, post, simulate, status, TIMINGS } from './support.js';

const at = (code: number): number => 10_000 + code;

test.each([
  [116, 'Insufficient funds'],
  [121, 'Limit is depleted'],
  [902, 'Card is restricted'],
])('%i: declined at once', async (code, words) => {
  const simulator = await simulate();
  const declined = await perform(simulator, 'T', at(code));
  expect(declined).toEqual({
    status: 200,
    body: { errorCode: String(code), errorMessage: words, orderNumber: 'T', orderStatus: '6' },
  });
  expect((await status(simulator, 'T')).body).toMatchObject({
    errorCode: '0',
    orderStatus: '6',
    actionCode: code,
  });
  expect((await simulator.control.order('T'))?.bookings).toBe(0);
});

test('6: an answer without an error that is a decline all the same', async () => {
  const simulator = await simulate();
  expect((await perform(simulator, 'T', at(6))).body).toMatchObject({ errorCode: '0', orderStatus: '6' });
  expect((await status(simulator, 'T')).body).toMatchObject({ orderStatus: '6', actionCode: 5 });
  expect((await simulator.control.order('T'))?.bookings).toBe(0);
});

test('3: 3-D Secure is asked for and not to be had', async () => {
  const simulator = await simulate();
  const refused = await perform(simulator, 'T', at(3));
  expect([refused.status, refused.body['errorCode']]).toEqual([502, '99']);
  expect(refused.body['errorMessage']).toMatch(/^3DS authorization was requested but is not supported/);
  expect((await status(simulator, 'T')).body['orderStatus']).toBe('6');
  expect((await simulator.control.order('T'))?.bookings).toBe(0);
});

test('7: pending, then paid, whether anybody asks or not', async () => {
  const patient = await simulate({ timings: { pendingMs: 600_000 } });
  expect((await perform(patient, 'T', at(7))).body).toMatchObject({ errorCode: '0', orderStatus: '7' });
  expect((await status(patient, 'T')).body['orderStatus']).toBe('7');
  expect((await patient.control.order('T'))?.bookings).toBe(0);

  const simulator = await simulate();
  expect((await perform(simulator, 'T', at(7))).body).toMatchObject({ errorCode: '0', orderStatus: '7' });
  await sleep(350);
  expect(await simulator.control.order('T')).toMatchObject({ status: '2', bookings: 1 });
  expect((await status(simulator, 'T')).body['orderStatus']).toBe('2');
  expect((await simulator.control.order('T'))?.bookings).toBe(1);
});

test('404: booked, but not found for a while', async () => {
  const clock = stopClock();
  const simulator = await simulate();
  expect((await perform(simulator, 'T', at(404))).status).toBe(502);
  const notFound = await status(simulator, 'T');
  expect([notFound.status, notFound.body['errorMessage']]).toEqual([
    400,
    expect.stringMatching(/^Order not found/),
  ]);
  expect((await simulator.control.order('T'))?.bookings).toBe(1);
  clock.advance(TIMINGS.notFoundMs);
  expect((await status(simulator, 'T')).body['orderStatus']).toBe('2');
});

test('500: an error after paying', async () => {
  const simulator = await simulate();
  const failed = await perform(simulator, 'T', at(500));
  expect([failed.status, failed.body['errorCode']]).toEqual([500, '99']);
  expect(failed.body['errorMessage']).toMatch(/check order status manually$/);
  expect((await status(simulator, 'T')).body['orderStatus']).toBe('2');
  expect((await simulator.control.order('T'))?.bookings).toBe(1);
});

test('501: the same error without paying, for good', async () => {
  const simulator = await simulate();
  expect((await perform(simulator, 'T', at(501))).status).toBe(500);
  expect((await status(simulator, 'T')).body['errorMessage']).toMatch(
    /^The order\[T\] is not registered in the gateway/,
  );
  expect(await simulator.control.order('T')).toMatchObject({ status: '-1', bookings: 0 });
});

test('504: hangs, then times out, though paid', async () => {
  const simulator = await simulate();
  const asked = Date.now();
  const answer = perform(simulator, 'T', at(504));
  await expect.poll(async () => (await simulator.control.order('T'))?.bookings).toBe(1);
  expect(await answer).toMatchObject({
    status: 504,
    body: { errorCode: '91', errorMessage: 'Timeout when requesting [gateway]' },
  });
  expect(Date.now() - asked).toBeGreaterThanOrEqual(140);
});

test('505: hangs for ever and leaves no trace', async () => {
  const simulator = await simulate();
  const signal = AbortSignal.timeout(300);
  await expect(post(simulator, 'performPayout', performBody('T', at(505)), { signal })).rejects.toThrow(
    /timeout/i,
  );
  expect((await status(simulator, 'T')).body['errorMessage']).toMatch(/^Order not found/);
  expect(await simulator.control.order('T')).toBeUndefined();
});

test('closes promptly while requests hang', async () => {
  const simulator = await simulate({ timings: { hangMs: 60_000 } });
  const hanging = [504, 505].map((code) => perform(simulator, `T${code}`, at(code)).catch(() => 'reset'));
  await expect.poll(async () => (await simulator.control.requests()).counts.performPayout).toBe(2);
  const asked = Date.now();
  await simulator.close();
  // Far from what the requests would hang, and from what a busy machine takes.
  expect(Date.now() - asked).toBeLessThan(30_000);
  expect(await Promise.all(hanging)).toEqual(['reset', 'reset']);
});
