import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OperationConflictError, PayoutInvalidError } from '../../client/index.js';
import type { PaymentKey } from '../../domain/ids.js';
import { aPayment, startPaymentsEngine, type PaymentsEngine } from '../support/payments-engine.js';

let engine: PaymentsEngine;

beforeAll(async () => {
  engine = await startPaymentsEngine();
});
afterAll(() => engine.stop());

const PATIENCE = { timeoutMs: 60_000 };
const usd = (minor: number) => ({ minor, currency: 'USD' });
const counts = (orderId: string) => engine.shop.requests(orderId).counts.byMethod;

async function paid(changes: Parameters<typeof aPayment>[0] = {}): Promise<PaymentKey & { orderId: string }> {
  const request = aPayment(changes);
  const { orderId } = await engine.client.payments.create(request);
  engine.shop.pay(orderId);
  await engine.client.payments.wait(request, { ...PATIENCE, until: 'answered' });
  await expect
    .poll(async () => (await engine.client.payments.get(request)).status, { timeout: 60_000 })
    .not.toBe('action_required');
  const { merchant, paymentId } = request;
  return { merchant, paymentId, orderId };
}

const refunds = (orderId: string) => counts(orderId).refund;

describe('a refund', () => {
  it('gives all back once, however often it is asked for', async () => {
    const payment = await paid();
    const ask = () => engine.client.payments.refund(payment, { operationId: 'r-1' });
    const answers = await Promise.all(Array.from({ length: 5 }, ask));
    for (const { operation } of answers) expect(operation).toMatchObject({ status: 'done' });
    expect(await ask()).toMatchObject({ payment: { status: 'refunded', refundedMinor: 10_000 } });
    expect(refunds(payment.orderId)).toBe(1);
    const other = engine.client.payments.refund(payment, { operationId: 'r-1', amount: usd(1) });
    await expect(other).rejects.toThrow(OperationConflictError);
    const more = engine.client.payments.refund(payment, { operationId: 'r-2' });
    await expect(more).rejects.toThrow(/given back already/);
  });

  it('gives back in parts, never more than was paid', async () => {
    const payment = await paid();
    for (const [operationId, minor] of [
      ['a', 2_500],
      ['b', 2_500],
    ] as const) {
      const { operation } = await engine.client.payments.refund(payment, { operationId, amount: usd(minor) });
      expect(operation.status).toBe('done');
    }
    const tooMuch = engine.client.payments.refund(payment, { operationId: 'c', amount: usd(5_001) });
    await expect(tooMuch).rejects.toThrow(PayoutInvalidError);
    const rest = await engine.client.payments.refund(payment, { operationId: 'd' });
    expect(rest).toMatchObject({ operation: { amount: usd(5_000) }, payment: { refundedMinor: 10_000 } });
  });

  it('of all, whose answer was lost, is proven by the status and sent once', async () => {
    const payment = await paid();
    engine.shop.inject({ kind: 'reset_after', method: 'refund', reference: payment.orderId });
    const first = await engine.client.payments.refund(payment, { operationId: 'lost' });
    expect(['processing', 'done']).toContain(first.operation.status);
    const ask = async () =>
      (await engine.client.payments.refund(payment, { operationId: 'lost' })).operation.status;
    await expect.poll(ask, { timeout: 60_000 }).toBe('done');
    expect(refunds(payment.orderId)).toBe(1);
    expect(await engine.client.payments.get(payment)).toMatchObject({
      status: 'refunded',
      refundedMinor: 10_000,
    });
  });

  it('that did not happen is told so after the grace, and goes again under another id alone', async () => {
    const payment = await paid();
    engine.shop.inject({ kind: 'reset_before', method: 'refund', reference: payment.orderId });
    await engine.client.payments.refund(payment, { operationId: 'one' });
    const ask = async () => (await engine.client.payments.refund(payment, { operationId: 'one' })).operation;
    await expect.poll(async () => (await ask()).status, { timeout: 60_000 }).toBe('not_done');
    expect(await ask()).toMatchObject({ reason: { code: 'not_happened' } });
    expect(refunds(payment.orderId)).toBe(1);
    const second = await engine.client.payments.refund(payment, { operationId: 'two' });
    expect(second.operation.status).toBe('done');
  });

  it('that the provider refuses is not done, once the status shows no change', async () => {
    const payment = await paid();
    engine.shop.inject({ kind: 'refuse', method: 'refund', reference: payment.orderId, words: 'Not today' });
    await engine.client.payments.refund(payment, { operationId: 'no' });
    const ask = async () =>
      (await engine.client.payments.refund(payment, { operationId: 'no' })).operation.status;
    await expect.poll(ask, { timeout: 60_000 }).toBe('not_done');
    expect(await engine.client.payments.get(payment)).toMatchObject({ status: 'succeeded' });
  });

  it('in part, whose answer was lost, needs a person, who settles it', async () => {
    const payment = await paid();
    engine.shop.inject({ kind: 'reset_after', method: 'refund', reference: payment.orderId });
    await engine.client.payments.refund(payment, { operationId: 'part', amount: usd(2_500) });
    const stands = async () => (await engine.client.payments.get(payment)).status;
    await expect.poll(stands, { timeout: 60_000 }).toBe('in_review');
    const barred = engine.client.payments.refund(payment, { operationId: 'more', amount: usd(1) });
    await expect(barred).rejects.toThrow(/in_review/);
    const verdict = { verdict: 'done', actor: 'cli:olga', reason: 'Seen in the portal' } as const;
    expect(await engine.client.payments.settle({ ...payment, operationId: 'part' }, verdict)).toMatchObject({
      status: 'refunded',
      refundedMinor: 2_500,
    });
    expect(refunds(payment.orderId)).toBe(1);
  });
});

