import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PaymentConflictError, PayoutInvalidError } from '../../client/index.js';
import { paymentWorkflowIdOf, type AccountId, type PaymentKey } from '../../domain/ids.js';
import type { Payment } from '../../domain/payment.js';
import { openPaymentToken } from '../../secrets/payment-seal.js';
import type { SealingKeys } from '../../secrets/sealing-keys.js';
import { decrypted } from '../support/payloads.js';
import { act } from '../support/person.js';
import { aPayout } from '../support/engine.js';
import { aPayment, startPaymentsEngine, type PaymentsEngine } from '../support/payments-engine.js';

let engine: PaymentsEngine;
/** Longer than a test takes: it is over when one puts the provider's clock forward. */
const UNCERTAIN_SECS = 4_000;

beforeAll(async () => {
  engine = await startPaymentsEngine({ timings: { secondMs: 50, uncertainSecs: UNCERTAIN_SECS } });
});
afterAll(() => engine.stop());

const PATIENCE = { timeoutMs: 60_000 };
const CARD = { pan: '4111111111111111', expiry: '12/49', cvv: '123', holder: 'ANNA PETROVA', action: 'pay' };

async function size(key: PaymentKey): Promise<number> {
  const { raw } = await engine.temporal.workflow.getHandle(paymentWorkflowIdOf(key)).describe();
  return Number(raw.workflowExecutionInfo?.historyLength);
}

const counts = (orderId: string) => engine.shop.requests(orderId).counts.byMethod;

function pageOf(payment: Payment): string {
  expect(payment).toMatchObject({ status: 'action_required', action: { type: 'redirect' } });
  return payment.action?.url ?? '';
}

describe.concurrent('a payment by the page', () => {
  it('answers with the page, follows the payer there, and ends by the callback', async () => {
    const request = aPayment({ account: 'shop' });
    const payment = await engine.client.payments.create(request);
    await act({ type: 'redirect', url: pageOf(payment) }, CARD);
    const settled = await engine.client.payments.wait(request, PATIENCE);
    expect(settled).toMatchObject({
      status: 'succeeded',
      transactions: [{ status: 'paid', card: '411111******1111' }],
    });
    expect(counts(payment.orderId)).toMatchObject({ pay: 1 });
    // Its signature covers what it says: nothing was asked.
    expect(counts(payment.orderId).status).toBe(0);
    expect(await size(request)).toBeLessThanOrEqual(24);
  });

  it('is found by polling where no callback comes, also after a decline', async () => {
    const request = aPayment();
    const payment = await engine.client.payments.create(request);
    engine.shop.pay(payment.orderId, { cvv: '222' });
    const stands = { status: 'action_required', transactions: [{ status: 'failed' }] };
    await vi.waitFor(async () => expect(await engine.client.payments.get(request)).toMatchObject(stands), {
      timeout: 60_000,
    });
    engine.shop.pay(payment.orderId);
    const settled = await engine.client.payments.wait(request, PATIENCE);
    expect(settled).toMatchObject({
      status: 'succeeded',
      transactions: [{ status: 'failed' }, { status: 'paid' }],
    });
    expect(await size(request)).toBeLessThanOrEqual(24);
  });

  it('waits where the provider does not know yet', async () => {
    const request = aPayment();
    const { orderId } = await engine.client.payments.create(request);
    engine.shop.pay(orderId, { cvv: '888' });
    await vi.waitFor(
      async () => expect((await engine.client.payments.get(request)).status).toBe('processing'),
      { timeout: 60_000 },
    );
    engine.shop.advance(UNCERTAIN_SECS * 50);
    expect(await engine.client.payments.wait(request, PATIENCE)).toMatchObject({ status: 'succeeded' });
  });

  it('is the same payment when the call is repeated, also after its end, and no other', async () => {
    const request = aPayment();
    const first = await engine.client.payments.create(request);
    const again = await Promise.all(Array.from({ length: 10 }, () => engine.client.payments.create(request)));
    for (const one of again) expect(one).toMatchObject({ orderId: first.orderId, action: first.action });
    const other = { ...request, amount: { minor: 10_001, currency: 'USD' } };
    await expect(engine.client.payments.create(other)).rejects.toThrow(PaymentConflictError);
    engine.shop.pay(first.orderId);
    await engine.client.payments.wait(request, PATIENCE);
    expect(await engine.client.payments.create(request)).toMatchObject({ status: 'succeeded' });
    await expect(engine.client.payments.create(other)).rejects.toThrow(PaymentConflictError);
    expect(counts(first.orderId)).toMatchObject({ pay: 1 });
  });

  it('that nobody pays is expired, and declined where somebody tried in vain', async () => {
    const brief = (): Parameters<typeof aPayment>[0] => ({
      account: 'shop-far',
      expiresAt: new Date(Date.now() + 6_000).toISOString(),
    });
    const unpaid = aPayment(brief());
    await engine.client.payments.create(unpaid);
    const declined = aPayment(brief());
    const { orderId } = await engine.client.payments.create(declined);
    engine.shop.pay(orderId, { cvv: '222' });
    expect(await engine.client.payments.wait(unpaid, PATIENCE)).toMatchObject({ status: 'expired' });
    expect(await engine.client.payments.wait(declined, PATIENCE)).toMatchObject({
      status: 'declined',
      reason: { code: 'transaction_failed' },
    });
  });

  it('that is paid after all is corrected by a late callback, which is believed by its signature alone', async () => {
    const request = aPayment({ account: 'shop-far', expiresAt: new Date(Date.now() + 5_000).toISOString() });
    const { orderId } = await engine.client.payments.create(request);
    expect(await engine.client.payments.wait(request, PATIENCE)).toMatchObject({ status: 'expired' });
    engine.shop.pay(orderId);
    const url = `${engine.gatewayUrl}/callbacks/shop-far`;
    const forged = await engine.shop.callback(orderId, { url, forged: true });
    expect(forged.httpStatus).toBe(403);
    expect(await engine.client.payments.get(request)).toMatchObject({ status: 'expired' });
    expect((await engine.shop.callback(orderId, { url })).httpStatus).toBe(200);
    const stands = async () => (await engine.client.payments.get(request)).status;
    await vi.waitFor(async () => expect(await stands()).toBe('succeeded'), { timeout: 60_000 });
    const last = (await engine.journal.payments.events(request)).at(-1);
    expect(last).toMatchObject({ type: 'correction', from: 'expired', to: 'succeeded' });
  });
});

