import { afterAll, beforeAll, expect, it } from 'vitest';
import { workflowIdOf, type PayoutKey } from '../../domain/ids.js';
import { STOP_HOLDS_WITHIN_MS, type StopScope } from '../../domain/stop.js';
import { aPayout, startTestEngine, type TestEngine } from '../support/engine.js';
import { decrypted } from '../support/payloads.js';

let engine: TestEngine;

beforeAll(async () => {
  // What is pending must still be so when a busy machine has come to look at it.
  engine = await startTestEngine({ timings: { pendingMs: 3_000 } });
});
afterAll(() => engine.stop());

const OPERATOR = { actor: 'cli:olga', reason: 'wrong amounts in the file' };
const ACCOUNT: StopScope = { kind: 'account', value: 'acme-a2p-poll' };
/** The provider is at it for a while: meanwhile its status is asked. */
const PENDING = { amount: { minor: 10_007, currency: 'RUB' } } as const;

const statusOf = async (key: PayoutKey) => (await engine.journal.payouts.get(key))?.status;
const requestsOf = async (orderId: string) => (await engine.provider.requests(orderId)).counts;

it('stops an account in mid-run: nothing new leaves, what left is followed, and all go on once it is lifted', async () => {
  const underway = await engine.client.create(aPayout(PENDING));
  expect(underway.status).toBe('processing');

  const { stop } = await engine.journal.stops.add({ scope: ACCOUNT, ...OPERATOR });
  const asked = (await requestsOf(underway.orderId)).getPayoutStatus;
  const held = await Promise.all(Array.from({ length: 5 }, () => engine.client.create(aPayout())));
  const elsewhere = await engine.client.create(aPayout({ account: 'acme-a2p-resend' }));
  expect(elsewhere.status).toBe('succeeded');

  // It waits, and every door says why.
  for (const payout of held) {
    expect(payout).toMatchObject({ status: 'created', reason: { code: 'stopped' } });
    expect(payout.reason?.message).toContain(OPERATOR.reason);
  }
  const [first, cancelled, ...rest] = held;
  if (!first || !cancelled) throw new Error('five were made');
  const pendingActivity = async () =>
    (await engine.temporal.workflow.getHandle(workflowIdOf(first)).describe()).raw.pendingActivities?.[0];
  // Its last failure says why, to whoever may read it.
  const lastWords = async () => decrypted(engine.payloadKeys, (await pendingActivity())?.lastFailure);
  await expect.poll(lastWords).toContain(OPERATOR.reason);
  expect((await pendingActivity())?.activityType?.name).toBe('awaitResume');

  // What left before is asked about and ends.
  expect((await engine.client.wait(underway, { timeoutMs: 60_000 })).status).toBe('succeeded');
  expect((await requestsOf(underway.orderId)).getPayoutStatus).toBeGreaterThan(asked);

  // Longer than the account's whole send budget.
  await new Promise((resolve) => setTimeout(resolve, STOP_HOLDS_WITHIN_MS + 2_000));
  for (const { orderId } of held) expect((await requestsOf(orderId)).performPayout).toBe(0);

  const cancelledAt = Date.now();
  expect(await engine.client.cancel(cancelled, OPERATOR)).toMatchObject({
    cancelled: true,
    payout: { status: 'cancelled' },
  });
  // At once, and not when the stop is lifted, whatever a busy machine takes for it.
  expect(Date.now() - cancelledAt).toBeLessThan(30_000);
  expect((await engine.client.wait(cancelled, { timeoutMs: 60_000 })).status).toBe('cancelled');

  const before = await eventsOf(first);
  await engine.journal.stops.resume(stop.id, { actor: 'cli:anna', reason: 'it was a test' });
  for (const payout of [first, ...rest]) {
    const settled = await engine.client.wait(payout, { timeoutMs: 60_000 });
    expect(settled).toMatchObject({ status: 'succeeded' });
    expect(settled).not.toHaveProperty('reason');
    expect((await requestsOf(payout.orderId)).performPayout).toBe(1);
    expect((await engine.provider.order(payout.orderId))?.bookings).toBe(1);
  }
  expect((await requestsOf(cancelled.orderId)).performPayout).toBe(0);
  expect(await statusOf(cancelled)).toBe('cancelled');
  const types = (await engine.journal.payouts.events(first)).map(({ type }) => type);
  expect(types).toEqual(['accepted', 'stopped', 'intent', 'answer']);
  // However long it waited.
  expect(before).toBeLessThanOrEqual(24);
  expect(await eventsOf(first)).toBeLessThanOrEqual(34);
});

async function eventsOf(key: PayoutKey): Promise<number> {
  const history = await engine.temporal.workflow.getHandle(workflowIdOf(key)).fetchHistory();
  return history.events?.length ?? 0;
}

it('a payout that could be sent again waits as well, and its status is asked meanwhile', async () => {
  const account = 'acme-a2p-resend';
  const request = aPayout({ account, amount: { minor: 80_505, currency: 'RUB' } });
  const payout = await engine.client.create(request);
  expect(payout.status).toBe('processing');
  const { stop } = await engine.journal.stops.add({
    scope: { kind: 'account', value: account },
    ...OPERATOR,
  });
  // The grace of two seconds is over by then: without the stop it would be sent again.
  await new Promise((resolve) => setTimeout(resolve, 4_500));
  const asked = (await requestsOf(payout.orderId)).getPayoutStatus;
  await expect.poll(async () => (await requestsOf(payout.orderId)).getPayoutStatus).toBeGreaterThan(asked);
  expect((await requestsOf(payout.orderId)).performPayout).toBe(1);
  expect(await statusOf(payout)).toBe('processing');

  await engine.journal.stops.resume(stop.id, OPERATOR);
  await expect.poll(async () => (await requestsOf(payout.orderId)).performPayout).toBeGreaterThan(1);
});

it('cards to be stored wait as well', async () => {
  const account = 'acme-a2p-poll';
  const { stop } = await engine.journal.stops.add({
    scope: { kind: 'account', value: account },
    ...OPERATOR,
  });
  const card = await engine.client.storedCards.add({
    merchant: 'acme',
    storedCardId: `held-${Date.now()}`,
    account,
    purpose: 'destination',
    ownerId: 'anna',
    card: { number: '2200000000000004' },
  });
  expect(card).toMatchObject({ status: 'requested', reason: { code: 'stopped' } });
  await engine.journal.stops.resume(stop.id, OPERATOR);
  await expect
    .poll(async () => (await engine.journal.storedCards.read(card))?.card.status, { timeout: 60_000 })
    .toBe('active');
});
