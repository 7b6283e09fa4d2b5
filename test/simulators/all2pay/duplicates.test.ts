import { expect, test } from 'vitest';
import { perform, register, simulate } from './support.js';

test('reject400: a known order number is refused, whatever came of it', async () => {
  const simulator = await simulate();
  for (const [orderNumber, amount] of [
    ['D-1', 10_000],
    ['D-2', 10_116],
    ['D-3', 10_007],
  ] as const) {
    await perform(simulator, orderNumber, amount);
    const again = await perform(simulator, orderNumber, amount);
    expect(again).toMatchObject({ status: 400, body: { errorCode: '98', orderNumber } });
    expect(again.body['errorMessage']).toMatch(/already processed/);
    expect((await register(simulator, orderNumber)).status).toBe(400);
  }
  expect((await simulator.control.order('D-1'))?.bookings).toBe(1);
});

test('replayStored: the first answer comes again, nothing is booked', async () => {
  const simulator = await simulate({ duplicateOrder: 'replayStored' });
  const first = await perform(simulator, 'D-1');
  expect(await perform(simulator, 'D-1')).toEqual(first);
  const declined = await perform(simulator, 'D-2', 10_116);
  expect(await perform(simulator, 'D-2', 10_116)).toEqual(declined);
  const page = await register(simulator, 'D-3');
  expect(await register(simulator, 'D-3')).toEqual(page);
  expect((await simulator.control.ledger()).totals).toMatchObject({ bookings: 1, bookedTwice: 0 });
});

test('executeAgain: money moves a second time, and the ledger says so', async () => {
  const simulator = await simulate({ duplicateOrder: 'executeAgain' });
  await perform(simulator, 'D-1', 10_000);
  expect((await perform(simulator, 'D-1', 10_000)).body['orderStatus']).toBe('2');
  expect(await simulator.control.order('D-1')).toMatchObject({ bookings: 2, bookedAmount: 20_000 });
  await perform(simulator, 'D-2', 10_007);
  await perform(simulator, 'D-2', 10_007);
  await expect.poll(async () => (await simulator.control.order('D-2'))?.bookings).toBe(2);
  expect((await simulator.control.ledger()).totals).toMatchObject({ orders: 2, bookings: 4, bookedTwice: 2 });
});

test('two at the same moment are still two', async () => {
  const simulator = await simulate();
  const answers = await Promise.all([perform(simulator, 'D-1'), perform(simulator, 'D-1')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  expect((await simulator.control.order('D-1'))?.bookings).toBe(1);
});
