import { describe, expect, it } from 'vitest';
import { interpretMoney } from '../../../providers/all2pay/interpret-money.js';
import { interpretStatus } from '../../../providers/all2pay/interpret-status.js';
import { NOW, ORDER_ID, PAID, PAID_BODY, PAN, readingOf, response } from './fixtures.js';

const money = (body: unknown, status = 200, type?: string) =>
  interpretMoney('execute', response(status, body, type), readingOf());
const register = (body: unknown, status = 200) =>
  interpretMoney('register', response(status, body), readingOf());
const status = (body: unknown, http = 200) => interpretStatus(response(http, body), readingOf());
const contradiction = expect.objectContaining({
  kind: 'answered',
  progress: expect.objectContaining({ kind: 'contradiction' }) as unknown,
}) as unknown;

describe('success (§10.2)', () => {
  it('needs code 0, status 2 and our own order number, amount and currency', () => {
    expect(money(PAID_BODY)).toEqual({ kind: 'answered', progress: PAID });
    expect(status(PAID_BODY)).toEqual({ kind: 'answered', progress: PAID });
  });

  it('is read from numbers, strings, nulls, a missing orderId and a wrong content type alike', () => {
    const { orderId: _, ...body } = PAID_BODY;
    const odd = { ...body, errorCode: 0, amount: '10050', currency: 643, orderStatus: 2, actionCode: null };
    expect(money(odd, 200, 'text/html')).toEqual({ kind: 'answered', progress: PAID });
    expect(money('\ufeff' + JSON.stringify(odd))).toEqual({ kind: 'answered', progress: PAID });
  });

  it('falls back to the orderId as reference', () => {
    expect(money({ ...PAID_BODY, operationList: undefined })).toMatchObject({
      progress: { kind: 'paid', reference: PAID_BODY.orderId, paidAt: undefined },
    });
  });

  it.each([
    ['another error code', { errorCode: '7' }],
    ['no error code', { errorCode: undefined }],
    ['another order number', { orderNumber: 'PO-other' }],
    ['no order number', { orderNumber: undefined }],
    ['another amount', { amount: 10_051 }],
    ['an amount with decimals', { amount: '100.50' }],
    ['no amount', { amount: undefined }],
    ['another currency', { currency: '398' }],
    ['no currency', { currency: undefined }],
    ['a credit that failed', { operationList: [{ operationType: 'P2P_CREDIT', resultCode: 5 }] }],
    [
      'two credits',
      {
        operationList: [
          { operationType: 'P2P_CREDIT', resultCode: 0 },
          { operationType: 'P2P_CREDIT', resultCode: '0' },
        ],
      },
    ],
  ])('is a contradiction with %s', (_what, change) => {
    expect(money({ ...PAID_BODY, ...change })).toEqual(contradiction);
    expect(status({ ...PAID_BODY, ...change })).toEqual(contradiction);
  });

  it('is not believed where another amount was credited; the fee may be missing from it only where it is deducted', () => {
    const credited = (amount: unknown, feeMode: string) => {
      const operationList = [{ operationType: 'P2P_CREDIT', resultCode: 0, amount }];
      const body = { ...PAID_BODY, fee: 50, operationList };
      return interpretStatus(response(200, body), readingOf({ feeMode }));
    };
    const paid = { kind: 'answered', progress: { kind: 'paid', feeMinor: 50 } };
    for (const amount of [10_050, '10050', undefined, 'unreadable']) {
      expect(credited(amount, 'added')).toMatchObject(paid);
    }
    expect(credited(10_000, 'added')).toEqual(contradiction);
    expect(credited(10_000, 'deducted')).toMatchObject(paid);
    expect(credited(10_050, 'deducted')).toMatchObject(paid);
    expect(credited(9_999, 'deducted')).toEqual(contradiction);
  });

  it('is not believed in an HTTP error', () => {
    expect(money(PAID_BODY, 502).kind).toBe('unknown');
  });

  it('does not mind a failed check before the credit, but reports operations that it does not know', () => {
    const reading = readingOf();
    const operationList = [{ operationType: 'P2P_MAGIC', resultCode: 9 }, ...PAID_BODY.operationList];
    const answer = interpretStatus(response(200, { ...PAID_BODY, operationList }), reading);
    expect(answer).toEqual({ kind: 'answered', progress: PAID });
    expect(reading.unmapped).toMatchObject([{ what: 'operation_type', code: 'P2P_MAGIC' }]);
  });
});

