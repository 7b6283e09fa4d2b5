import { describe, expect, it } from 'vitest';
import { paymentFromFlags } from '../../cli/payments/create-input.js';
import { printPayment, type ShownPayment } from '../../cli/payments/print-payment.js';
import { recordingIo } from './cli-fixture.js';
import { ok, useGatewayStub } from './gateway-stub.js';

const gateway = useGatewayStub();
const payments = (...argv: string[]) => gateway.payouts('payments', ...argv);

const PAYMENT: ShownPayment = {
  merchant: 'acme',
  paymentId: 'order-7',
  account: 'shop-eur',
  provider: 'eightb_pay',
  orderId: 'pm-1',
  amount: { minor: 10_000, currency: 'EUR' },
  purpose: 'payment',
  status: 'in_review',
  version: 9,
  reason: { code: 'operation_unclear', message: 'Nobody\nknows' },
  transactions: [
    { id: '1', status: 'failed', providerStatus: '99', message: 'Do not honor (05)' },
    { id: '2', status: 'refunded', providerStatus: '4', card: '411111******1111' },
  ],
  refundedMinor: 500,
  operations: [
    {
      operationId: 'r-1',
      kind: 'refund',
      transactionId: '2',
      amount: { minor: 500, currency: 'EUR' },
      status: 'done',
      createdAt: '2026-07-01T09:00:00.000Z',
      updatedAt: '2026-07-01T09:00:00.000Z',
    },
  ],
  hasToken: true,
  createdAt: '2026-07-01T09:00:00.000Z',
  updatedAt: '2026-07-01T09:00:02.000Z',
};

describe('payments get', () => {
  it('shows each try and each operation on a line, for people', () => {
    const { io, out } = recordingIo();
    printPayment(io, PAYMENT);
    expect(out().trimEnd().split('\n')).toEqual([
      'acme/order-7',
      '  status      ? in_review',
      '  why         operation_unclear: Nobody knows',
      '  amount      100.00 EUR',
      '  given back  5.00 EUR',
      '  account     shop-eur (eightb_pay)',
      '  order id    pm-1',
      '  try         1: failed (99)  Do not honor (05)',
      '  try         2: refunded (4)  411111******1111',
      '  refund      r-1: 5.00 EUR, done',
      '  token       kept: the payer can be charged again',
      '  created     2026-07-01T09:00:00.000Z',
      '  changed     2026-07-01T09:00:02.000Z',
    ]);
  });

  it('is one object for programs, with its history where that is asked for', async () => {
    const event = {
      sequence: 2,
      at: '2026-07-01T09:00:01.000Z',
      type: 'operation',
      actor: 'cli:olga',
      data: { operationId: 'r-1', kind: 'refund', status: 'done' },
    };
    gateway.answers = {
      '/v1/payments/order-7': ok(PAYMENT),
      '/v1/payments/order-7/events': ok({ items: [event] }),
    };
    const json = await payments('get', 'order-7', '--merchant', 'acme', '--events', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ paymentId: 'order-7', events: [{ sequence: 2 }] });
    const text = await payments('get', 'order-7', '--merchant', 'acme', '--events');
    expect(text.out).toContain('operation: refund r-1 done  by cli:olga');
    expect(gateway.asked).toContain('GET /v1/payments/order-7?merchant=acme');
  });
});

describe('payments list', () => {
  it('is a table for people, and an object for programs', async () => {
    gateway.answers = { '/v1/payments': ok({ items: [PAYMENT], nextCursor: 'n-1' }) };
    const { out } = await payments('list', '--status', 'in_review');
    expect(out.split('\n').map((line) => line.trimEnd())).toEqual([
      'CREATED              PAYMENT       STATUS           AMOUNT  GIVEN BACK  ACCOUNT   NOTE',
      '2026-07-01 09:00:00  acme/order-7  ? in_review  100.00 EUR    5.00 EUR  shop-eur  Nobody knows',
      'More: --cursor n-1',
      '',
    ]);
    expect(gateway.asked).toEqual(['GET /v1/payments?limit=50&status=in_review']);
    const json = await payments('list', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ items: [{ paymentId: 'order-7' }], nextCursor: 'n-1' });
    gateway.answers = { '/v1/payments': ok({ items: [] }) };
    expect((await payments('list')).out).toBe('No payments.\n');
  });
});

