import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentId, PaymentKey } from '../../domain/ids.js';
import { generateSealingKeys, publicSealingKeys } from '../../secrets/sealing-keys.js';
import { byKeyOf, payoutBody, shop, startGateway, until, type Harness } from './harness.js';
import { fakePaymentProvider } from './fake-payment-provider.js';
import { fakeProvider, sign } from './fake-provider.js';

let gateway: Harness;
beforeAll(async () => {
  const providers = [fakeProvider('main'), fakePaymentProvider('till')];
  gateway = await startGateway({
    providers: new Map(providers.map((provider) => [provider.account, provider])),
    sealingKeys: publicSealingKeys(await generateSealingKeys()),
  });
});
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.world.signalled.length = 0;
  gateway.world.workflowClosed = false;
});

const body = (paymentId: string, more: object = {}) => ({
  paymentId,
  account: 'till',
  amount: { minor: 2500, currency: 'EUR' },
  description: 'Order 7',
  payer: { email: 'anna@shop.example' },
  returnUrls: { success: 'https://shop.example/paid' },
  expiresAt: '2040-01-01T00:00:00Z',
  ...more,
});
const post = (path: string, json: unknown, key = gateway.keys.desk) =>
  gateway.ask('POST', `/v1/payments${path}`, { key, body: json });
const get = (path: string, key = gateway.keys.a) => gateway.ask('GET', `/v1/payments${path}`, { key });
const keyOf = (paymentId: string): PaymentKey => ({ merchant: shop, paymentId: paymentId as PaymentId });

async function paid(paymentId: string): Promise<void> {
  await post('', body(paymentId));
  const { payments } = gateway.journal;
  const began = await payments.beginStart(keyOf(paymentId), { kind: 'start', requestFingerprint: 'f' });
  expect(began.kind).toBe('go');
  const transactions = [{ id: '1', status: 'paid', providerStatus: '3' }] as const;
  await payments.recordNews(
    keyOf(paymentId),
    { transactions, mayEnd: true, graceMs: 0 },
    { actor: 'provider:till' },
  );
}

describe('creating a payment', () => {
  it('answers 201 with a location, 200 for a repeat, 409 for other content', async () => {
    const first = await post('', body('p-1'));
    expect([first.status, first.headers.get('location')]).toEqual([201, '/v1/payments/p-1']);
    expect(first.json).toMatchObject({
      merchant: 'shop',
      status: 'created',
      transactions: [],
      operations: [],
    });
    expect((await post('', body('p-1'))).status).toBe(200);
    const other = await post('', body('p-1', { amount: { minor: 1, currency: 'EUR' } }));
    expect([other.status, other.json['type']]).toEqual([409, 'urn:payout-engine:problem:conflict']);
    expect(other.json).toMatchObject({ originalPayment: { paymentId: 'p-1', amount: { minor: 2500 } } });
  });

  it('tells all problems at once', async () => {
    const bad = body('p 2', {
      payer: { email: 'nobody' },
      expiresAt: 'soon',
      languag: 'en',
      merchant: 'bank',
    });
    const answer = await post('', bad);
    expect(answer.status).toBe(422);
    const fields = answer.json.problems?.map(({ field }) => field);
    expect(fields).toEqual(['paymentId', 'payer.email', 'expiresAt', 'languag', 'merchant']);
  });

  it('keeps to accounts that take payments, as payouts do to those that pay', async () => {
    const wrong = await post('', body('p-3', { account: 'main' }));
    expect(wrong.json.problems).toMatchObject([
      { field: 'account', problem: 'pays people and takes no payments', remedy: 'Use one of: till.' },
    ]);
    const payout = await gateway.ask('POST', '/v1/payouts', {
      key: gateway.keys.a,
      body: payoutBody('po-1', { account: 'till' }),
    });
    expect(payout.json.problems).toMatchObject([
      { field: 'account', problem: 'takes payments and pays nobody', remedy: 'Use one of: main.' },
    ]);
    const refused = await post('', body('p-3', { description: 'refuse me' }));
    expect(refused.json.problems?.map(({ field }) => field)).toEqual(['description']);
    expect((await get('/p-3')).status).toBe(404);
  });
});

