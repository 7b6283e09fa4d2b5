import { expect, vi } from 'vitest';
import { z } from 'zod';
import type { Payout } from '../../client/index.js';
import type { Stage } from './stage.js';
import { EXPECTED } from './stream.js';

const readiness = z.object({ checks: z.array(z.object({ name: z.string(), ok: z.boolean() })) });

/** What `/readyz` says: its status, and the names of the parts that do not answer. */
export async function askReadiness({ gatewayUrl }: Stage): Promise<{ status: number; away: string[] }> {
  const answer = await fetch(`${gatewayUrl}/readyz`);
  const { checks } = readiness.parse(await answer.json());
  return { status: answer.status, away: checks.filter(({ ok }) => !ok).map(({ name }) => name) };
}

/** Each payout ended as it should, money moved once where it should, and all three records say the same. */
export async function expectAllRight(stage: Stage, settled: readonly Payout[]): Promise<void> {
  const { orders, totals } = await stage.provider.ledger();
  for (const payout of settled) {
    const what = `${payout.account} ${payout.amount.minor}: ${payout.reason?.message ?? payout.status}`;
    expect(payout.status, what).toBe(EXPECTED[payout.amount.minor % 1_000]);
    const booked = orders.find(({ orderNumber }) => orderNumber === payout.orderId)?.bookings ?? 0;
    expect(booked, what).toBe(payout.status === 'succeeded' ? 1 : 0);
    expect((await stage.journal.payouts.get(payout))?.status, what).toBe(payout.status);
  }
  const succeeded = settled.filter(({ status }) => status === 'succeeded').length;
  expect(totals).toMatchObject({ orders: settled.length, bookings: succeeded, bookedTwice: 0 });
}

/** The provider got rid of every callback, and none of them still waits for its payout. */
export async function expectNoCallbackLost({ provider, journal }: Stage): Promise<void> {
  await eventually(async () => {
    const { orders } = await provider.ledger();
    const due = orders.filter(({ callback }) => callback !== null && callback !== 'delivered');
    expect(due.map(({ orderNumber, callback }) => ({ orderNumber, callback }))).toEqual([]);
  });
  await eventually(async () => expect(await journal.inbox.pending(0, 100)).toEqual([]));
}

/** `expect.poll` knows one test at a time, and these run at once. */
export function eventually(look: () => Promise<void> | void, timeout = 60_000): Promise<void> {
  return vi.waitFor(look, { timeout, interval: 200 });
}
