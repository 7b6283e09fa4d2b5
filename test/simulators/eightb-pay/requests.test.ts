import { describe, expect, it } from 'vitest';
import { SHOP, operate, order, pay, post, sign, simulate, status, statuses } from './support.js';

describe('strict', () => {
  const data = Buffer.from(JSON.stringify(order('o'))).toString('base64');
  const otherShop = Buffer.from(JSON.stringify(order('o', { api_key: 'x' }))).toString('base64');
  it.each([
    ['a wrong signature', new URLSearchParams({ data, sign: sign(data, 'other') })],
    ['no signature', new URLSearchParams({ data })],
    ['no data', new URLSearchParams({ sign: sign(data) })],
    ['an unknown shop', new URLSearchParams({ data: otherShop, sign: sign(otherShop) })],
    ['no base64', new URLSearchParams({ data: '{}', sign: sign('{}') })],
    ['nothing', ''],
  ])('%s is 403', async (_what, form) => {
    const simulator = await simulate();
    const answer = await post(simulator, '/pay', {}, { form });
    expect(answer).toMatchObject({ status: 403, body: { success: false } });
    expect(simulator.control.orders()).toEqual([]);
  });

  it('a raw plus sign breaks the signature, as in the document', async () => {
    const simulator = await simulate();
    const text = Buffer.from(JSON.stringify(order('o', { description: 'ü?>ü?>ü?>' }))).toString('base64');
    expect(text).toContain('+');
    const raw = `data=${text.replaceAll('=', '%3D')}&sign=${sign(text)}`;
    expect((await post(simulator, '/pay', {}, { form: raw })).status).toBe(403);
  });

  it.each([
    ['no amount', { amount: undefined }, {}],
    ['three decimals', { amount: 1.234 }, {}],
    ['a negative amount', { amount: -1 }, {}],
    ['another currency', { currency: 'RUB' }, {}],
    ['no reference', { reference: undefined }, {}],
    ['a long reference', { reference: 'x'.repeat(256) }, {}],
    ['no description', { description: undefined }, {}],
    ['a relative URL', { success_url: '/ok' }, {}],
    ['a long language', { lang: 'eng' }, {}],
    ['no e-mail', {}, { user_email: undefined }],
    ['a time that has passed', { expiration: '2014-01-01 00:00' }, {}],
    ['another form of time', { expiration: '2049-01-01T00:00' }, {}],
    ['an odd flag', {}, { flag_get_url: 2 }],
    ['odd parameters', {}, { extra_params: [] }],
  ])('%s is a failure', async (_what, more, params) => {
    const simulator = await simulate();
    expect((await pay(simulator, 'o', more, params)).body).toMatchObject({
      success: false,
      error: 'validation_error',
    });
  });
});

describe('orders', () => {
  it('get a session, and the same one for the same body alone', async () => {
    const simulator = await simulate();
    const first = (await pay(simulator, 'o')).document;
    expect(first).toMatchObject({ flag_get_url: 1, shop_api_key: SHOP.apiKey });
    expect(first['url']).toBe(`${simulator.baseUrl}/pay/${String(first['session_id'])}`);
    expect((await pay(simulator, 'o')).document).toEqual(first);
    expect((await pay(simulator, 'o', { amount: 1 })).body).toMatchObject({ error: 'duplicate_reference' });
  });

  it('with flag_get_url 0 are answered with the page', async () => {
    const simulator = await simulate();
    const data = Buffer.from(JSON.stringify(order('o', {}, { flag_get_url: 0 }))).toString('base64');
    const body = new URLSearchParams({ data, sign: sign(data) });
    const answer = await fetch(`${simulator.baseUrl}/pay`, { method: 'POST', body });
    expect(await answer.text()).toContain('name="pan"');
  });

  it('have no transaction before the payer acts', async () => {
    const simulator = await simulate();
    await pay(simulator, 'o');
    expect((await status(simulator, 'o')).document).toEqual({ items: [] });
    expect((await status(simulator, 'unknown')).document).toEqual({ items: [] });
  });

  it('are found by transaction too, by their own shop', async () => {
    const simulator = await simulate({ shops: { other: { secretKey: 'x' } } });
    await pay(simulator, 'o');
    const transaction_id = simulator.control.pay('o');
    const ask = { api_key: SHOP.apiKey, transaction_id };
    expect((await post(simulator, '/pay/get_orders_data', ask)).document).toMatchObject({
      items: [{ reference: 'o' }],
    });
    const data = Buffer.from(JSON.stringify({ ...ask, api_key: 'other' })).toString('base64');
    const foreign = new URLSearchParams({ data, sign: sign(data, 'x') });
    const answer = await post(simulator, '/pay/get_orders_data', {}, { form: foreign });
    expect(Buffer.from(String(answer.body['data']), 'base64').toString()).toBe('{"items":[]}');
  });
});

