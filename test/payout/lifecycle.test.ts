import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIdOf, type AccountId, type OrderId, type PayoutKey } from '../../domain/ids.js';
import type { Payout } from '../../domain/payout.js';
import { aPayout, startTestEngine, type TestEngine } from '../support/engine.js';

let engine: TestEngine;
/** What the journal knew at the moment when a request that could move money reached the provider. */
const arrivals: { orderNumber: string; openAttempts: number }[] = [];

beforeAll(async () => {
  engine = await startTestEngine({
    async onRequest({ method, orderNumber = '' }) {
      if (method === 'getPayoutStatus') return;
      const payout = await engine.journal.payouts.findByOrder(
        'acme-a2p-poll' as AccountId,
        orderNumber as OrderId,
      );
      const attempts = payout ? await engine.journal.payouts.attempts(payout) : [];
      const openAttempts = attempts.filter(({ answer }) => answer === undefined).length;
      if (payout) arrivals.push({ orderNumber, openAttempts });
    },
  });
});
afterAll(() => engine.stop());

const amount = (minor: number) => ({ amount: { minor, currency: 'RUB' as const } });

async function pay(changes: Parameters<typeof aPayout>[0] = {}): Promise<Payout> {
  const request = aPayout(changes);
  await engine.client.create(request);
  return engine.client.wait(request, { timeoutMs: 60_000 });
}

async function bookings({ orderId }: Payout): Promise<number> {
  return (await engine.provider.order(orderId))?.bookings ?? 0;
}

async function historyLength(key: PayoutKey): Promise<number> {
  const { historyLength } = await engine.temporal.workflow.getHandle(workflowIdOf(key)).describe();
  return Number(historyLength);
}

describe('a payout to a card', () => {
  it('succeeds with exactly one booking, and the journal agrees', async () => {
    const payout = await pay();
    expect(payout).toMatchObject({ status: 'succeeded', destination: 'card 220000******0004' });
    expect(payout.reference).toBeTruthy();
    expect(await bookings(payout)).toBe(1);
    expect(await engine.journal.payouts.get(payout)).toEqual(payout);
  });

  it.each([
    ['declined by the network', 10_006, 'declined', 0],
    ['declined for insufficient funds', 10_116, 'declined', 0],
    ['declined for a depleted limit', 10_121, 'declined', 0],
    ['declined as restricted', 10_902, 'declined', 0],
    ['pending for a while, then paid', 10_007, 'succeeded', 1],
    ['answered 500 but paid', 10_500, 'succeeded', 1],
    ['answered 500 and not paid', 10_501, 'declined', 0],
    ['unknown to the provider for a while, but paid', 10_404, 'succeeded', 1],
    ['timed out but paid', 10_504, 'succeeded', 1],
    ['timed out and never received', 10_505, 'in_review', 0],
  ] as const)('%s (amount %i) ends %s with %i bookings', async (_, minor, status, booked) => {
    const payout = await pay(amount(minor));
    expect(payout.status).toBe(status);
    expect(await bookings(payout)).toBe(booked);
    if (status !== 'succeeded') expect(payout.reason?.code).toBeTruthy();
  });
});

it('finds the intent in the journal whenever a request arrives (rule 2)', async () => {
  const before = arrivals.length;
  const { orderId } = await pay();
  expect(arrivals.slice(before)).toEqual([{ orderNumber: orderId, openAttempts: 1 }]);
  expect(arrivals.every(({ openAttempts }) => openAttempts === 1)).toBe(true);
});

describe('history', () => {
  it('costs at most 24 events when a poll ended it', async () => {
    const payout = await pay(amount(20_007));
    expect(payout.status).toBe('succeeded');
    expect(await historyLength(payout)).toBeLessThanOrEqual(24);
  });

  it('costs at most 30 events when a callback ended it', async () => {
    const payout = await pay({ ...amount(30_007), account: 'acme-a2p' });
    expect(payout.status).toBe('succeeded');
    expect(await historyLength(payout)).toBeLessThanOrEqual(30);
  });
});