describe('reading payments', () => {
  it('keeps each merchant to its own, pages and filters', async () => {
    await post('', body('mine'));
    await post('', body('theirs'), gateway.keys.b);
    expect((await get('/theirs')).status).toBe(404);
    expect((await get('/theirs?merchant=bank', gateway.keys.operator)).status).toBe(200);
    expect((await get('/theirs')).json['type']).toBe('urn:payout-engine:problem:not-found');
    const page = await get('?limit=1&status=created&account=till');
    expect(page.json['items']).toHaveLength(1);
    const next = await get(`?limit=1&cursor=${String(page.json['nextCursor'])}`);
    expect(next.json['items']).not.toEqual(page.json['items']);
    expect((await get('?status=done')).json.problems?.[0]?.field).toBe('status');
    expect((await get('?cursor=nonsense')).json.problems?.[0]?.field).toBe('cursor');
    const events = await get('/mine/events');
    expect(events.json['items']).toMatchObject([
      { sequence: 1, type: 'accepted', actor: byKeyOf('shop desk') },
    ]);
    expect((await get('/nobody/events')).status).toBe(404);
  });
});

describe('what is done to a payment', () => {
  it('is accepted once, by whom, and answered 202 while it is not proven', async () => {
    await paid('r-1');
    const request = { operationId: 'op-1', amount: { minor: 500, currency: 'EUR' } };
    for (let i = 0; i < 2; i += 1) {
      const answer = await post('/r-1/refund', request);
      expect(answer.status).toBe(202);
      expect(answer.json).toMatchObject({ operation: { status: 'processing', amount: { minor: 500 } } });
    }
    const other = await post('/r-1/refund', { ...request, amount: { minor: 501, currency: 'EUR' } });
    expect([other.status, other.json['originalOperation']]).toMatchObject([409, { operationId: 'op-1' }]);
    const events = await gateway.journal.payments.events(keyOf('r-1'));
    expect(events.at(-1)).toMatchObject({ type: 'operation', actor: byKeyOf('shop desk') });
  });

  it('is refused in words where it cannot be', async () => {
    await paid('r-2');
    const answer = await post('/r-2/void', { operationId: 'op-1' });
    expect([answer.status, answer.json.problems?.[0]?.field]).toEqual([422, 'paymentId']);
    const amount = await post('/r-2/complete', {
      operationId: 'op-1',
      amount: { minor: 1, currency: 'EUR' },
    });
    expect(amount.json.problems?.map(({ field }) => field)).toEqual(['amount']);
    expect((await post('/nobody/refund', { operationId: 'op-1' })).status).toBe(404);
    expect((await post('/r-2/refund', {})).json.problems?.[0]?.field).toBe('operationId');
    expect((await post('/r-2/refund', { operationId: 'x' }, gateway.keys.otherDesk)).status).toBe(404);
  });

  it('is settled by operators alone', async () => {
    await paid('r-3');
    await post('/r-3/refund', { operationId: 'op-1', amount: { minor: 500, currency: 'EUR' } });
    const key = { ...keyOf('r-3'), operationId: 'op-1' as never };
    const reason = { code: 'operation_unclear', message: 'Nobody knows' };
    await gateway.journal.payments.endOperation(key, { status: 'in_review', reason }, { actor: 'engine' });
    const verdict = { verdict: 'done', reason: 'Seen in the portal' };
    expect((await post('/r-3/operations/op-1/settle', verdict)).status).toBe(403);
    const settle = '/r-3/operations/op-1/settle?merchant=shop';
    const settled = await post(settle, verdict, gateway.keys.operator);
    expect([settled.status, settled.json['refundedMinor']]).toEqual([200, 500]);
    const resolved = await post(
      '/r-3/resolve?merchant=shop',
      { verdict: 'paid', reason: 'x' },
      gateway.keys.operator,
    );
    expect([resolved.status, resolved.json['type']]).toEqual([409, 'urn:payout-engine:problem:not-resolved']);
  });
});

