import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  PAYNETEASY_VARIANT_DEFAULTS,
  PAYNETEASY_VARIANTS,
  type PayneteasyVariantChanges,
} from '../../../simulators/index.js';
import {
  LOGIN,
  payout,
  payoutFields,
  post,
  receiveCallbacks,
  scenario,
  simulate,
  status,
  TIMINGS,
} from './support.js';

describe('the list of variants', () => {
  test('has unique names and switches only what there is, to something else', () => {
    const names = PAYNETEASY_VARIANTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, words, patch } of PAYNETEASY_VARIANTS) {
      expect([name, words].every((text) => text.length > 0)).toBe(true);
      const [[field, value] = ['', undefined], ...more] = Object.entries(patch);
      expect(more).toEqual([]);
      expect(PAYNETEASY_VARIANT_DEFAULTS).toHaveProperty(field);
      expect(PAYNETEASY_VARIANT_DEFAULTS[field as keyof PayneteasyVariantChanges]).not.toEqual(value);
    }
  });

  test('switches everything', () => {
    const switched = new Set(PAYNETEASY_VARIANTS.flatMap(({ patch }) => Object.keys(patch)));
    expect([...switched].sort()).toEqual(Object.keys(PAYNETEASY_VARIANT_DEFAULTS).sort());
  });
});

/** An approved order, as a question is told of it. */
async function approved(variant: PayneteasyVariantChanges, accept?: string) {
  const simulator = await simulate({ ...variant, timings: { approveMs: 0 } });
  const answer = await payout(simulator, 'V-1', {}, { ...(accept !== undefined && { accept }) });
  const orderid = simulator.control.order('V-1')?.orderId ?? '';
  return { simulator, answer, told: await status(simulator, 'V-1', { orderid }, accept) };
}

describe('how answers are written', () => {
  test('forms whatever is asked for, or JSON that is labelled as HTML', async () => {
    const { answer } = await approved({ json: 'ignored' });
    expect([answer.type, answer.text.startsWith('type=async-response\n&')]).toEqual([
      'text/html;charset=utf-8',
      true,
    ]);
    const labelled = await approved({ jsonType: 'text/html' });
    expect(labelled.answer.type).toContain('text/html');
    expect(labelled.answer.body).toMatchObject({ type: 'async-response' });
  });

  test('names, amounts and codes', async () => {
    expect((await approved({ names: 'snake' })).told.body).toMatchObject({
      merchant_order_id: 'V-1',
      order_stage: 'payout_approved',
    });
    expect((await approved({ amountAs: 'short' })).told.body).toMatchObject({ amount: '150.5' });
    expect((await approved({ amountAs: 'number' })).told.body).toMatchObject({ amount: 150.5 });
    const simulator = await simulate({ errorCodeAs: 'number', jsonRejection: 200 });
    expect(await payout(simulator, 'V-1', { amount: '' })).toMatchObject({
      status: 200,
      body: { 'error-code': 1 },
    });
  });

  test.each<[PayneteasyVariantChanges, readonly string[]]>([
    [{ statusIds: 'ours' }, ['paynet-order-id']],
    [{ statusIds: 'none' }, ['paynet-order-id', 'merchant-order-id']],
    [{ statusAmount: 'absent' }, ['amount', 'currency']],
    [{ transactionType: '' }, ['transaction-type']],
    [{ rrn: 'absent' }, ['processor-rrn']],
  ])('%o leaves out', async (variant, names) => {
    const { told } = await approved(variant);
    const all = [
      'paynet-order-id',
      'merchant-order-id',
      'amount',
      'currency',
      'transaction-type',
      'processor-rrn',
    ];
    expect(all.filter((name) => !(name in told.body)).sort()).toEqual([...names].sort());
  });

  test('403 in its forms', async () => {
    for (const [forbiddenBody, found] of [
      ['html', '<html>'],
      ['error', '"type":"error"'],
      ['empty', ''],
    ] as const) {
      const simulator = await simulate({ forbiddenBody });
      const answer = await payout(simulator, 'V-1', {}, { timestamp: 1 });
      expect(answer.status).toBe(403);
      expect(answer.text).toContain(found);
    }
  });

  test('no such order, in other words', async () => {
    const simulator = await simulate({ notFoundAs: 'validation-error' });
    expect((await status(simulator, 'V-1')).body).toMatchObject({ type: 'validation-error' });
  });
});

