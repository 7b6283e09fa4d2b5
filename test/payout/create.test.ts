import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  createPayoutClient,
  PayoutConflictError,
  PayoutInvalidError,
  PayoutNotFoundError,
  type PayoutClient,
} from '../../client/index.js';
import { workflowIdOf, type AccountId, type OrderId } from '../../domain/ids.js';
import { aPayout, startTestEngine, type TestEngine } from '../support/engine.js';

let engine: TestEngine;
/** Without the fingerprint key, as a caller that only has the public sealing key. */
let stranger: PayoutClient;

beforeAll(async () => {
  engine = await startTestEngine();
  stranger = await createPayoutClient({
    address: engine.temporalAddress,
    sealing: { gatewayUrl: engine.gatewayUrl },
    payloadKeys: engine.payloadKeys,
  });
});
afterAll(async () => {
  await stranger.close();
  await engine.stop();
});

async function runsOf(workflowId: string): Promise<number> {
  let runs = 0;
  await vi.waitFor(
    async () => {
      runs = (await engine.temporal.workflow.count(`WorkflowId = '${workflowId}'`)).count;
      expect(runs).toBeGreaterThan(0);
    },
    { timeout: 60_000 },
  );
  return runs;
}

describe.concurrent('the same payout again', () => {
  it('a hundred times at once makes one workflow and one booking', async () => {
    const request = aPayout({ amount: { minor: 40_007, currency: 'RUB' } });
    const payouts = await Promise.all(Array.from({ length: 100 }, () => engine.client.create(request)));
    expect(new Set(payouts.map(({ orderId }) => orderId)).size).toBe(1);
    const settled = await engine.client.wait(request);
    expect(settled.status).toBe('succeeded');
    expect(await engine.provider.order(settled.orderId)).toMatchObject({ bookings: 1, bookedAmount: 40_007 });
    expect(await runsOf(workflowIdOf(request))).toBe(1);
    const { counts } = await engine.provider.requests(settled.orderId);
    expect(counts.performPayout).toBe(1);
  });

  it('has in its history who asked for it first', async () => {
    const [named, unnamed] = [aPayout(), aPayout()];
    await engine.client.create(named, { actor: 'key:00 till' });
    await engine.client.create(named, { actor: 'key:11 other' });
    await engine.client.create(unnamed);
    const firstOf = async (key: object) => (await engine.journal.payouts.events(key as never))[0];
    expect(await firstOf(named)).toMatchObject({ type: 'accepted', actor: 'key:00 till' });
    expect(await firstOf(unnamed)).toMatchObject({ type: 'accepted', actor: `merchant:${unnamed.merchant}` });
  });

  it('from callers without the fingerprint key, a worker tells the repeat by the card itself', async () => {
    const request = aPayout({ amount: { minor: 41_007, currency: 'RUB' } });
    const payouts = await Promise.all(Array.from({ length: 8 }, () => stranger.create(request)));
    expect(new Set(payouts.map(({ orderId }) => orderId)).size).toBe(1);
    const settled = await stranger.wait(request);
    expect((await engine.provider.order(settled.orderId))?.bookings).toBe(1);
  });

  it('after the end gives the original, and pays nothing', async () => {
    const request = aPayout();
    const first = await engine.client.wait(await engine.client.create(request));
    expect((await engine.client.create(request)).orderId).toBe(first.orderId);
    expect((await stranger.create(request)).orderId).toBe(first.orderId);
    expect((await engine.provider.requests(first.orderId)).counts.performPayout).toBe(1);
    expect(await runsOf(workflowIdOf(request))).toBe(1);
  });

  it('after Temporal forgot it, the journal still knows', async () => {
    const request = aPayout();
    const first = await engine.client.wait(await engine.client.create(request));
    await engine.temporal.workflowService.deleteWorkflowExecution({
      namespace: engine.namespace,
      workflowExecution: { workflowId: workflowIdOf(request) },
    });
    await vi.waitFor(
      async () =>
        expect(await engine.client.get(request).catch((error: unknown) => error)).toBeInstanceOf(
          PayoutNotFoundError,
        ),
      {
        timeout: 200_000,
        interval: 250,
      },
    );
    const again = await engine.client.create(request);
    expect(again).toEqual(first);
    expect((await engine.provider.requests(first.orderId)).counts.performPayout).toBe(1);
    await expect(
      engine.client.create({ ...request, amount: { minor: 99_900, currency: 'RUB' } }),
    ).rejects.toThrow(PayoutConflictError);
    // The server forgets in its own time.
  }, 300_000);
});

