import { describe, expect, test } from 'vitest';
import {
  HEADERS,
  LOGIN,
  cardStarting,
  perform,
  performBody,
  post,
  register,
  registerBody,
  simulate,
  status,
} from './support.js';

/** Row, method, what is wrong, HTTP status, code, message. */
type Case = readonly [
  row: number,
  wrong: Record<string, unknown>,
  status: number,
  code: string,
  message: RegExp,
];

const SBP = { phone: '79160001122', bankId: '100000000999', lastName: 'Сидоров', firstName: 'Олег' };

const PERFORM: Case[] = [
  [4, { orderNumber: undefined }, 400, '98', /^\[orderNumber\] is a required parameter$/],
  [4, { amount: undefined }, 400, '98', /^\[amount\] is a required parameter$/],
  [4, { currency: undefined }, 400, '98', /^\[currency\] is a required parameter$/],
  [4, { target: undefined }, 400, '98', /^\[target\] is a required parameter$/],
  [4, { target: { ...SBP, bankId: undefined } }, 400, '98', /^\[target.bankId\] is a required/],
  [5, { amount: '10050' }, 400, '98', /^\[amount\] does not match required pattern/],
  [5, { amount: 100.5 }, 400, '98', /^\[amount\] does not match/],
  [5, { amount: 0 }, 400, '98', /^\[amount\] does not match/],
  [5, { amount: 1_000_000_000_000 }, 400, '98', /^\[amount\] does not match/],
  [5, { orderNumber: 'x'.repeat(33) }, 400, '98', /^\[orderNumber\] does not match/],
  [5, { orderNumber: 'a/b' }, 400, '98', /^\[orderNumber\] does not match/],
  [5, { orderNumber: 17 }, 400, '98', /^\[orderNumber\] does not match/],
  [5, { description: 'x'.repeat(599) }, 400, '98', /^\[description\] does not match/],
  [5, { language: 'eng' }, 400, '98', /^\[language\] does not match/],
  [5, { client: { phone: '79160001122' } }, 400, '98', /^\[client.phone\] does not match/],
  [5, { client: { name: 'x'.repeat(25) } }, 400, '98', /^\[client.name\] does not match/],
  [5, { client: { clientId: 'x'.repeat(31) } }, 400, '98', /^\[client.clientId\] does not match/],
  [5, { jsonParams: { deep: { er: 1 } } }, 400, '98', /^\[jsonParams.deep\] does not match/],
  [5, { target: { pan: '2200000000000005' } }, 400, '98', /^\[target.pan\] does not match/],
  [5, { target: { pan: 2200000000000004 } }, 400, '98', /^\[target.pan\] does not match/],
  [5, { target: { ...SBP, phone: '+79160001122' } }, 400, '98', /^\[target.phone\] does not match/],
  [5, { target: { ...SBP, phone: '9160001122' } }, 400, '98', /^\[target.phone\] does not match/],
  [5, { target: { ...SBP, lastName: 'Sidorov' } }, 400, '98', /^\[target.lastName\] does not match/],
  [
    6,
    { urls: {} },
    400,
    '98',
    /^Errors while parsing incoming request: \[urls\] is not set for method \[performPayout\]$/,
  ],
  [6, { target: { pin: '1' } }, 400, '98', /\[target.pin\] is not set/],
  [7, { target: { pan: '2200000000000004', bindingId: 'b' } }, 400, '98', /^Invalid request$/],
  [7, { target: { pan: '2200000000000004', ...SBP } }, 400, '98', /^Invalid request$/],
  [7, { target: {} }, 400, '98', /^Invalid request$/],
  [7, { target: { seToken: 'abc' } }, 400, '98', /^Invalid request$/],
  [10, { currency: 'RUB' }, 400, '98', /^Currency does not match required pattern$/],
  [10, { currency: 643 }, 400, '98', /^Currency does not match/],
  [12, { password: undefined }, 400, '98', /^userName and password are mandatory fields$/],
  [12, { userName: undefined }, 400, '98', /^userName and password are mandatory/],
  [4, { source: {} }, 400, '98', /^\[source.bindingId\] is a required parameter$/],
  [14, { source: { bindingId: 'recipients' } }, 400, '98', /^Source is not specified or is incorrect/],
  [14, { source: { bindingId: 'of-another' } }, 400, '98', /^Source is not specified or is incorrect/],
  [17, { userName: 'stranger' }, 401, '90', /^User not authenticated$/],
  [18, { password: 'wrong' }, 401, '90', /^Wrong password for user \[acme-api\]$/],
  [21, { merchantLogin: 'nobody' }, 500, '99', /^No merchant settings available$/],
];