describe('what is asked of requests', () => {
  test('the order id of 2017, more fields, a narrower window, nonces twice', async () => {
    const old = await simulate({ orderIdField: 'client-order-id' });
    const { client_orderid: id = '', ...rest } = payoutFields('V-1');
    expect((await payout(old, 'V-1')).body).toMatchObject({ type: 'validation-error' });
    expect((await post(old, 'v4/payout/39915', { ...rest, 'client-order-id': id })).body).toMatchObject({
      type: 'async-response',
    });
    expect(old.control.requests('V-1').counts.money).toBe(2);

    const strict = await simulate({
      requiredFields: ['purpose'],
      clockWindowSecs: 30,
      repeatedNonce: 'taken',
    });
    expect((await payout(strict, 'V-1')).body).toMatchObject({ type: 'validation-error' });
    expect((await payout(strict, 'V-1', { purpose: 'x' }, { nonce: 'n' })).body).toMatchObject({
      type: 'async-response',
    });
    expect((await payout(strict, 'V-2', { purpose: 'x' }, { nonce: 'n' })).body).toMatchObject({
      type: 'async-response',
    });
    const minuteAgo = Math.floor(Date.now() / 1000) - 60;
    expect(await payout(strict, 'V-3', { purpose: 'x' }, { timestamp: minuteAgo })).toMatchObject({
      status: 403,
    });
  });

  test('a question without the gateway id', async () => {
    const simulator = await simulate({ withoutOrderId: 'refused' });
    await payout(simulator, 'V-1');
    expect((await status(simulator, 'V-1')).body).toMatchObject({ type: 'validation-error' });
    const orderid = simulator.control.order('V-1')?.orderId ?? '';
    expect((await status(simulator, 'V-1', { orderid })).body).toMatchObject({ type: 'status-response' });
  });
});

describe('orders', () => {
  test('a second payout under the same id is refused, or executed again', async () => {
    const strict = await simulate({ duplicateOrder: 'reject', timings: { approveMs: 0 } });
    await payout(strict, 'V-1');
    const { body } = await payout(strict, 'V-1');
    expect(body).toMatchObject({
      type: 'error',
      'error-message': expect.stringContaining('duplicate') as string,
    });
    expect(body).not.toHaveProperty('paynet-order-id');
    expect(strict.control.order('V-1')?.bookings).toBe(1);

    const careless = await simulate({ duplicateOrder: 'execute_again', timings: { approveMs: 0 } });
    await payout(careless, 'V-1');
    await payout(careless, 'V-1');
    expect(careless.control.order('V-1')).toMatchObject({ bookings: 2, bookedMinor: 30_100 });
    expect(careless.control.ledger().totals.bookedTwice).toBe(1);
  });

  test('endings', async () => {
    const ends = async (word: string, variant: PayneteasyVariantChanges, digits: string) => {
      const simulator = await simulate({ ...variant, timings: { ...TIMINGS, redirectMs: 100 } });
      await scenario(simulator, 'V-1', digits);
      await sleep(350);
      await expect.poll(() => simulator.control.order('V-1')?.status).toBe(word);
    };
    await Promise.all([
      ends('declined', { unknownEnds: 'declined' }, '06'),
      ends('unknown', { unknownEnds: 'never' }, '06'),
      ends('approved', { errorTurns: 'approved' }, '03'),
      ends('processing', { redirectExpiry: 'never' }, '05'),
      ends('declined', {}, '05'),
    ]);
  });

  test('a form and an error last from when they were told of, where that is wanted', async () => {
    const simulator = await simulate({
      errorTurns: 'approved',
      waitsFromTold: true,
      timings: { ...TIMINGS, redirectMs: 100 },
    });
    await scenario(simulator, 'V-form', '05');
    await scenario(simulator, 'V-error', '03');
    const ends = () => ['V-form', 'V-error'].map((id) => simulator.control.order(id)?.status);
    await sleep(350);
    expect(ends()).toEqual(['processing', 'error']);
    await Promise.all([status(simulator, 'V-form'), status(simulator, 'V-error')]);
    await sleep(350);
    expect(ends()).toEqual(['declined', 'approved']);
  });

  test('two steps', async () => {
    const variant = {
      readyAs: 'approved_check',
      declinesAt: 'pay',
      repeatedPay: 'replay',
      processingAs: 'absent',
    } as const;
    const paidTwice = async (declineMs: number) => {
      const simulator = await simulate({ ...variant, timings: { checkMs: 0, declineMs } });
      const fields = payoutFields('V-1', { account_number: 'DE0000000001' });
      const { body } = await post(simulator, 'v4/payout-check/39915', fields);
      expect((await status(simulator, 'V-1')).body).toMatchObject({
        status: 'approved',
        'transaction-type': 'payout-check',
      });
      const pay = { client_orderid: 'V-1', orderid: String(body['paynet-order-id']), login: LOGIN };
      for (let time = 0; time < 2; time += 1) {
        expect((await post(simulator, 'v4/payout-pay/39915', pay)).body).toMatchObject({
          type: 'async-response',
        });
      }
      return { simulator, pay };
    };
    const { simulator: patient, pay } = await paidTwice(600_000);
    expect((await status(patient, 'V-1')).body).not.toHaveProperty('status');
    const { simulator } = await paidTwice(100);
    await expect.poll(() => simulator.control.order('V-1')?.status).toBe('declined');

    const nameless = await simulate({ repeatedPay: 'reject', timings: { checkMs: 60_000 } });
    const checked = await post(nameless, 'v4/payout-check/39915', payoutFields('V-1'));
    const early = { ...pay, orderid: String(checked.body['paynet-order-id']) };
    const refused = await post(nameless, 'v4/payout-pay/39915', early);
    expect(refused.body).toMatchObject({ type: 'error' });
    expect(refused.body).not.toHaveProperty('paynet-order-id');
  });
});