describe('a start without an answer', () => {
  it.each(['reset_after', 'reset_before', 'hang', 'http_500', 'bad_sign'] as const)(
    'is asked about, and made once more with the same bytes: %s',
    async (kind) => {
      const request = aPayment();
      engine.shop.inject({ kind, method: 'pay', ...(kind === 'hang' && { ms: 3_000 }) });
      const payment = await engine.client.payments.create(request);
      pageOf(payment);
      expect(counts(payment.orderId)).toMatchObject({ pay: 2 });
      const stored = await engine.journal.payments.read(request);
      expect(new Set(stored?.calls.map(({ requestFingerprint }) => requestFingerprint)).size).toBe(1);
      engine.shop.pay(payment.orderId);
      expect(await engine.client.payments.wait(request, PATIENCE)).toMatchObject({ status: 'succeeded' });
    },
  );

  it('that the provider refuses has failed, and no page was made', async () => {
    const request = aPayment();
    engine.shop.inject({ kind: 'refuse', method: 'pay', words: 'The shop is closed' });
    expect(await engine.client.payments.create(request)).toMatchObject({ status: 'failed' });
  });
});

describe('a second charge of one order', () => {
  it('needs a person, and is whole again when it is given back', async () => {
    const request = aPayment({ account: 'shop-far' });
    const { orderId } = await engine.client.payments.create(request);
    engine.shop.pay(orderId);
    const second = engine.shop.pay(orderId);
    const double = await engine.client.payments.wait(request, PATIENCE);
    expect(double).toMatchObject({ status: 'in_review', reason: { code: 'double_charge' } });
    const { operation } = await engine.client.payments.refund(request, {
      operationId: 'surplus',
      transactionId: second,
    });
    expect(operation).toMatchObject({ status: 'done' });
    const settled = await engine.client.payments.wait(request, PATIENCE);
    expect(settled).toMatchObject({ status: 'succeeded' });
  });
});