describe('orderStatus (§10.1)', () => {
  const order = { errorCode: '0', orderNumber: ORDER_ID, amount: 10_050, currency: '643' };

  it.each(['-1', '0', '1', '5', '7', '8'])('%s is pending', (orderStatus) => {
    expect(money({ ...order, orderStatus })).toMatchObject({
      kind: 'answered',
      progress: { kind: 'pending' },
    });
    expect(status({ ...order, orderStatus })).toMatchObject({
      kind: 'answered',
      progress: { kind: 'pending' },
    });
  });

  it.each(['3', '4'])('%s cannot be: a contradiction', (orderStatus) => {
    expect(money({ ...order, orderStatus })).toEqual(contradiction);
    expect(status({ ...order, orderStatus })).toEqual(contradiction);
  });

  it('anything else is unknown and reported, and so is none', () => {
    const reading = readingOf();
    expect(interpretStatus(response(200, { ...order, orderStatus: '9' }), reading).kind).toBe('unknown');
    expect(reading.unmapped).toEqual([{ call: 'status', what: 'order_status', http: 200, code: '9' }]);
    expect(status({ ...order, orderStatus: '__proto__' }).kind).toBe('unknown');
    expect(status(order).kind).toBe('unknown');
    expect(money(order).kind).toBe('unknown');
  });

  it('6 is a decline, in the words of its action code', () => {
    expect(status({ ...order, orderStatus: '6', actionCode: 5 })).toEqual({
      kind: 'answered',
      progress: { kind: 'not_paid', class: 'declined', code: '5', message: 'Refused by the network' },
    });
    expect(
      status({
        ...order,
        orderStatus: 6,
        actionCode: '902',
        actionCodeDescription: `Card ${PAN} restricted`,
      }),
    ).toMatchObject({ progress: { code: '902', message: 'Card *** restricted' } });
    expect(status({ ...order, orderStatus: '6' })).toMatchObject({
      progress: { class: 'declined', code: 'declined' },
    });
  });

  it('6 with -2007 is expired', () => {
    expect(status({ ...order, orderStatus: '6', actionCode: -2007 })).toMatchObject({
      progress: { kind: 'not_paid', class: 'expired', code: '-2007' },
    });
  });

  it('6 is no decline while the action code says otherwise, or money moved', () => {
    expect(status({ ...order, orderStatus: '6', actionCode: -2027 })).toMatchObject({
      progress: { kind: 'pending' },
    });
    expect(status({ ...order, orderStatus: '6', actionCode: -3003 })).toMatchObject({
      progress: { kind: 'pending' },
    });
    const operationList = [{ operationType: 'P2P_CREDIT', resultCode: 0 }];
    expect(status({ ...order, orderStatus: '6', operationList })).toEqual(contradiction);
  });

  it('6 of another order says nothing about ours', () => {
    expect(status({ ...order, orderNumber: 'PO-x', orderStatus: '6' })).toEqual(contradiction);
  });

  it('follows the configuration', () => {
    const reading = readingOf({ orderStatusMap: { '8': 'review', '42': 'pending' } });
    const read = (orderStatus: string) => interpretStatus(response(200, { ...order, orderStatus }), reading);
    expect(read('8')).toEqual(contradiction);
    expect(read('42')).toMatchObject({ progress: { kind: 'pending' } });
  });
});

describe('answers that are no JSON (§11.2 rule 6)', () => {
  it.each([401, 404])('HTTP %i to a money call: refused', (http) => {
    for (const body of ['', '<html></html>', '{"errorCode":']) {
      expect(money(body, http)).toMatchObject({ progress: { kind: 'not_paid', class: 'refused' } });
    }
  });

  it.each([200, 201, 302, 400, 403, 429, 500, 502, 503, 504])('HTTP %i to a money call: unknown', (http) => {
    for (const body of ['', '<html></html>', '{"errorCode":', '"JSON, but"', '[]']) {
      expect(money(body, http)).toMatchObject({ kind: 'unknown' });
      expect(money(body, http)).not.toHaveProperty('suspected');
    }
  });

  it.each([200, 401, 404, 502])('HTTP %i to a status query: unknown', (http) => {
    expect(status('', http).kind).toBe('unknown');
  });

  it('a JSON answer under a wrong content type counts as none where the configuration is strict', () => {
    const reading = readingOf({ lenientContentType: false });
    expect(interpretMoney('execute', response(200, PAID_BODY, 'text/html'), reading).kind).toBe('unknown');
    expect(
      interpretMoney('execute', response(200, PAID_BODY, 'application/json;charset=utf-8'), reading),
    ).toEqual({
      kind: 'answered',
      progress: PAID,
    });
  });
});

it('what the transport says stays what it is', () => {
  const notSent = { kind: 'not_sent', code: 'ECONNREFUSED', message: 'x' } as const;
  expect(interpretMoney('execute', notSent, readingOf())).toEqual(notSent);
  expect(interpretStatus({ ...notSent, kind: 'unknown' }, readingOf())).toEqual({
    ...notSent,
    kind: 'unknown',
  });
});

describe('the page (§5)', () => {
  const formUrl = 'https://pay.bank.example/payment_en.html?mdOrder=5b0c';
  const body = { errorCode: '0', orderNumber: ORDER_ID, orderId: '5b0c', formUrl };

  it('is a redirect that expires with the session', () => {
    const expiresAt = new Date(NOW + 1_200_000).toISOString();
    expect(register(body)).toEqual({
      kind: 'answered',
      progress: { kind: 'action_required', action: { type: 'redirect', url: formUrl, expiresAt } },
    });
  });

  it.each([
    ['no page', { formUrl: undefined }],
    ['a page that is no web address', { formUrl: 'javascript:alert(1)' }],
    ['a relative page', { formUrl: '/payment' }],
  ])('%s is unknown', (_what, change) => {
    expect(register({ ...body, ...change }).kind).toBe('unknown');
  });

  it('is not shown for another order, after an error, or once the order is final', () => {
    expect(register({ ...body, orderNumber: 'PO-x' })).toEqual(contradiction);
    expect(register({ ...body, errorCode: '99' }, 500).kind).toBe('unknown');
    expect(register({ ...body, orderStatus: '6' })).toMatchObject({ progress: { kind: 'not_paid' } });
  });

  it('is nothing that performPayout can ask for', () => {
    expect(money(body).kind).toBe('unknown');
  });
});

it('keeps confidential values and long digits out of words', () => {
  const errorMessage = `Wrong password for user acme-api: hunter2! card ${PAN} phone 79160001122 a@b.ru`;
  const answer = money({ errorCode: '90', errorMessage }, 401);
  expect(answer).toMatchObject({
    progress: { message: 'Wrong password for user ***: *** card *** phone *** ***' },
  });
});