const BEFORE_THE_BANK: Case[] = [
  [11, { target: { pan: cardStarting('400000') } }, 400, '98', /^Card affiliation does not match/],
  [28, { source: { bindingId: 'none' } }, 502, '99', /^Unable to get card data for specified/],
  [
    28,
    { target: { bindingId: 'none' }, client: { clientId: 'c' } },
    502,
    '99',
    /^Unable to get card data for specified/,
  ],
  [
    29,
    { target: { pan: cardStarting('000000') } },
    502,
    '204',
    /^Cannot find any bin range in db for \[000000\]$/,
  ],
  [
    32,
    { target: { pan: cardStarting('999999') } },
    502,
    '98',
    /^Mrbin\u2423can't\u2423find\u2423this\u2423card$/,
  ],
];

function titled(row: Case): [number, string, Case] {
  return [row[0], JSON.stringify(row[1]).slice(0, 60), row];
}

describe('performPayout', () => {
  test.each(PERFORM)(
    'row %i: %j is refused without an order',
    async (_row, wrong, httpStatus, code, message) => {
      const simulator = await simulate({ merchants: ['acme'], logins: { 'b-api': { password: 'b' } } });
      const card = { pan: '2200000000000004', clientId: 'c' };
      await simulator.control.bind({ ...card, bindingId: 'recipients' });
      await simulator.control.bind({
        ...card,
        bindingId: 'of-another',
        direction: 'source',
        login: 'b-api',
      });
      const refused = await post(simulator, 'performPayout', { ...performBody('PO-1'), ...wrong });
      expect(refused.status).toBe(httpStatus);
      expect(refused.body).toMatchObject({
        errorCode: code,
        errorMessage: expect.stringMatching(message) as string,
      });
      expect((await simulator.control.ledger()).totals.orders).toBe(0);
      expect((await status(simulator, 'PO-1')).body['errorMessage']).toMatch(
        /^Order not found in payout proxy/,
      );
    },
  );

  test.each(BEFORE_THE_BANK.map(titled))(
    'row %i, %s: leaves an unregistered order',
    async (_row, _title, [, wrong, httpStatus, code, message]) => {
      const simulator = await simulate({ duplicateOrder: 'executeAgain' });
      const refused = await perform(simulator, 'PO-1', 10_000, wrong);
      expect([refused.status, refused.body['errorCode']]).toEqual([httpStatus, code]);
      expect(refused.body['errorMessage']).toMatch(message);
      const row16 =
        'The order[PO-1] is not registered in the gateway and contains errors. Please register a new order.';
      expect(await status(simulator, 'PO-1')).toMatchObject({
        status: 400,
        body: { errorCode: '98', errorMessage: row16 },
      });
      expect((await perform(simulator, 'PO-1')).body['errorMessage']).toBe(row16);
      expect(await simulator.control.order('PO-1')).toMatchObject({
        status: '-1',
        rejected: true,
        bookings: 0,
      });
    },
  );

  test('row 1: not enough funds, counted over all bookings', async () => {
    const simulator = await simulate({ transitBalanceMinor: 15_000 });
    expect((await perform(simulator, 'PO-1', 10_000)).body['orderStatus']).toBe('2');
    const refused = await perform(simulator, 'PO-2', 10_000);
    expect(refused).toMatchObject({ status: 200, body: { errorCode: '116', orderStatus: '6' } });
    expect((await perform(simulator, 'PO-3', 5_000)).body['orderStatus']).toBe('2');
  });

  test('row 15: the client must have a name where that is configured', async () => {
    const simulator = await simulate({ requireClientName: true });
    expect((await perform(simulator, 'PO-1')).body['errorMessage']).toBe(
      'Invalid request. client.name is empty',
    );
    expect((await perform(simulator, 'PO-1', 10_000, { client: { name: 'Anna' } })).body['orderStatus']).toBe(
      '2',
    );
  });

  test('accepts the other spelling of the user name', async () => {
    const simulator = await simulate();
    const { userName, ...rest } = performBody('PO-1');
    expect(
      (await post(simulator, 'performPayout', { ...rest, username: userName })).body['orderStatus'],
    ).toBe('2');
  });
});