describe('a charge by token', () => {
  it('takes the card of an earlier payment, once, whatever happens to the answer', async () => {
    const first = aPayment({ keepCard: true });
    const { orderId } = await engine.client.payments.create(first);
    engine.shop.pay(orderId);
    expect(await engine.client.payments.wait(first, PATIENCE)).toMatchObject({ hasToken: true });

    const again = aPayment({ recurrentOf: first.paymentId });
    const charged = await engine.client.payments.create(again);
    const settled = await engine.client.payments.wait(again, PATIENCE);
    expect(settled).toMatchObject({ status: 'succeeded', transactions: [{ status: 'paid' }] });
    expect(counts(charged.orderId)).toMatchObject({ recurrent: 1 });

    const lost = aPayment({ recurrentOf: first.paymentId });
    engine.shop.inject({ kind: 'reset_after', method: 'recurrent' });
    const { orderId: lostId } = await engine.client.payments.create(lost);
    expect(await engine.client.payments.wait(lost, PATIENCE)).toMatchObject({ status: 'succeeded' });
    expect(counts(lostId)).toMatchObject({ recurrent: 1 });
  });

  it('leaves the token readable nowhere', async () => {
    const first = aPayment({ account: 'shop', keepCard: true });
    const { orderId } = await engine.client.payments.create(first);
    engine.shop.pay(orderId);
    await engine.client.payments.wait(first, PATIENCE);
    await expect.poll(async () => (await engine.client.payments.get(first)).hasToken).toBe(true);
    const stored = await engine.journal.payments.read(first);
    const { sealingKeys } = JSON.parse(readFileSync(join(engine.dataDir, 'keys.json'), 'utf8')) as {
      sealingKeys: SealingKeys;
    };
    const token = await openPaymentToken(sealingKeys, stored?.sealedToken ?? '', {
      account: 'shop' as AccountId,
      orderId,
    });
    expect(token).toMatch(/^[0-9a-f]{40}$/);
    const again = aPayment({ account: 'shop', recurrentOf: first.paymentId });
    await engine.client.payments.create(again);
    await engine.client.payments.wait(again, PATIENCE);

    const left: string[] = [readFileSync(join(engine.dataDir, 'payouts.log'), 'utf8')];
    for (const key of [first, again]) {
      const history = await engine.temporal.workflow.getHandle(paymentWorkflowIdOf(key)).fetchHistory();
      left.push(Buffer.from(JSON.stringify(historyToJSON(history))).toString());
      left.push(await decrypted(engine.payloadKeys, history));
      left.push(
        JSON.stringify([await engine.journal.payments.read(key), await engine.journal.payments.events(key)]),
      );
    }
    for (const text of left) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(Buffer.from(token).toString('base64').slice(0, 40));
    }
  });

  it('of which nothing is known ends in review, and is never sent again', async () => {
    const first = aPayment({ account: 'shop-brief', keepCard: true });
    const { orderId } = await engine.client.payments.create(first);
    engine.shop.pay(orderId);
    await engine.client.payments.wait(first, PATIENCE);
    const expiresAt = new Date(Date.now() + 2_000).toISOString();
    const lost = aPayment({ account: 'shop-brief', recurrentOf: first.paymentId, expiresAt });
    engine.shop.inject({ kind: 'reset_before', method: 'recurrent' });
    const payment = await engine.client.payments.create(lost);
    expect(payment).toMatchObject({ status: 'processing' });
    expect(await engine.client.payments.wait(lost, PATIENCE)).toMatchObject({
      status: 'in_review',
      reason: { code: 'no_final_answer' },
    });
    const verdict = { verdict: 'ask_again', actor: 'cli:olga', reason: 'Once more' } as const;
    expect(await engine.client.payments.resolve(lost, verdict)).toMatchObject({ resolved: true });
    expect(await engine.client.payments.wait(lost, PATIENCE)).toMatchObject({ status: 'in_review' });
    expect(counts(payment.orderId)).toMatchObject({ recurrent: 1 });
    const done = { verdict: 'not_paid', actor: 'cli:olga', reason: 'Not in the portal' } as const;
    expect(await engine.client.payments.resolve(lost, done)).toMatchObject({ resolved: true });
    expect(await engine.client.payments.wait(lost, PATIENCE)).toMatchObject({ status: 'declined' });
  });

  it('is refused in words without a token, or by another account', async () => {
    const first = aPayment({ keepCard: true });
    const { orderId } = await engine.client.payments.create(first);
    await expect(engine.client.payments.create(aPayment({ recurrentOf: first.paymentId }))).rejects.toThrow(
      /no token/,
    );
    engine.shop.pay(orderId);
    await engine.client.payments.wait(first, PATIENCE);
    const elsewhere = aPayment({ account: 'shop', recurrentOf: first.paymentId });
    await expect(engine.client.payments.create(elsewhere)).rejects.toThrow(/made at account shop-poll/);
    const nobody = aPayment({ recurrentOf: 'never-heard-of' });
    await expect(engine.client.payments.create(nobody)).rejects.toThrow(/no payment never-heard-of/);
  });
});

describe('an account of the other kind', () => {
  it('is refused in words', async () => {
    await expect(engine.client.payments.create(aPayment({ account: 'payer-out' }))).rejects.toThrow(
      /payer-out pays people and takes no payments.*shop/,
    );
    await expect(engine.client.create(aPayout({ account: 'shop' }))).rejects.toThrow(
      /shop takes payments and pays nobody.*payer-out/,
    );
    await expect(
      engine.client.payments.create(aPayment({ expiresAt: '2020-01-01T00:00:00Z' })),
    ).rejects.toThrow(PayoutInvalidError);
  });

  it('answers a ping, and says that it tells no balance', async () => {
    expect(await engine.client.accounts.ping('shop')).toMatchObject({ ok: true });
    await expect(engine.client.accounts.balance('shop')).rejects.toThrow(/tells no balance/);
  });
});
