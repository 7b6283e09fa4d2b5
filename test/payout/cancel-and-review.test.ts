import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { workflowIdOf, type PayoutKey } from '../../domain/ids.js';
import type { Payout } from '../../domain/payout.js';
import type { PayoutStatus } from '../../domain/payout-status.js';
import { replayOptions } from '../support/built.js';
import { aPayout, startTestEngine, type TestEngine } from '../support/engine.js';
import { decrypted } from '../support/payloads.js';

let engine: TestEngine;

beforeAll(async () => {
  // What is pending must still be so when a busy machine has come to look at it.
  engine = await startTestEngine({ timings: { pendingMs: 3_000 } });
});
afterAll(() => engine.stop());

const OPERATOR = { actor: 'cli:olga', reason: 'checked with the provider by phone' };
/** The provider swallows it: after the grace nobody knows whether money moved. */
const SWALLOWED = { amount: { minor: 80_505, currency: 'RUB' } } as const;

async function inReview(): Promise<Payout> {
  const payout = await engine.client.wait(await engine.client.create(aPayout(SWALLOWED)), {
    timeoutMs: 60_000,
  });
  expect(payout.status).toBe('in_review');
  return payout;
}

function hold(orderNumber: string, ms: number): Promise<void> {
  return engine.provider.inject({ kind: 'hang', method: 'performPayout', orderNumber, processed: true, ms });
}

describe.concurrent('cancel', () => {
  it('refuses, truthfully, once something may have been sent', async () => {
    const payout = await engine.client.create(aPayout({ amount: { minor: 81_007, currency: 'RUB' } }));
    const answer = await engine.client.cancel(payout, OPERATOR);
    expect(answer).toMatchObject({ cancelled: false, payout: { status: 'processing' } });
    expect(answer).toHaveProperty('why', expect.stringMatching(/sent|attempt/i));
    expect((await engine.client.wait(payout, { timeoutMs: 60_000 })).status).toBe('succeeded');
  });

  it('of an ended payout says that it has ended', async () => {
    const payout = await engine.client.wait(await engine.client.create(aPayout()));
    expect(await engine.client.cancel(payout, OPERATOR)).toEqual({
      cancelled: false,
      why: 'It has ended: succeeded',
      payout,
    });
  });

  it('refuses while the request is on its way', async () => {
    const request = aPayout({ orderId: `hold-${Date.now()}` as never });
    await hold(request.orderId ?? '', 800);
    const created = engine.client.create(request);
    await vi.waitFor(
      async () => expect((await engine.journal.payouts.get(request))?.status).toBe('processing'),
      { timeout: 60_000 },
    );
    expect(await engine.client.cancel(request, OPERATOR)).toMatchObject({ cancelled: false });
    await created;
    expect((await engine.client.wait(request, { timeoutMs: 60_000 })).status).toBe('succeeded');
  });

  it('by Temporal itself counts as a request: it does not cut the payout off from its outcome', async () => {
    const payout = await engine.client.create(aPayout({ amount: { minor: 82_007, currency: 'RUB' } }));
    await engine.temporal.workflow.getHandle(workflowIdOf(payout)).cancel();
    expect((await engine.client.wait(payout, { timeoutMs: 60_000 })).status).toBe('succeeded');
    const description = await engine.temporal.workflow.getHandle(workflowIdOf(payout)).describe();
    expect(description.status.name).toBe('COMPLETED');
  });
});

