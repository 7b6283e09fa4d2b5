import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { PAYNETEASY_SCENARIOS } from '../../../simulators/index.js';
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

test('accepted, then approved, with one booking', async () => {
  const patient = await simulate({ timings: { approveMs: 600_000 } });
  const { body, status: http, type } = await payout(patient, 'P-1');
  expect([http, type]).toEqual([200, 'application/json; charset=utf-8']);
  expect(body).toMatchObject({ type: 'async-response', 'merchant-order-id': 'P-1', 'end-point-id': '39915' });
  const orderid = String(body['paynet-order-id']);
  expect((await status(patient, 'P-1', { orderid })).body).toMatchObject({
    type: 'status-response',
    status: 'processing',
    amount: '150.50',
    currency: 'USD',
  });
  expect(patient.control.order('P-1')).toMatchObject({ bookings: 0 });

  const simulator = await simulate();
  const orderId = String((await payout(simulator, 'P-1')).body['paynet-order-id']);
  await status(simulator, 'P-1', { orderid: orderId });
  await expect.poll(() => simulator.control.order('P-1')?.status).toBe('approved');
  const view = simulator.control.order('P-1');
  expect(view).toMatchObject({ orderId, bookings: 1, bookedMinor: 15_050, destination: 'account ****0000' });
  expect((await status(simulator, 'P-1')).body).toMatchObject({
    status: 'approved',
    'transaction-type': 'payout',
    'processor-rrn': view?.bookingRecords[0]?.reference,
  });
  expect(simulator.control.requests('P-1').counts).toMatchObject({ money: 1, payout: 1, status: 2 });
});

test('as a form, with a line feed after each value (§5)', async () => {
  const simulator = await simulate();
  const { text, type } = await payout(simulator, 'P-1', {}, { accept: 'text/html' });
  expect(type).toBe('text/html;charset=utf-8');
  expect(text).toMatch(
    /^type=async-response\n&serial-number=[0-9a-f-]+\n&merchant-order-id=P-1\n&paynet-order-id=\d+\n&end-point-id=39915\n$/,
  );
  const refused = await payout(simulator, 'P-2', { account_number: '' }, { accept: 'text/html' });
  expect(refused).toMatchObject({ status: 200 });
  expect(refused.text).toContain('type=validation-error\n&');
  expect(refused.text).toContain('error-message=Parameter');
});

describe('refused, and not created (§6.1)', () => {
  test.each<[string, Record<string, string>, string]>([
    ['no amount', { amount: '' }, 'amount is required'],
    ['three decimals', { amount: '1.505' }, 'amount is no amount'],
    ['a comma', { amount: '1,50' }, 'amount is no amount'],
    ['nothing', { amount: '0.00' }, 'amount is no amount'],
    ['eleven characters', { amount: '10000000.00' }, 'amount is too long'],
    ['decimals of a currency that has none', { currency: 'JPY', amount: '1.50' }, 'amount is no amount'],
    ['no currency', { currency: '' }, 'currency is required'],
    ['a currency in small letters', { currency: 'usd' }, 'currency is wrong'],
    ['a long description', { order_desc: 'x'.repeat(65) }, 'order_desc is too long'],
    ['a field that nobody knows', { colour: 'red' }, 'colour is not known'],
    ['a callback address that is none', { server_callback_url: 'x' }, 'server_callback_url is no URL'],
    ['a card number with blanks', { credit_card_number: '4111 1111 1111 1111' }, 'credit_card_number'],
  ])('%s', async (_what, change, words) => {
    const simulator = await simulate();
    const { status: http, body } = await payout(simulator, 'P-1', change);
    expect(http).toBe(400);
    expect(body).toMatchObject({ type: 'validation-error', 'error-code': '1' });
    expect(body['error-message']).toContain(words);
    expect(body).not.toHaveProperty('paynet-order-id');
    expect(simulator.control.order('P-1')).toBeUndefined();
  });

  test('a currency that is not the endpoint’s', async () => {
    const simulator = await simulate({ merchant: { currencies: ['EUR'] } });
    expect((await payout(simulator, 'P-1')).body).toMatchObject({ type: 'validation-error' });
  });
});

test('a card number is kept nowhere', async () => {
  const simulator = await simulate();
  const { account_number: _, ...fields } = payoutFields('P-1', { credit_card_number: '4111111111111111' });
  await post(simulator, 'v4/payout/39915', fields);
  expect(simulator.control.order('P-1')?.destination).toBe('411111****1111');
  expect(JSON.stringify([simulator.control.ledger(), simulator.control.requests()])).not.toContain(
    '4111111111111111',
  );
});