describe('operations', () => {
  it('refund in parts, but no more than there was', async () => {
    const simulator = await simulate();
    await pay(simulator, 'o');
    const id = simulator.control.pay('o');
    expect((await operate(simulator, 'refund', id, 100)).document).toMatchObject({
      success: true,
      order: { reference: 'o' },
    });
    expect((await operate(simulator, 'refund', id, 300)).body).toMatchObject({ success: false });
    await operate(simulator, 'refund', id);
    expect((await operate(simulator, 'refund', id)).body).toMatchObject({ success: false });
    expect(simulator.control.order('o')).toMatchObject({
      bookings: 1,
      bookedMinor: 32_778,
      refundedMinor: 32_778,
    });
    expect(await statuses(simulator, 'o')).toEqual(['4']);
  });

  it('complete or void a hold, once', async () => {
    const simulator = await simulate({ twoStage: true });
    for (const reference of ['a', 'b']) await pay(simulator, reference);
    const [a, b] = ['a', 'b'].map((reference) => simulator.control.pay(reference)) as [string, string];
    expect(simulator.control.order('a')).toMatchObject({ bookings: 0, heldMinor: 32_778 });
    await operate(simulator, 'complete', a);
    await operate(simulator, 'void', b);
    expect((await operate(simulator, 'void', a)).body).toMatchObject({ error: 'invalid_status' });
    expect((await operate(simulator, 'refund', b)).body).toMatchObject({ error: 'invalid_status' });
    expect(simulator.control.order('a')).toMatchObject({ bookings: 1, heldMinor: 0 });
    expect(simulator.control.order('b')).toMatchObject({ bookings: 0, heldMinor: 0 });
  });

  it('fail to release where the amount says so', async () => {
    const simulator = await simulate({ twoStage: true });
    await pay(simulator, 'o', { amount: 17.77 });
    await operate(simulator, 'void', simulator.control.pay('o'));
    expect(await statuses(simulator, 'o')).toEqual(['7']);
  });

  it('charge a kept card again, once per reference', async () => {
    // What is uncertain stays so: it would be paid after 20 seconds.
    const simulator = await simulate({ timings: { secondMs: 60_000 } });
    await pay(simulator, 'o', {}, { pay_token_flag: 1 });
    simulator.control.pay('o');
    const token = simulator.control.order('o')?.transactions[0]?.token;
    const again = { ...order('r'), pay_token: token };
    expect((await post(simulator, '/pay/recurrent', again)).document).toMatchObject({
      order: { reference: 'r' },
    });
    expect((await post(simulator, '/pay/recurrent', again)).body).toMatchObject({
      error: 'duplicate_reference',
    });
    expect(simulator.control.order('r')).toMatchObject({ bookings: 1, recurrent: true });
    const unknown = { ...order('s'), pay_token: 'x' };
    expect((await post(simulator, '/pay/recurrent', unknown)).body).toMatchObject({ error: 'invalid_token' });
    for (const [reference, amount, expected] of [
      ['f', 12.22, '99'],
      ['u', 18.88, '8'],
    ] as const) {
      await post(simulator, '/pay/recurrent', { ...order(reference, { amount }), pay_token: token });
      expect(await statuses(simulator, reference)).toEqual([expected]);
    }
  });
});

it('reports page by page, by time and status', async () => {
  const simulator = await simulate({ reportPageSize: 2 });
  await pay(simulator, 'o');
  for (const cvv of ['222', '222', '123']) simulator.control.pay('o', { cvv });
  const report = async (more: object) =>
    (await post(simulator, '/pay/get_report', { api_key: SHOP.apiKey, ...more })).document;
  expect(await report({})).toMatchObject({ total_count: 3, pages: 2, items: [{ reference: 'o' }, {}] });
  expect((await report({ page: 2 }))['items']).toHaveLength(1);
  expect(await report({ status: 3 })).toMatchObject({ total_count: 1 });
  expect(await report({ time_end: '2020-01-01 00:00' })).toMatchObject({
    total_count: 0,
    pages: 0,
    items: [],
  });
});

it('counts what arrives, whatever becomes of it', async () => {
  const simulator = await simulate();
  simulator.control.inject({ kind: 'http_500', reference: 'o' });
  await expect(pay(simulator, 'o')).rejects.toThrow();
  await pay(simulator, 'o');
  await status(simulator, 'o');
  await operate(simulator, 'refund', simulator.control.pay('o'));
  expect(simulator.control.requests('o').counts).toMatchObject({
    money: 3,
    status: 1,
    byMethod: { pay: 2, refund: 1 },
  });
  simulator.control.reset();
  expect(simulator.control.requests().requests).toEqual([]);
  expect(simulator.control.orders()).toEqual([]);
});
