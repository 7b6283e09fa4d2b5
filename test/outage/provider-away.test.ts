import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { workflowIdOf, type PayoutKey } from '../../domain/ids.js';
import { freePort } from '../../embedded/free-port.js';
import type { Attempt } from '../../journal/port.js';
import { aPayout, startTestEngine, type TestEngine } from '../support/engine.js';
import type { SwitchableServer } from '../support/switchable-server.js';
import { startTcpProxy } from '../support/tcp-proxy.js';

let engine: TestEngine;
let proxy: SwitchableServer;

beforeAll(async () => {
  const port = await freePort('127.0.0.1');
  proxy = await startTcpProxy(port);
  // The environment wins over the embedded simulator's own address.
  process.env['ALL2PAY_BASE_URL'] = `http://127.0.0.1:${proxy.port}/payouts/api/v2`;
  engine = await startTestEngine({ port });
});
afterEach(() => proxy.up());
afterAll(async () => {
  delete process.env['ALL2PAY_BASE_URL'];
  await engine.stop();
  await proxy.down();
});

async function attemptsOf(key: PayoutKey): Promise<readonly Attempt[]> {
  return engine.journal.payouts.attempts(key);
}

/** Waits until so many attempts were refused; the pause before the next one doubles with each. */
async function refusedAttempts(key: PayoutKey, count: number): Promise<void> {
  const refused = async () =>
    (await attemptsOf(key)).filter(({ answer }) => answer?.kind === 'not_sent').length;
  await expect.poll(refused, { timeout: 60_000 }).toBeGreaterThanOrEqual(count);
}

async function ordersAtProvider(orderIds: readonly string[]): Promise<number> {
  const { orders } = await engine.provider.ledger();
  return orders.filter(({ orderNumber }) => orderIds.includes(orderNumber)).length;
}

it('a payout whose budget ends before the provider is back has failed, and was never sent', async () => {
  await proxy.down();
  const request = aPayout({ account: 'acme-a2p-poll' });
  const payout = await engine.client.create(request);
  expect(payout).toMatchObject({ status: 'failed', reason: { code: 'never_sent' } });
  const attempts = await attemptsOf(request);
  expect(attempts.length).toBeGreaterThan(2);
  expect(new Set(attempts.map(({ answer }) => answer?.kind))).toEqual(new Set(['not_sent']));

  await proxy.up();
  // Final means final: the same request again gets the same answer and sends nothing.
  expect(await engine.client.create(request)).toMatchObject({ status: 'failed' });
  expect(await ordersAtProvider([payout.orderId])).toBe(0);
  expect(await engine.journal.payouts.get(request)).toMatchObject({ status: 'failed' });
});

it('a payout that waits for the provider can be cancelled, and is then never sent', async () => {
  await proxy.down();
  const request = aPayout({ account: 'acme-a2p' });
  const created = engine.client.create(request);
  await refusedAttempts(request, 3);
  const answer = await engine.client.cancel(request, { actor: 'cli:olga', reason: 'paid in cash' });
  expect(answer).toMatchObject({ cancelled: true, payout: { status: 'cancelled' } });
  expect((await created).status).toBe('cancelled');
  // Whoever did not hear that answer asks again, and hears it.
  expect(await engine.client.cancel(request, { actor: 'cli:olga', reason: 'paid in cash' })).toMatchObject({
    cancelled: true,
  });
  const { length } = await attemptsOf(request);

  await proxy.up();
  // Nothing is left that could send it once the provider is back.
  const handle = engine.temporal.workflow.getHandle(workflowIdOf(request));
  await expect.poll(async () => (await handle.describe()).status.name).toBe('COMPLETED');
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  expect(await attemptsOf(request)).toHaveLength(length);
  expect(await ordersAtProvider([answer.payout.orderId])).toBe(0);
});

it('a payout that was tried in vain is sent once, under the same order id, when the provider is back', async () => {
  await proxy.down();
  const request = aPayout({ account: 'acme-a2p' });
  const created = engine.client.create(request);
  await refusedAttempts(request, 2);
  await proxy.up();
  const payout = await created;
  expect(payout.status).toBe('succeeded');
  expect((await engine.provider.order(payout.orderId))?.bookings).toBe(1);
  const attempts = await attemptsOf(request);
  expect(attempts.at(-1)?.answer?.kind).toBe('answered');
  expect(new Set(attempts.map(({ orderId }) => orderId))).toEqual(new Set([payout.orderId]));
  expect((await engine.provider.requests(payout.orderId)).counts.performPayout).toBe(1);
});