describe('a provider that tells of a payment', () => {
  const callback = (text: string, account = 'till') =>
    fetch(`${gateway.url}/callbacks/${account}`, {
      method: 'POST',
      body: text,
      headers: { 'x-sign': sign(text) },
    });

  it('reaches its workflow with what the signed message says, and leaves no readable token', async () => {
    await post('', body('told', { keepCard: true }));
    const stored = gateway.journal.inbox.pending(0, 10);
    expect((await callback('pm-shop-told|k1|paid|tok-5f3a91')).status).toBe(200);
    await until(() => gateway.world.signalled.length === 1);
    const [signal] = gateway.world.signalled;
    expect(signal).toMatchObject({
      key: { merchant: 'shop', paymentId: 'told' },
      transactions: [{ id: '7', status: 'paid' }],
    });
    expect(JSON.stringify([signal, await stored, gateway.world.log])).not.toContain('tok-5f3a91');
    const kept = await gateway.journal.payments.read(keyOf('told'));
    expect(kept?.payment.hasToken).toBe(true);
    expect(kept?.sealedToken).toMatch(/^eyJ/);
  });

  it('is believed also after the end of the workflow, by what its signature covers', async () => {
    gateway.world.workflowClosed = true;
    await post('', body('late'));
    await callback('pm-shop-late|k2|paid');
    await until(async () => (await get('/late')).json['status'] === 'succeeded');
    expect((await callback('pm-shop-late|k2|paid')).status).toBe(200);
    const forged = await fetch(`${gateway.url}/callbacks/till`, {
      method: 'POST',
      body: 'pm-shop-late|k3|failed',
      headers: { 'x-sign': 'no' },
    });
    expect(forged.status).toBe(403);
  });

  it('is asked, after the end, about what nobody can read of its message', async () => {
    await paid('unread');
    expect((await get('/unread')).json['status']).toBe('succeeded');
    const before = gateway.world.signalled.length;
    await callback('pm-shop-unread|k5|?');
    await until(() => gateway.world.lateHints.length > 0);
    expect(gateway.world.lateHints).toMatchObject([{ key: { merchant: 'shop', paymentId: 'unread' } }]);
    expect(gateway.world.signalled).toHaveLength(before);
  });

  it('sends the payer back by our door to the merchant', async () => {
    await post('', body('back'));
    const back = await fetch(`${gateway.url}/return/till/pm-shop-back?to=failure`, { redirect: 'manual' });
    expect([back.status, back.headers.get('location')]).toEqual([
      303,
      'https://shop.example/paid?paymentId=back',
    ]);
    expect(gateway.world.signalled).toEqual([]);
  });
});

it('tells of an account what it can do', async () => {
  const accounts = await gateway.ask('GET', '/v1/accounts', { key: gateway.keys.a });
  const items = accounts.json['items'] as {
    account: string;
    capabilities: { name: string; available: boolean }[];
  }[];
  const till = items.find(({ account }) => account === 'till');
  expect(
    Object.fromEntries(till?.capabilities.map(({ name, available }) => [name, available]) ?? []),
  ).toEqual({
    take_payments: true,
    charge_again: true,
    refund: true,
    void: true,
    complete: false,
  });
});

it('is described in the OpenAPI document', async () => {
  const { json } = await gateway.ask('GET', '/openapi.json');
  const paths = Object.keys(json['paths'] as object);
  for (const path of [
    '',
    '/{paymentId}',
    '/{paymentId}/refund',
    '/{paymentId}/void',
    '/{paymentId}/complete',
  ]) {
    expect(paths).toContain(`/v1/payments${path}`);
  }
});

describe("the provider's report", () => {
  const path = '/v1/accounts/till/payment-report?from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z';

  it('is shown to operators, joined with the journal', async () => {
    const { status, json } = await gateway.ask('GET', path, { key: gateway.keys.operator });
    expect([status, json]).toEqual([
      200,
      {
        account: 'till',
        items: [
          {
            ...{ verdict: 'unknown_to_us', transactionId: '7', orderId: 'o', differences: [] },
            reported: { status: 'paid', minor: 100, currency: 'EUR' },
          },
        ],
      },
    ]);
  });

  it('is nothing for a merchant, nor without a time', async () => {
    expect((await gateway.ask('GET', path, { key: gateway.keys.a })).status).toBe(403);
    const bare = await gateway.ask('GET', '/v1/accounts/till/payment-report', { key: gateway.keys.operator });
    expect(bare.status).toBe(422);
  });
});