describe.concurrent('another content under the same id', () => {
  it.each([
    ['amount', { amount: { minor: 50_100, currency: 'RUB' } }],
    ['card', { destination: { type: 'card', number: '2200000000000012' } }],
    ['card with the same mask', { destination: { type: 'card', number: '2200000000180004' } }],
    ['description', { description: 'something else' }],
  ] as const)('is refused while it runs and after its end: another %s', async (_, change) => {
    const original = aPayout({
      amount: { minor: 51_007, currency: 'RUB' },
      destination: { type: 'card', number: '2200000000000004' },
    });
    const other = { ...original, ...change } as typeof original;
    await engine.client.create(original);
    await expect(engine.client.create(other)).rejects.toThrow(PayoutConflictError);
    await expect(stranger.create(other)).rejects.toThrow(PayoutConflictError);
    await engine.client.wait(original);
    const refused = await engine.client.create(other).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PayoutConflictError);
    expect((refused as Error).message).toContain('51007 RUB');
    expect((refused as Error).message).toContain(original.payoutId);
  });
});

describe.concurrent('a request that cannot be accepted', () => {
  it.each([
    ['account', { account: 'nobody' as AccountId }],
    ['amount.currency', { amount: { minor: 100, currency: 'USD' } }],
    ['orderId', { orderId: 'x'.repeat(33) as OrderId }],
    ['destination.phone', { destination: { type: 'phone', phone: '89160001122', bankId: '100000000004' } }],
    ['destination.type', { destination: { type: 'wallet', scheme: 'paypal', walletId: 'anna' } }],
  ] as const)('names %s, and leaves the id free for the corrected request', async (field, change) => {
    const good = aPayout();
    const bad = { ...good, ...change } as typeof good;
    const error = await engine.client.create(bad).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(PayoutInvalidError);
    expect((error as PayoutInvalidError).problems.map((problem) => problem.field)).toContain(field);
    expect(await engine.journal.payouts.get(good)).toBeUndefined();
    await expect(engine.client.get(good)).rejects.toThrow(PayoutNotFoundError);
    expect((await engine.client.create(good)).status).toBe('succeeded');
  });

  it('by its form alone never reaches Temporal', async () => {
    const bad = aPayout({ amount: { minor: 0, currency: 'RUB' } });
    await expect(engine.client.create(bad)).rejects.toThrow(/amount\.minor/);
    await expect(engine.temporal.workflow.getHandle(workflowIdOf(bad)).describe()).rejects.toThrow(
      /not found/,
    );
  });

  it('is refused when its sealed card was made for another payout', async () => {
    const request = aPayout();
    await engine.client.create(request);
    const stored = await engine.journal.payouts.read(request);
    const stolen = { ...aPayout(), destination: stored?.request.destination } as typeof request;
    await expect(engine.client.create(stolen)).rejects.toThrow(/sealed for another payout/);
  });

  it('is refused when another payout has its order id', async () => {
    const first = aPayout({ orderId: `own-${Date.now()}` as OrderId });
    const settled = await engine.client.create(first);
    expect(settled.orderId).toBe(first.orderId);
    const second = aPayout({ orderId: first.orderId });
    await expect(engine.client.create(second)).rejects.toThrow(/already names another payout/);
  });
});