describe('payments create', () => {
  const now = () => Date.parse('2026-07-01T09:00:00.000Z');
  const flags = {
    merchant: 'acme',
    account: 'shop-eur',
    amount: '2500',
    currency: 'EUR',
    email: 'anna@shop.example',
    returnUrl: 'https://shop.example/paid',
  };

  it('makes the request that its options say', () => {
    expect(paymentFromFlags({ now }, 'order-7', flags)).toEqual({
      merchant: 'acme',
      paymentId: 'order-7',
      account: 'shop-eur',
      amount: { minor: 2500, currency: 'EUR' },
      purpose: 'payment',
      description: 'Payment order-7',
      payer: { email: 'anna@shop.example' },
      language: 'en',
      returnUrls: { success: 'https://shop.example/paid' },
      expiresAt: '2026-07-01T10:00:00.000Z',
    });
    const more = {
      ...flags,
      expires: '2026-08-01T00:00:00+02:00',
      keepCard: true,
      recurrentOf: 'order-1',
    } as const;
    expect(paymentFromFlags({ now }, 'order-8', more)).toMatchObject({
      expiresAt: '2026-07-31T22:00:00.000Z',
      keepCard: true,
      recurrentOf: 'order-1',
    });
  });

  it('names every bad option at once, as it was typed', async () => {
    const { code, err } = await payments('create', 'order 7', '--amount', '25.00', '--expires', 'soon');
    expect(code).toBe(2);
    for (const name of [
      'the payment id',
      '--merchant',
      '--account',
      '--amount',
      '--email',
      '--return-url',
      '--expires',
    ]) {
      expect(err).toContain(`${name}: `);
    }
  });
});

it.each([
  [['refund', 'order-7', '--merchant', 'acme'], "required option '--operation-id <id>'"],
  [
    ['refund', 'o', '--merchant', 'm', '--operation-id', 'r', '--amount', '5'],
    '--amount and --currency go together',
  ],
  [['void', 'o', '--merchant', 'm', '--operation-id', 'r', '--amount', '5'], "unknown option '--amount'"],
  [['settle', 'o', '--merchant', 'm', '--reason', 'x', '--verdict', 'maybe'], 'Allowed choices are done'],
  [['list', '--status', 'paid'], 'Allowed choices are created'],
])('refuses %j with exit code 2', async (argv, words) => {
  const { code, err } = await payments(...argv);
  expect(err).toContain(words);
  expect(code).toBe(2);
});

it.each(['create', 'get', 'list', 'refund', 'void', 'complete', 'settle'])(
  '%s has examples',
  async (name) => {
    const { code, out } = await payments(name, '--help');
    expect(code).toBe(0);
    expect(out).toContain('Examples:\n  $ ');
  },
);

describe('payments report', () => {
  const line = (verdict: string, more: object = {}) => ({
    ...{ verdict, transactionId: '197', orderId: 'pm-1', differences: [] },
    ...more,
  });
  const match = line('match', {
    ...{ merchant: 'acme', paymentId: 'order-7', createdAt: '2026-07-01T09:00:00.000Z' },
    reported: { status: 'paid', minor: 10_000, currency: 'EUR' },
    recorded: { status: 'paid', minor: 10_000, currency: 'EUR' },
  });
  const report = (...items: object[]) => {
    gateway.answers = { '/v1/accounts/shop-eur/payment-report': ok({ account: 'shop-eur', items }) };
  };

  it('is exit code 0 where all match', async () => {
    report(match);
    const { code, out } = await payments('report', 'shop-eur');
    expect([code, out.split('\n').at(-2)]).toEqual([0, '1 of 1 transactions match.']);
    expect(out).toMatch(/✔ +2026-07-01 09:00:00 +acme\/order-7 +197 +paid +paid/);
  });

  it('is exit code 1 where something does not, and says what', async () => {
    report(
      match,
      line('differs', { differences: ['status: refunded there, paid here'] }),
      line('unknown_to_us'),
    );
    const { code, out } = await payments('report', 'shop-eur');
    expect(code).toBe(1);
    expect(out).toContain('status: refunded there, paid here');
    expect(out).toContain('the journal does not know it');
    expect(out).toContain('1 of 3 transactions match.');
  });

  it('has all of it for programs and spreadsheets, with the same exit code', async () => {
    report(match, line('missing_at_provider', { recorded: { status: 'paid' } }));
    const json = await payments('report', 'shop-eur', '--json');
    expect([json.code, (JSON.parse(json.out) as { items: unknown[] }).items]).toEqual([
      1,
      [match, line('missing_at_provider', { recorded: { status: 'paid' } })],
    ]);
    const csv = await payments('report', 'shop-eur', '--csv');
    expect(csv.code).toBe(1);
    expect(csv.out.split('\r\n').slice(0, 2)).toEqual([
      'verdict,merchant,paymentId,orderId,transactionId,createdAt,reportedStatus,reportedMinor,reportedCurrency,' +
        'recordedStatus,recordedMinor,recordedCurrency,differences',
      'match,acme,order-7,pm-1,197,2026-07-01T09:00:00.000Z,paid,10000,EUR,paid,10000,EUR,',
    ]);
  });
});