test('payout-by-ref takes references alone (§6.2)', async () => {
  const simulator = await simulate({ merchant: { cardReferences: ['98765'] } });
  const { account_number: _, ...fields } = payoutFields('P-1');
  const pay = (more: Record<string, string>) =>
    post(simulator, 'v4/payout-by-ref/39915', { ...fields, ...more });
  expect((await pay({})).body).toMatchObject({ type: 'validation-error' });
  expect((await pay({ 'destination-card-ref-id': '1' })).body).toMatchObject({ type: 'validation-error' });
  expect((await pay({ 'destination-card-ref-id': '98765' })).body).toMatchObject({ type: 'async-response' });
});

describe('a question (§6.5)', () => {
  test('about nothing is refused, and names no order', async () => {
    const simulator = await simulate();
    const { status: http, body } = await status(simulator, 'P-0');
    expect(http).toBe(400);
    expect(body).toMatchObject({ type: 'error', 'error-message': 'Order not found' });
    expect(body).not.toHaveProperty('paynet-order-id');
  });

  test('with another gateway id finds nothing', async () => {
    const simulator = await simulate();
    await payout(simulator, 'P-1');
    expect((await status(simulator, 'P-1', { orderid: '1' })).body).toMatchObject({ type: 'error' });
  });
});

/** What is true of each scenario in the end, or after a while. */
const ENDS: Readonly<Record<string, { status: string; bookings: number } | undefined>> = {
  '00': { status: 'approved', bookings: 1 },
  '01': { status: 'declined', bookings: 0 },
  '02': { status: 'filtered', bookings: 0 },
  '03': { status: 'error', bookings: 0 },
  '04': { status: 'declined', bookings: 0 },
  '05': { status: 'declined', bookings: 0 },
  '06': { status: 'approved', bookings: 1 },
  '07': { status: 'processing', bookings: 0 },
  '08': { status: 'approved', bookings: 1 },
  '09': undefined,
  '10': undefined,
  '11': { status: 'approved', bookings: 1 },
  '12': { status: 'approved', bookings: 1 },
  '13': { status: 'declined', bookings: 0 },
  '14': { status: 'approved', bookings: 1 },
  '15': { status: 'approved', bookings: 1 },
  '16': { status: 'approved', bookings: 1 },
};

test('the scenarios of §12, each by its account number', async () => {
  expect(Object.keys(PAYNETEASY_SCENARIOS).sort()).toEqual(Object.keys(ENDS).sort());
  const simulator = await simulate();
  const answers: Record<string, unknown> = {};
  for (const digits of Object.keys(ENDS)) {
    const answer = await scenario(simulator, `S-${digits}`, digits).catch(() => undefined);
    answers[digits] = answer && (answer.body['type'] ?? answer.status);
  }
  const { '08': broken, '09': lost, '10': invalid, '14': doubtful, ...rest } = answers;
  expect([broken, lost, invalid, doubtful]).toEqual([500, undefined, 'validation-error', 'error']);
  expect(new Set(Object.values(rest))).toEqual(new Set(['async-response']));
  await sleep(TIMINGS.lateMs + 250);
  for (const [digits, end] of Object.entries(ENDS)) {
    const now = () => {
      const view = simulator.control.order(`S-${digits}`);
      return [digits, view && { status: view.status, bookings: view.bookings }];
    };
    await expect.poll(now).toEqual([digits, end]);
  }
  expect(simulator.control.ledger().totals).toMatchObject({ bookedTwice: 0, bookings: 8 });
});

test('scenarios by the amount where there is no account', async () => {
  const simulator = await simulate({ timings: { ...TIMINGS, declineMs: 0 } });
  const { account_number: _, ...fields } = payoutFields('P-1', { credit_card_number: '4111111111111111' });
  await post(simulator, 'v4/payout/39915', { ...fields, amount: '150.01' });
  expect(simulator.control.order('P-1')?.status).toBe('declined');
});

