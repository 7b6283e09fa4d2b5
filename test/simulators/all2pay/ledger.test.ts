import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../support/temp-dir.js';
import { CARD, perform, receiveCallbacks, register, simulate, status } from './support.js';

test('orders, bookings, cards and requests survive the process; the card number is nowhere', async () => {
  const ledgerFile = join(tempDir(), 'deep', 'ledger.jsonl');
  const before = await simulate({ ledgerFile, transitBalanceMinor: 100_000 });
  const paid = await perform(before, 'L-1', 60_000);
  await perform(before, 'L-2', 10_501);
  await before.control.bind({ pan: CARD, clientId: 'cust-9', bindingId: 'bind-1' });
  const { formUrl } = (await register(before, 'L-3', 20_000)).body;
  const body = new URLSearchParams({ pan: CARD, action: 'pay' });
  await fetch(String(formUrl), { method: 'POST', body, redirect: 'manual' });
  const ledger = await before.control.ledger();
  await before.close();

  // What a process killed while writing leaves behind
  appendFileSync(ledgerFile, '{"kind":"order","order":{"login":"acme-api","orderNu');
  const after = await simulate({ ledgerFile, transitBalanceMinor: 100_000 });
  const again = await after.control.ledger();
  const timeless = ({ orders, totals }: typeof ledger) => [
    orders.map((order) => ({ ...order, formUrl: null })),
    totals,
  ];
  expect(timeless(again)).toEqual(timeless(ledger));
  expect(again.totals).toMatchObject({ orders: 3, bookings: 2, bookedAmount: 80_000 });
  expect((await status(after, 'L-1')).body).toMatchObject({
    orderStatus: '2',
    orderId: paid.body['orderId'],
  });
  expect((await perform(after, 'L-1', 60_000)).status).toBe(400);
  expect((await perform(after, 'L-4', 60_000)).body['errorCode']).toBe('116');
  const stored = { target: { bindingId: 'bind-1' }, client: { clientId: 'cust-9' } };
  expect((await perform(after, 'L-5', 10_000, stored)).body['orderStatus']).toBe('2');
  expect((await after.control.requests('L-1')).counts).toMatchObject({
    registerPayout: 0,
    performPayout: 2,
    getPayoutStatus: 1,
  });
  await after.close();

  const third = await simulate({ ledgerFile });
  expect((await third.control.ledger()).totals.orders).toBe(5);
  expect(readFileSync(ledgerFile, 'utf8')).not.toContain(CARD);
});

test('what was pending settles in the next process, and an undelivered callback is sent', async () => {
  const ledgerFile = join(tempDir(), 'ledger.jsonl');
  const { url, received } = await receiveCallbacks();
  const before = await simulate({ ledgerFile, callbacks: { url }, timings: { callbackDelayMs: 60_000 } });
  await perform(before, 'L-1', 10_007);
  await perform(before, 'L-2', 10_000);
  await before.close();
  expect(received).toEqual([]);

  const after = await simulate({ ledgerFile, callbacks: { url } });
  await expect.poll(() => received.map(({ params }) => params['orderNumber']).sort()).toEqual(['L-1', 'L-2']);
  expect(await after.control.order('L-1')).toMatchObject({ status: '2', bookings: 1 });
});

test('reset holds for the next process too', async () => {
  const ledgerFile = join(tempDir(), 'ledger.jsonl');
  const before = await simulate({ ledgerFile });
  await perform(before, 'L-1');
  await before.control.reset();
  await before.close();
  const after = await simulate({ ledgerFile });
  expect((await after.control.ledger()).totals.orders).toBe(0);
});

test('a booking is on disk before its answer leaves', async () => {
  const ledgerFile = join(tempDir(), 'ledger.jsonl');
  const before = await simulate({ ledgerFile, timings: { hangMs: 60_000 } });
  const hanging = perform(before, 'L-1', 10_504).catch(() => 'reset');
  await expect.poll(async () => (await before.control.order('L-1'))?.bookings).toBe(1);
  const booked = readFileSync(ledgerFile, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"refNum"'));
  expect(booked).toHaveLength(1);
  await before.close();
  expect(await hanging).toBe('reset');
});
