import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIdOf, type AccountId, type PayoutKey } from '../../domain/ids.js';
import type { Payout } from '../../domain/payout.js';
import { aPayout, startTestEngine, type TestEngine } from '../support/engine.js';
import { act } from '../support/person.js';

let engine: TestEngine;

beforeAll(async () => {
  // What is pending must still be so when a busy machine has come to look at it.
  engine = await startTestEngine({ timings: { pendingMs: 3_000 } });
});
afterAll(() => engine.stop());

const BY_CALLBACK = { account: 'acme-a2p' as AccountId };
const PAGE = {
  destination: { type: 'hosted_page' },
  returnUrls: { success: 'https://shop.example/ok', failure: 'https://shop.example/no' },
} as const;

async function size(key: PayoutKey): Promise<{ events: number; bytes: number }> {
  const { raw } = await engine.temporal.workflow.getHandle(workflowIdOf(key)).describe();
  const info = raw.workflowExecutionInfo;
  return { events: Number(info?.historyLength), bytes: Number(info?.historySizeBytes) };
}

function pageOf(payout: Payout): string {
  expect(payout).toMatchObject({ status: 'action_required', action: { type: 'redirect' } });
  return payout.action?.url ?? '';
}

describe.concurrent('the hosted page', () => {
  it('leads the recipient through our return door to the merchant, and the callback ends it', async () => {
    const request = aPayout({ ...BY_CALLBACK, ...PAGE });
    const payout = await engine.client.create(request);
    const done = await act(
      { type: 'redirect', url: pageOf(payout) },
      { pan: '2200000000000004', action: 'pay' },
    );
    expect([302, 303]).toContain(done.status);
    const door = done.headers.get('location') ?? '';
    expect(door).toContain(`/return/acme-a2p/${payout.orderId}`);
    const back = await fetch(door, { redirect: 'manual' });
    expect(back.status).toBe(303);
    expect(back.headers.get('location')).toContain('https://shop.example/ok');

    const settled = await engine.client.wait(request, { timeoutMs: 60_000 });
    expect(settled.status).toBe('succeeded');
    expect((await engine.provider.order(payout.orderId))?.bookings).toBe(1);
    const { events, bytes } = await size(request);
    expect(events).toBeLessThanOrEqual(40);
    expect(bytes).toBeLessThanOrEqual(12 * 1024);
  });

  it('abandoned ends expired, with no booking', async () => {
    const request = aPayout(PAGE);
    pageOf(await engine.client.create(request));
    const settled = await engine.client.wait(request, { timeoutMs: 60_000 });
    expect(settled.status).toBe('expired');
    expect((await engine.provider.order(settled.orderId))?.bookings).toBe(0);
  });

  it('a return alone proves nothing', async () => {
    // No callbacks either, but a session that lasts.
    const request = aPayout({ account: 'acme-a2p-resend', ...PAGE });
    const payout = await engine.client.create(request);
    await fetch(`${engine.gatewayUrl}/return/${payout.account}/${payout.orderId}?to=success`, {
      redirect: 'manual',
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await engine.client.get(request)).status).toBe('action_required');
  });
});

describe.concurrent('a callback', () => {
  it('ends the payout at once, confirmed by one query, within the event budget', async () => {
    const request = aPayout({ ...BY_CALLBACK, amount: { minor: 60_007, currency: 'RUB' } });
    const payout = await engine.client.create(request);
    expect(payout.status).toBe('processing');
    expect((await engine.client.wait(request, { timeoutMs: 60_000 })).status).toBe('succeeded');
    expect((await engine.provider.requests(payout.orderId)).counts.getPayoutStatus).toBe(1);
    const { events, bytes } = await size(request);
    expect(events).toBeLessThanOrEqual(30);
    expect(bytes).toBeLessThanOrEqual(12 * 1024);
  });

  it('doubled, or late, changes nothing', async () => {
    const request = aPayout(BY_CALLBACK);
    const payout = await engine.client.wait(await engine.client.create(request));
    const before = await engine.journal.payouts.get(request);
    for (let i = 0; i < 3; i += 1)
      expect((await engine.provider.callback(payout.orderId)).httpStatus).toBe(200);
    // Each callback is an event of the payout, and so a version; nothing else may change.
    const after = await engine.journal.payouts.get(request);
    expect(after).toEqual({ ...before, version: after?.version });
  });

  it('forged is refused and asks nobody', async () => {
    const request = aPayout({ ...BY_CALLBACK, amount: { minor: 61_505, currency: 'RUB' } });
    const payout = await engine.client.create(request);
    expect(payout.status).toBe('processing');
    const forged = `${engine.gatewayUrl}/callbacks/acme-a2p?mdOrder=x&orderNumber=${payout.orderId}&operation=deposited&status=1&checksum=${'A'.repeat(64)}`;
    expect((await fetch(forged)).status).toBeGreaterThanOrEqual(400);
    expect((await engine.provider.requests(payout.orderId)).counts.getPayoutStatus).toBe(0);
  });

  it('that says paid, where the provider on asking does not, is not believed', async () => {
    const request = aPayout({ ...BY_CALLBACK, amount: { minor: 62_006, currency: 'RUB' } });
    const payout = await engine.client.wait(await engine.client.create(request), { timeoutMs: 60_000 });
    expect(payout.status).toBe('declined');
    await engine.provider.callback(payout.orderId, { status: '1' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await engine.client.get(request)).status).toBe('declined');
  });
});

describe.concurrent('polls', () => {
  it('add no history: 3 and 30 cost the same', async () => {
    const few = aPayout({
      amount: { minor: 70_000, currency: 'RUB' },
      orderId: `few-${Date.now()}` as never,
    });
    const many = aPayout({
      amount: { minor: 70_000, currency: 'RUB' },
      orderId: `many-${Date.now()}` as never,
    });
    for (const [request, times] of [
      [few, 3],
      [many, 30],
    ] as const) {
      await engine.provider.inject(
        {
          kind: 'hang',
          method: 'performPayout',
          orderNumber: request.orderId ?? '',
          processed: true,
          ms: 1_500,
        },
        { kind: 'status_pending', orderNumber: request.orderId ?? '', times },
      );
    }
    await Promise.all([few, many].map((request) => engine.client.create(request)));
    const settled = await Promise.all(
      [few, many].map((one) => engine.client.wait(one, { timeoutMs: 90_000 })),
    );
    expect(settled.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
    const polls = await Promise.all(settled.map(({ orderId }) => engine.provider.requests(orderId)));
    expect(polls[0]?.counts.getPayoutStatus).toBe(4);
    expect(polls[1]?.counts.getPayoutStatus).toBe(31);
    const [fewSize, manySize] = await Promise.all([size(few), size(many)]);
    expect(manySize.events).toBe(fewSize.events);
    expect(manySize.events).toBeLessThanOrEqual(24);
    expect(manySize.bytes).toBeLessThanOrEqual(12 * 1024);
  }, 300_000);
});