test('callbacks off, or without their type; for one merchant of many', async () => {
  const [one, two] = [await receiveCallbacks(), await receiveCallbacks()];
  const off = await simulate({
    merchant: { callbackUrl: one.url, variant: { callbacks: 'off' } },
    timings: { approveMs: 0 },
  });
  const bare = await simulate({
    merchant: { callbackUrl: two.url, variant: { callbackType: 'absent' } },
    timings: { approveMs: 0 },
  });
  await payout(off, 'V-1');
  await payout(bare, 'V-1');
  await expect.poll(() => two.received.length).toBe(1);
  expect(two.received[0]?.params).not.toHaveProperty('type');
  expect(one.received).toEqual([]);
});

describe('balances (§6.6)', () => {
  const ask = async (
    variant: PayneteasyVariantChanges,
    below: string,
    fields: Record<string, string> = {},
  ) => {
    const simulator = await simulate({ ...variant, merchant: { fundsMinor: { USD: 100_000, EUR: 50 } } });
    await scenario(simulator, 'V-1', '07');
    return post(simulator, `v2/get-balance/${below}`, fields, { method: 'HMAC-SHA1' });
  };
  const dollars = {
    name: 'USD',
    amount: '1000.00',
    'online-balance-live-amount': '849.50',
    currency: 'USD',
    'amount-buffer-hold': '150.50',
  };

  test('of one bank', async () => {
    expect((await ask({}, '39915', { 'balance-provider': 'main' })).body).toEqual({
      'balance-amount': '1000.00',
    });
    expect((await ask({}, '39915')).body).toMatchObject({ type: 'validation-error' });
  });

  test('of a merchant: in balances, as a list, or one', async () => {
    expect((await ask({}, 'merchant/merchant1')).body['balances']).toMatchObject([
      dollars,
      { currency: 'EUR' },
    ]);
    expect((await ask({ balanceShape: 'list' }, 'manager/merchant1')).body).toMatchObject([dollars, {}]);
    expect((await ask({ balanceShape: 'single' }, 'merchant/merchant1')).body).toMatchObject(dollars);
    expect((await ask({}, 'merchant/other')).status).toBe(403);
  });

  test('signed by RSA, it is refused', async () => {
    const simulator = await simulate({ merchant: { fundsMinor: { USD: 1 } } });
    expect(await post(simulator, 'v2/get-balance/39915', { 'balance-provider': 'main' })).toMatchObject({
      status: 403,
    });
  });
});
