import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PayoutNotFoundError } from '../../client/errors.js';
import { workflowIdOf, type PayoutKey } from '../../domain/ids.js';
import type { Payout } from '../../domain/payout.js';
import type { PayoutStatus } from '../../domain/payout-status.js';
import { aPayout, startTestEngine, type TestEngine } from '../support/engine.js';

let engine: TestEngine;

beforeAll(async () => {
  // What is pending must still be so when a busy machine has come to look at it.
  engine = await startTestEngine({ timings: { pendingMs: 3_000 } });
});
afterAll(() => engine.stop());

const OPERATOR = { actor: 'cli:olga', reason: 'checked with the provider by phone' };

/** Paid after a while, which is longer than the account's schedule. */
async function inReview(account: string, minor: number): Promise<Payout> {
  const request = aPayout({ account, amount: { minor, currency: 'RUB' } });
  const payout = await engine.client.wait(await engine.client.create(request), { timeoutMs: 60_000 });
  expect(payout.status).toBe('in_review');
  return payout;
}

function becomes(key: PayoutKey, status: PayoutStatus): Promise<void> {
  return vi.waitFor(async () => expect((await engine.journal.payouts.get(key))?.status).toBe(status), {
    timeout: 60_000,
  });
}

async function runOf(key: PayoutKey) {
  const handle = engine.temporal.workflow.getHandle(workflowIdOf(key));
  const [description, history] = [await handle.describe(), await handle.fetchHistory()];
  return {
    status: description.status.name,
    attributes: Object.fromEntries(
      description.typedSearchAttributes.getAll().map(({ key: { name }, value }) => [name, value]),
    ),
    waiting: (description.raw.pendingActivities ?? []).map(({ activityType }) => activityType?.name),
    events: history.events?.length ?? 0,
  };
}

const ended = (key: PayoutKey) =>
  vi.waitFor(async () => expect((await runOf(key)).status).toBe('COMPLETED'), { timeout: 60_000 });

describe.concurrent('a payout in review', () => {
  it('ends by a proof that the slow questions bring, whatever their number', async () => {
    const payout = await inReview('acme-a2p-impatient', 71_007);
    expect((await runOf(payout)).waiting).toEqual(['awaitProof']);
    await becomes(payout, 'succeeded');
    await ended(payout);
    const run = await runOf(payout);
    expect(run.attributes).toMatchObject({ PayoutStatus: 'succeeded', PayoutInReview: false });
    // As a payout found by a poll (22), and 11 for its stay in review.
    expect(run.events).toBeLessThanOrEqual(33);
    expect((await engine.journal.payouts.events(payout)).at(-1)).toMatchObject({
      type: 'status',
      from: 'in_review',
      to: 'succeeded',
      reason: 'asked while in review',
    });
  });

  it('ends by a verdict, which takes the questions back', async () => {
    const payout = await inReview('acme-a2p-impatient', 72_505);
    await engine.client.resolve(payout, { verdict: 'not_paid', ...OPERATOR });
    await ended(payout);
    expect((await runOf(payout)).waiting).toEqual([]);
  });

  it('sent back to the usual schedule is asked by that alone', async () => {
    const payout = await inReview('acme-a2p-impatient', 73_505);
    await engine.client.resolve(payout, { verdict: 'ask_again', ...OPERATOR });
    expect((await runOf(payout)).waiting).not.toContain('awaitProof');
    await becomes(payout, 'in_review');
    await vi.waitFor(async () => expect((await runOf(payout)).waiting).toEqual(['awaitProof']), {
      timeout: 60_000,
    });
    await engine.client.resolve(payout, { verdict: 'not_paid', ...OPERATOR });
    await ended(payout);
  });

  it('ends by a callback and its one question', async () => {
    const payout = await inReview('acme-a2p-unasked', 74_007);
    await becomes(payout, 'succeeded');
    await ended(payout);
  });
});

describe.concurrent('a payout that ended declined, and a callback that proves nothing by itself', () => {
  const requests = new Map<string, ReturnType<typeof aPayout>>();

  /** The provider says "declined" once, and knows better. */
  async function wronglyDeclined(minor: number): Promise<Payout> {
    const orderId = `late-${minor}-${Date.now().toString(36)}` as never;
    const request = aPayout({ account: 'acme-a2p', orderId, amount: { minor, currency: 'RUB' } });
    await engine.provider.inject({ kind: 'status_wrong', orderNumber: orderId });
    await engine.client.create(request);
    const payout = await engine.client.wait(request, { timeoutMs: 60_000 });
    expect(payout.status).toBe('declined');
    requests.set(payout.payoutId, request);
    await ended(payout);
    return payout;
  }

  const late = (payout: Payout) => engine.provider.callback(payout.orderId, { status: '0' });

  async function isCorrected(payout: Payout): Promise<void> {
    await becomes(payout, 'succeeded');
    const events = await engine.journal.payouts.events(payout);
    const corrections = events.filter(({ type }) => type === 'correction');
    expect(corrections).toMatchObject([{ from: 'declined', to: 'succeeded', actor: 'provider:acme-a2p' }]);
    expect((await engine.provider.order(payout.orderId))?.bookings).toBe(1);
  }

  it('is asked about once, and corrected, which every later answer tells', async () => {
    const payout = await wronglyDeclined(75_007);
    const before = (await engine.provider.requests(payout.orderId)).counts.getPayoutStatus;
    await late(payout);
    await isCorrected(payout);
    const { client } = engine;
    const again = await client.create(requests.get(payout.payoutId) ?? aPayout());
    const cancelled = await client.cancel(payout, OPERATOR);
    // Who is told "declined" pays again by another way.
    for (const { status } of [again, await client.get(payout), cancelled.payout])
      expect(status).toBe('succeeded');
    await late(payout);
    expect((await engine.provider.requests(payout.orderId)).counts.getPayoutStatus).toBe(before + 1);
  });

  it('is asked about until there is an answer', async () => {
    const payout = await wronglyDeclined(76_007);
    await engine.provider.inject({
      kind: 'http_503',
      orderNumber: payout.orderId,
      retryAfterSecs: 1,
      times: 2,
    });
    await late(payout);
    await isCorrected(payout);
  });

  it('is corrected too when Temporal has forgotten it', async () => {
    const payout = await wronglyDeclined(77_007);
    const workflowExecution = { workflowId: workflowIdOf(payout) };
    const { namespace, temporal } = engine;
    await temporal.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
    await vi.waitFor(
      async () =>
        expect(await engine.client.get(payout).catch((error: unknown) => error)).toBeInstanceOf(
          PayoutNotFoundError,
        ),
      {
        timeout: 200_000,
        interval: 250,
      },
    );
    await late(payout);
    await isCorrected(payout);
  }, 300_000);
});