describe.concurrent('a payout in review', () => {
  it('is found by its search attributes and tells its story', async () => {
    const payout = await inReview();
    const found = async (): Promise<string[]> => {
      const ids: string[] = [];
      const query = `PayoutStatus = "in_review" AND PayoutInReview = true`;
      for await (const { workflowId } of engine.temporal.workflow.list({ query })) ids.push(workflowId);
      return ids;
    };
    await vi.waitFor(async () => expect(await found()).toContain(workflowIdOf(payout)), { timeout: 60_000 });
    expect(payout.reason?.code).toBe('not_found_at_provider');
  });

  it('can be asked about at the provider, which changes nothing', async () => {
    const payout = await inReview();
    const before = await engine.journal.payouts.events(payout);
    expect(await engine.client.accounts.orderStatus(payout.account, payout)).toEqual({ kind: 'not_found' });
    expect(await engine.journal.payouts.events(payout)).toEqual(before);
  });

  it.each([
    ['paid', 'succeeded'],
    ['not_paid', 'declined'],
  ] as const)('resolved as %s ends %s, with actor and reason on record', async (verdict, status) => {
    const payout = await inReview();
    const answer = await engine.client.resolve(payout, { verdict, ...OPERATOR });
    expect(answer).toMatchObject({ resolved: true, payout: { status } });
    expect((await engine.client.wait(payout)).status).toBe(status);
    const events = await engine.journal.payouts.events(payout);
    expect(events.at(-1)).toMatchObject({ from: 'in_review', to: status, ...OPERATOR });
    // A repeat, whose first answer may have been lost; and another verdict.
    expect(await engine.client.resolve(payout, { verdict, ...OPERATOR })).toMatchObject({ resolved: true });
    const other = { verdict, ...OPERATOR, reason: 'on second thoughts' };
    expect(await engine.client.resolve(payout, other)).toMatchObject({ resolved: false });
  });

  it('asked again goes back to asking, and comes back if the provider still knows nothing', async () => {
    const payout = await inReview();
    const answer = await engine.client.resolve(payout, { verdict: 'ask_again', ...OPERATOR });
    expect(answer).toMatchObject({ resolved: true, payout: { status: 'processing' } });
    await vi.waitFor(async () => expect((await engine.client.get(payout)).status).toBe('in_review'), {
      timeout: 60_000,
    });
  });

  it('takes no verdict on a payout that is not in review', async () => {
    const payout = await engine.client.create(aPayout({ amount: { minor: 83_007, currency: 'RUB' } }));
    expect(await engine.client.resolve(payout, { verdict: 'paid', ...OPERATOR })).toMatchObject({
      resolved: false,
      why: expect.stringContaining('processing') as string,
    });
    await engine.client.wait(payout, { timeoutMs: 60_000 });
  });

  it('cannot be cancelled', async () => {
    expect(await engine.client.cancel(await inReview(), OPERATOR)).toMatchObject({ cancelled: false });
  });
});

describe.concurrent('search attributes', () => {
  it('say what operations look for', async () => {
    const payout = await engine.client.wait(
      await engine.client.create(aPayout({ batch: 'bonus-march', account: 'acme-a2p' })),
    );
    const { typedSearchAttributes } = await describePayout(payout);
    const found = Object.fromEntries(
      typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
    );
    expect(found).toMatchObject({
      PayoutStatus: 'succeeded' satisfies PayoutStatus,
      PayoutProvider: 'all2pay',
      PayoutAccount: 'acme-a2p',
      PayoutMerchant: 'acme',
      PayoutCurrency: 'RUB',
      PayoutOrderId: payout.orderId,
      PayoutBatch: 'bonus-march',
      PayoutAmount: 10_000,
    });
  });

  it('and the summary is a line for people, encrypted like the rest', async () => {
    const payout = await engine.client.wait(await engine.client.create(aPayout()));
    const { raw } = await describePayout(payout);
    const summary = raw.executionConfig?.userMetadata?.summary;
    const line = '100.00 RUB to card 220000******0004 by acme-a2p-poll';
    expect(Buffer.from(summary?.data ?? []).toString()).not.toContain(line);
    expect(await decrypted(engine.payloadKeys, summary)).toContain(line);
  });
});

function describePayout(key: PayoutKey) {
  return engine.temporal.workflow.getHandle(workflowIdOf(key)).describe();
}