describe('held money', () => {
  it.each([
    ['complete', 'succeeded'],
    ['void', 'cancelled'],
  ] as const)('can be ended by %s, and its workflow hears of it', async (kind, status) => {
    const payment = await paid({ account: 'shop-hold' });
    expect(await engine.client.payments.get(payment)).toMatchObject({ status: 'held' });
    const done = await engine.client.payments[kind](payment, { operationId: kind });
    expect(done).toMatchObject({ operation: { status: 'done' }, payment: { status } });
    expect(await engine.client.payments.wait(payment, PATIENCE)).toMatchObject({ status });
  });

  it('cannot be given back before it is taken', async () => {
    const payment = await paid({ account: 'shop-hold' });
    await expect(engine.client.payments.refund(payment, { operationId: 'r' })).rejects.toThrow(/is held/);
  });
});

describe("the provider's report", () => {
  const hour = (ms: number) => new Date(Date.now() + ms).toISOString();

  it('matches the journal, and shows what the journal never heard of', async () => {
    const [good, back] = [await paid(), await paid()];
    await engine.client.payments.refund(back, { operationId: 'all' });
    const span = { from: hour(-3_600_000), to: hour(3_600_000) };
    const verdictOf = async (orderId: string) => {
      const report = await engine.client.payments.report('shop-poll', span);
      if (report.kind !== 'answered') throw new Error(report.message);
      return report.lines.filter((line) => line.orderId === orderId);
    };
    expect(await verdictOf(good.orderId)).toMatchObject([
      { verdict: 'match', paymentId: good.paymentId, reported: { status: 'paid', minor: 10_000 } },
    ]);
    expect(await verdictOf(back.orderId)).toMatchObject([
      { verdict: 'match', recorded: { status: 'refunded' } },
    ]);
    // After its end a payer tries again: refused by the provider, which nobody told us.
    engine.shop.pay(good.orderId);
    expect(await verdictOf(good.orderId)).toMatchObject([
      { verdict: 'match' },
      { verdict: 'unknown_to_us', paymentId: good.paymentId, reported: { status: 'failed' } },
    ]);
  });

  it('is told in words where an account has none', async () => {
    const span = { from: hour(-3_600_000), to: hour(0) };
    await expect(engine.client.payments.report('payer-out', span)).rejects.toThrow(/no report of payments/);
  });
});
