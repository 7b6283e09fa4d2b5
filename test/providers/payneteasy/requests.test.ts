import { describe, expect, it } from 'vitest';
import type { Order } from '../../../providers/port.js';
import { BANK_ORDER, CARD_ORDER, never, PAN, prepared, providerAt, REFERENCE_ORDER } from './fixtures.js';
import { CLIENT_ORDER_ID, CONTROL_KEY, CONTROLS, LOGIN, RSA } from './vectors.js';
import { statusBody, payBody, payoutBody } from '../../../providers/payneteasy/requests.js';
import { configOf } from './fixtures.js';

const COMMON = { client_orderid: CLIENT_ORDER_ID, amount: '150.50', currency: 'USD' };
const body = (order: Order, changes: Record<string, unknown> = {}) =>
  payoutBody(order, configOf(changes)).fields;

describe('a payout (§6.1)', () => {
  it('to a bank account, with all that may be said', () => {
    const order: Order = {
      ...BANK_ORDER,
      recipient: {
        id: 'r',
        firstName: 'Anna',
        lastName: 'Petrova',
        middleName: 'I',
        phone: '79160001122',
        email: 'a@b.c',
      },
      description: ' Payout 1 ',
      returnUrls: { success: 'https://pay.example/return/1', failure: 'https://pay.example/no' },
      providerFields: { bank_name: 'Example Bank', account_name: 'A. Petrova' },
      metadata: { run: '7' },
      callbackUrl: 'https://pay.example/cb/pne',
    };
    expect(body(order)).toEqual({
      ...COMMON,
      order_desc: 'Payout 1',
      redirect_url: 'https://pay.example/return/1',
      account_number: 'DE00123456780000000001',
      routing_number: '044525225',
      first_name: 'Anna',
      last_name: 'Petrova',
      phone: '79160001122',
      bank_name: 'Example Bank',
      account_name: 'A. Petrova',
      server_callback_url: 'https://pay.example/cb/pne',
    });
  });

  it('to a card, and to a stored one', () => {
    expect(body(CARD_ORDER)).toEqual({ ...COMMON, credit_card_number: PAN });
    expect(body(REFERENCE_ORDER)).toEqual({ ...COMMON, 'destination-card-ref-id': '98765' });
  });

  it('as the account has it', () => {
    const called = { ...BANK_ORDER, callbackUrl: 'https://pay.example/cb', recipient: { firstName: 'Anna' } };
    const { client_orderid: _, ...rest } = COMMON;
    expect(
      body(called, {
        orderIdField: 'client-order-id',
        bankCodeField: 'none',
        callbackField: 'notify_url',
        allowedFields: [],
      }),
    ).toEqual({
      ...rest,
      'client-order-id': CLIENT_ORDER_ID,
      account_number: 'DE00123456780000000001',
      notify_url: 'https://pay.example/cb',
    });
    expect(body(called, { callbackField: 'none' })).not.toHaveProperty('server_callback_url');
    expect(body(BANK_ORDER, { bankCodeField: 'bank_branch' })).toMatchObject({ bank_branch: '044525225' });
  });

  it('is the same, byte for byte, whenever it is built', async () => {
    const [one, two] = [
      providerAt('http://127.0.0.1:1', {}, { now: () => 1 }),
      providerAt('http://127.0.0.1:1'),
    ];
    const [a, b] = [await prepared(one, CARD_ORDER), await prepared(two, CARD_ORDER)];
    expect(Buffer.from(a.exact)).toEqual(Buffer.from(b.exact));
    expect(Buffer.from(a.exact).toString()).toBe(
      `client_orderid=${CLIENT_ORDER_ID}&amount=150.50&currency=USD&credit_card_number=${PAN}`,
    );
  });

  it('is encoded as it is signed', () => {
    const order = {
      ...BANK_ORDER,
      description: RSA.fields.order_desc,
      callbackUrl: RSA.fields.server_callback_url,
    };
    const text = payoutBody(order, configOf()).bytes.toString();
    expect(text).toContain('order_desc=Payout%20%231%20%28Anna%27s%29');
    expect(text).toContain('server_callback_url=https%3A%2F%2Fpay.example%2Fcb%2Fpne%3Fx%3D1');
  });
});

it('payout-pay (§6.4)', () => {
  expect(payBody(BANK_ORDER.orderId, '6768788', configOf()).fields).toEqual({
    client_orderid: CLIENT_ORDER_ID,
    orderid: '6768788',
    login: LOGIN,
  });
});

describe('status (§6.5)', () => {
  const { orderId } = BANK_ORDER;
  const asked = { login: LOGIN, client_orderid: CLIENT_ORDER_ID };

  it('v2 carries a control, with and without the gateway id', () => {
    expect(statusBody({ orderId, providerOrderId: '6768788' }, configOf()).fields).toEqual({
      ...asked,
      orderid: '6768788',
      control: CONTROLS.status,
    });
    expect(statusBody({ orderId }, configOf()).fields).toEqual({
      ...asked,
      control: CONTROLS.statusWithoutOrderId,
    });
  });

  it('v4 carries none', () => {
    expect(statusBody({ orderId }, configOf({ statusVersion: 'v4' })).fields).toEqual(asked);
  });
});

describe('addresses of ours that cannot be sent (§6.1, §8)', () => {
  const long = `https://pay.example/${'x'.repeat(120)}`;
  const prepare = (more: Partial<Order>, changes: object = {}) =>
    providerAt('http://127.0.0.1:1', { callbackPorts: 'documented', ...changes }).prepare(
      'execute',
      { ...BANK_ORDER, ...more },
      never,
    );

  it.each<[string, Partial<Order>]>([
    ['a long callback address', { callbackUrl: long }],
    ['a long return address', { returnUrls: { success: long } }],
    ['a port that is never called', { callbackUrl: 'https://pay.example:9443/cb' }],
    ['http on the port of https', { callbackUrl: 'http://pay.example:8443/cb' }],
  ])('%s: not sent, in words', async (_what, more) => {
    expect(await prepare(more)).toMatchObject({ kind: 'not_sent', code: 'unfit_address' });
  });

  it.each([
    'http://pay.example/cb',
    'http://pay.example:8080/cb',
    'https://pay.example/cb',
    'https://pay.example:8443/cb',
  ])('%s may be called', async (callbackUrl) =>
    expect(await prepare({ callbackUrl })).toHaveProperty('exact'),
  );

  it('what is not sent is not looked at', async () => {
    expect(await prepare({ callbackUrl: long }, { callbackField: 'none' })).toHaveProperty('exact');
    const odd = { callbackUrl: 'http://127.0.0.1:9999/cb' };
    expect(await prepare(odd, { callbackPorts: 'any' })).toHaveProperty('exact');
  });
});

it('no secret stands in a request', () => {
  const all = [
    payoutBody(CARD_ORDER, configOf()),
    payBody(BANK_ORDER.orderId, '1', configOf()),
    statusBody(BANK_ORDER, configOf()),
  ];
  for (const { bytes } of all) expect(bytes.toString()).not.toContain(CONTROL_KEY);
});