describe.concurrent('two at once', () => {
  it('contradicting verdicts: exactly one counts, and the run ends', async () => {
    const payout = await inReview();
    const answers = await Promise.all([
      engine.client.resolve(payout, { verdict: 'paid', ...OPERATOR }),
      engine.client.resolve(payout, { verdict: 'not_paid', ...OPERATOR }),
    ]);
    expect(answers.filter(({ resolved }) => resolved)).toHaveLength(1);
    const settled = await engine.client.wait(payout);
    expect(['succeeded', 'declined']).toContain(settled.status);
    await vi.waitFor(async () => expect((await describePayout(payout)).status.name).toBe('COMPLETED'), {
      timeout: 60_000,
    });
    expect((await engine.journal.payouts.get(payout))?.status).toBe(settled.status);
  });

  it('leave a history that another worker can take up', async () => {
    const payouts = await Promise.all(Array.from({ length: 6 }, () => inReview()));
    const histories = await Promise.all(
      payouts.map(async (payout) => {
        await Promise.all([
          engine.client.resolve(payout, { verdict: 'paid', ...OPERATOR }),
          engine.client.resolve(payout, { verdict: 'not_paid', ...OPERATOR }),
          engine.client.cancel(payout, OPERATOR),
        ]);
        const run = engine.temporal.workflow.getHandle(workflowIdOf(payout));
        await run.result();
        return { workflowId: run.workflowId, history: await run.fetchHistory() };
      }),
    );
    for await (const { workflowId, error } of Worker.runReplayHistories(
      replayOptions(engine.payloadKeys),
      histories,
    )) {
      expect(error, workflowId).toBeUndefined();
    }
  });
});

describe.concurrent('a run that was terminated', () => {
  it('is taken up again by a repeat of create, and pays nothing twice', async () => {
    const request = aPayout({ amount: { minor: 84_007, currency: 'RUB' } });
    const payout = await engine.client.create(request);
    expect(payout.status).toBe('processing');
    await engine.temporal.workflow.getHandle(workflowIdOf(payout)).terminate('by mistake');
    expect(await engine.client.cancel(payout, OPERATOR)).toMatchObject({
      cancelled: false,
      why: expect.stringContaining('ended by hand') as string,
    });
    expect((await engine.client.create(request)).payoutId).toBe(payout.payoutId);
    expect((await engine.client.wait(payout, { timeoutMs: 60_000 })).status).toBe('succeeded');
    expect((await engine.provider.requests(payout.orderId)).counts.performPayout).toBe(1);
    expect((await engine.provider.order(payout.orderId))?.bookings).toBe(1);
  });

  it('in review answers create at once, and is found as such', async () => {
    const request = aPayout(SWALLOWED);
    const payout = await engine.client.wait(await engine.client.create(request), { timeoutMs: 60_000 });
    expect(payout.status).toBe('in_review');
    await engine.temporal.workflow.getHandle(workflowIdOf(payout)).terminate('by mistake');
    expect((await engine.client.create(request)).status).toBe('in_review');
    const { typedSearchAttributes } = await describePayout(payout);
    const shown = typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]);
    expect(Object.fromEntries(shown)).toMatchObject({ PayoutStatus: 'in_review', PayoutInReview: true });
    expect(await engine.client.resolve(payout, { verdict: 'not_paid', ...OPERATOR })).toMatchObject({
      resolved: true,
    });
  });
});

it('a refused request can be repeated once its reason is gone', async () => {
  const request = aPayout({ orderId: `later-${Date.now()}` as never });
  const blocker = aPayout({ orderId: request.orderId, account: 'acme-a2p-poll' });
  await engine.client.create(blocker);
  await expect(engine.client.create(request)).rejects.toThrow(/already names another payout/);
  await expect(engine.client.create(request)).rejects.toThrow(/already names another payout/);
  const { orderId: _taken, ...free } = request;
  expect((await engine.client.create(free)).status).toBe('succeeded');
});