describe('registerPayout', () => {
  const refused: [Record<string, unknown>, RegExp][] = [
    [{ urls: undefined }, /^\[urls.returnUrl\] is a required parameter$/],
    [{ urls: { failUrl: 'https://shop.example/' } }, /^\[urls.returnUrl\] is a required parameter$/],
    [{ urls: { returnUrl: '/ok' } }, /^\[urls.returnUrl\] does not match/],
    [{ urls: { returnUrl: 'javascript:alert(1)' } }, /^\[urls.returnUrl\] does not match/],
    [{ urls: { returnUrl: 'https://shop.example/', failUrl: 'shop' } }, /^\[urls.failUrl\] does not match/],
    [{ sessionTimeoutSecs: '900' }, /^\[sessionTimeoutSecs\] does not match/],
    [{ target: { pan: '2200000000000004' } }, /\[target\] is not set for method \[registerPayout\]$/],
  ];
  test.each(refused)('%j is refused', async (wrong, message) => {
    const simulator = await simulate();
    const answer = await post(simulator, 'registerPayout', { ...registerBody('PO-1'), ...wrong });
    expect(answer).toMatchObject({ status: 400, body: { errorCode: '98', orderNumber: 'PO-1' } });
    expect(answer.body['errorMessage']).toMatch(message);
    expect(answer.body).not.toHaveProperty('formUrl');
    expect((await register(simulator, 'PO-1')).body['errorCode']).toBe('0');
  });
});

describe('getPayoutStatus', () => {
  test('row 8 without an id, row 9 for what nobody or somebody else registered, row 6 for what it does not know', async () => {
    const simulator = await simulate({ logins: { 'b-api': { password: 'b' } } });
    const orderId = (await perform(simulator, 'PO-1')).body['orderId'];
    const ask = async (body: object) =>
      (await post(simulator, 'getPayoutStatus', { ...LOGIN, ...body })).body['errorMessage'];
    expect(await ask({})).toBe('No order identification provided to find order in database');
    expect(await ask({ orderNumber: 'none' })).toMatch(/^Order not found in payout proxy/);
    expect(await ask({ orderId, userName: 'b-api', password: 'b' })).toMatch(
      /^Order not found in payout proxy/,
    );
    expect(await ask({ orderNumber: 'PO-1', amount: 1 })).toMatch(
      /\[amount\] is not set for method \[getPayoutStatus\]/,
    );
  });
});

describe('the envelope', () => {
  test('row 7 for a wrong Accept, row 23 for what is not JSON in UTF-8', async () => {
    const simulator = await simulate();
    const send = (headers: Record<string, string>, body: unknown = performBody('PO-1')) =>
      post(simulator, 'performPayout', body, { headers });
    const parse = {
      status: 500,
      body: { errorCode: '99', errorMessage: 'Failed to parse incoming request for [performPayout]' },
    };
    expect(await send({ ...HEADERS, accept: 'application/json' })).toMatchObject({
      status: 400,
      body: { errorMessage: 'Invalid request' },
    });
    expect(await send({ ...HEADERS, 'content-type': 'application/json' })).toMatchObject(parse);
    expect(await send({ ...HEADERS, 'content-type': 'text/plain; charset=UTF-8' })).toMatchObject(parse);
    expect(await send(HEADERS, '{"amount":')).toMatchObject(parse);
    expect(await send(HEADERS, '[]')).toMatchObject(parse);
    expect((await simulator.control.ledger()).totals.orders).toBe(0);
    expect((await send({ ...HEADERS, accept: 'application/json;version=2.0, */*' })).status).toBe(200);
  });

  test('row 19: anything else is not there, and says so in HTML', async () => {
    const { baseUrl } = await simulate();
    for (const [method, path] of [
      ['GET', 'performPayout.do'],
      ['POST', 'keys.do'],
      ['GET', 'createTargetBindingId.do'],
      ['POST', 'getBalance.do'],
      ['POST', 'echo'],
    ]) {
      const answer = await fetch(`${baseUrl}/${path}`, { method: method ?? '' });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8']);
    }
  });
});