describe('two steps (§6.3, §6.4)', () => {
  const check = (simulator: Awaited<ReturnType<typeof simulate>>, id: string, digits = '00') =>
    post(
      simulator,
      'v4/payout-check/39915',
      payoutFields(id, { account_number: `DE000000000000000000${digits}` }),
    );
  const pay = (simulator: Awaited<ReturnType<typeof simulate>>, id: string, orderid: string, login = LOGIN) =>
    post(simulator, 'v4/payout-pay/39915', { client_orderid: id, orderid, login });

  test('nothing moves before the second', async () => {
    const simulator = await simulate();
    const orderId = String((await check(simulator, 'T-1')).body['paynet-order-id']);
    await expect.poll(() => simulator.control.order('T-1')?.phase).toBe('ready');
    expect((await status(simulator, 'T-1')).body).toMatchObject({
      status: 'processing',
      'order-stage': 'payout_checked',
      'transaction-type': 'payout-check',
    });
    await sleep(TIMINGS.approveMs * 2);
    expect(simulator.control.order('T-1')).toMatchObject({ bookings: 0 });
    expect((await pay(simulator, 'T-1', '1')).body).toMatchObject({ type: 'error' });
    expect((await pay(simulator, 'T-1', orderId, 'other')).body).toMatchObject({ type: 'validation-error' });
    expect((await pay(simulator, 'T-1', orderId)).body).toMatchObject({ type: 'async-response' });
    await expect.poll(() => simulator.control.order('T-1')?.status).toBe('approved');
    expect(simulator.control.order('T-1')).toMatchObject({ bookings: 1, kind: 'payout' });
    expect((await pay(simulator, 'T-1', orderId)).body).toMatchObject({
      type: 'error',
      'paynet-order-id': orderId,
    });
    expect(simulator.control.order('T-1')).toMatchObject({ bookings: 1 });
    expect(simulator.control.requests('T-1').counts).toMatchObject({
      'payout-check': 1,
      'payout-pay': 4,
      money: 5,
    });
  });

  test('too early, the second is refused', async () => {
    const simulator = await simulate({ timings: { checkMs: 60_000 } });
    const orderId = String((await check(simulator, 'T-1')).body['paynet-order-id']);
    expect((await pay(simulator, 'T-1', orderId)).body).toMatchObject({
      type: 'error',
      'paynet-order-id': orderId,
    });
  });

  test('what is declined is declined by the check', async () => {
    const simulator = await simulate();
    await check(simulator, 'T-1', '02');
    await expect.poll(() => simulator.control.order('T-1')?.status).toBe('filtered');
  });
});

test('the receiver’s form, and the browser’s final redirect (§8, §12)', async () => {
  const back = await receiveCallbacks();
  const simulator = await simulate({ timings: { redirectMs: 600_000 } });
  await scenario(simulator, 'F-1', '04', { redirect_url: back.url });
  const { body } = await status(simulator, 'F-1');
  expect(body).toMatchObject({
    status: 'processing',
    'redirect-to': simulator.control.order('F-1')?.formUrl,
  });
  const url = String(body['redirect-to']);
  expect(await (await fetch(url)).text()).toContain('<form method="post"');
  const ended = await (
    await fetch(url, { method: 'POST', body: new URLSearchParams({ action: 'approve' }) })
  ).text();
  expect(simulator.control.order('F-1')).toMatchObject({ status: 'approved', bookings: 1 });
  expect(ended).toContain(`action="${back.url}"`);
  expect(ended).toContain('name="control"');
  expect((await fetch(url)).status).toBe(404);

  await scenario(simulator, 'F-2', '04');
  expect(simulator.control.answerForm('F-2', false)).toBe(true);
  expect(simulator.control.order('F-2')).toMatchObject({ status: 'declined', bookings: 0 });
  expect(simulator.control.answerForm('F-2', true)).toBe(false);
  // A receiver who leaves.
  await scenario(simulator, 'F-3', '05');
  expect(simulator.control.answerForm('F-3', true)).toBe(false);
});

test('a second payout under the same id gets the same answer, and moves nothing', async () => {
  const simulator = await simulate();
  const [one, two] = [await payout(simulator, 'D-1'), await payout(simulator, 'D-1')];
  expect(two.body['paynet-order-id']).toBe(one.body['paynet-order-id']);
  await expect.poll(() => simulator.control.order('D-1')?.status).toBe('approved');
  expect(simulator.control.order('D-1')?.bookings).toBe(1);
  expect(simulator.control.requests('D-1').counts.payout).toBe(2);
});

test('what is not there cannot be paid', async () => {
  const simulator = await simulate({ merchant: { fundsMinor: { USD: 20_000 } } });
  for (const id of ['P-1', 'P-2']) await payout(simulator, id);
  await expect
    .poll(() => simulator.control.ledger().orders.map(({ status: word }) => word))
    .toEqual(['approved', 'declined']);
});

test('forgets everything when it is told to', async () => {
  const simulator = await simulate();
  await payout(simulator, 'P-1');
  simulator.control.reset();
  expect(simulator.control.ledger().totals.orders).toBe(0);
  expect(simulator.control.requests().counts.money).toBe(0);
});
