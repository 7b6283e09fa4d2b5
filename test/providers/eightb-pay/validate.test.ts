import { describe, expect, it } from 'vitest';
import type { PaymentId, OrderId } from '../../../domain/ids.js';
import type { PaymentRequest } from '../../../domain/payment.js';
import { eightbPayConfig } from '../../../providers/eightb-pay/config.js';
import { eightbPay } from '../../../providers/eightb-pay/index.js';
import { MINIMAL, providerAt, REQUEST } from './fixtures.js';

const fieldsOf = (request: Partial<PaymentRequest>, settings = {}) =>
  providerAt('http://127.0.0.1:1', settings)
    .validate({ ...REQUEST, ...request })
    .map(({ field }) => field);

describe('a request', () => {
  it.each<[string, Partial<PaymentRequest>, object?]>([
    ['as it is', {}],
    [
      'with everything',
      { payer: { email: 'a@b', id: 'u', ip: '2001:db8::1' }, keepCard: true, providerFields: { site: 'x' } },
    ],
    ['in every currency', { amount: { minor: 1, currency: 'UZS' } }],
    ['by token', { recurrentOf: 'p-0' as PaymentId }],
    ['a verification that the account can do', { purpose: 'card_verification' }, { cardVerification: true }],
    ['255 characters', { description: 'ü'.repeat(255) }],
    ['without failure URL', { returnUrls: { success: 'https://shop.example/ok' } }],
  ])('%s is fine', (_what, request, settings) => {
    expect(fieldsOf(request, settings)).toEqual([]);
  });

  const url = (length: number) => `https://shop.example/${'a'.repeat(length - 21)}`;
  it.each<[string, Partial<PaymentRequest>, string, object?]>([
    ['another currency', { amount: { minor: 1, currency: 'RUB' } }, 'amount.currency'],
    ['nothing', { amount: { minor: 0, currency: 'USD' } }, 'amount.minor'],
    ['a fraction', { amount: { minor: 1.5, currency: 'USD' } }, 'amount.minor'],
    ['eleven digits', { amount: { minor: 10_000_000_000, currency: 'USD' } }, 'amount.minor'],
    ['too little', { amount: { minor: 99, currency: 'USD' } }, 'amount.minor', { minAmount: 100 }],
    ['a long description', { description: 'a'.repeat(256) }, 'description'],
    ['no description', { description: '' }, 'description'],
    ['no e-mail', { payer: { email: 'anna' } }, 'payer.email'],
    ['a long id', { payer: { email: 'a@b', id: 'a'.repeat(256) } }, 'payer.id'],
    ['no address', { payer: { email: 'a@b', ip: '1.2.3' } }, 'payer.ip'],
    ['a long language', { language: 'eng' }, 'language'],
    ['a relative URL', { returnUrls: { success: '/ok' } }, 'returnUrls.success'],
    ['a long URL', { returnUrls: { success: url(255), failure: url(256) } }, 'returnUrls.failure'],
    ['no time', { expiresAt: 'tomorrow' }, 'expiresAt'],
    ['another form of id', { orderId: 'a b' as OrderId }, 'orderId'],
    ['a verification by default', { purpose: 'card_verification' }, 'purpose'],
    [
      'a verification by token',
      { purpose: 'card_verification', recurrentOf: 'p' as PaymentId },
      'recurrentOf',
      { cardVerification: true },
    ],
    [
      'a token that the account cannot charge',
      { recurrentOf: 'p' as PaymentId },
      'recurrentOf',
      { recurrent: false },
    ],
    ['an odd field', { providerFields: { 'a b': 'c' } }, 'providerFields'],
    ['a long field', { providerFields: { a: 'c'.repeat(256) } }, 'providerFields.a'],
    [
      'too many fields',
      { providerFields: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`f${i}`, 'x'])) },
      'providerFields',
    ],
  ])('%s is refused', (_what, request, field, settings) => {
    expect(fieldsOf(request, settings)).toEqual([field]);
  });
});

describe('settings', () => {
  it('have the document’s defaults, and parse their own output', () => {
    const config = eightbPayConfig.parse(MINIMAL);
    expect(config).toMatchObject({
      ...{
        signAlgorithm: 'md5',
        currencies: ['EUR', 'USD', 'UZS'],
        timeZone: 'UTC',
        reinit: 'same-reference',
      },
      ...{ expiryGraceSecs: 900, cardVerification: false, maxAmount: 9_999_999_999 },
      paths: { pay: '/pay', status: '/pay/get_orders_data', report: '/pay/get_report', void: '/pay/void' },
    });
    expect(eightbPayConfig.parse(config)).toEqual(config);
    expect(config.connectTimeoutMs + config.responseTimeoutMs).toBe(30_000);
    expect(eightbPay.secretFields).toEqual(['secretKey']);
  });

  it.each([
    ['http in the open', { baseUrl: 'http://secure.8b.world' }],
    ['an address with a password', { baseUrl: 'https://a:b@secure.8b.world' }],
    ['no key', { apiKey: '' }],
    ['no secret', { secretKey: undefined }],
    ['another algorithm', { signAlgorithm: 'sha1' }],
    ['three decimals', { currencies: ['KWD'] }],
    ['no currency', { currencies: ['XXX'] }],
    ['no zone', { timeZone: 'Mars/Olympus' }],
    ['a path out of it', { paths: { pay: 'https://evil.example' } }],
    ['an unheard-of status', { statusMap: { 5: 'gone' } }],
    ['an unheard-of setting', { secret: 'x' }],
    ['a new reference', { reinit: 'new-reference' }],
  ])('%s is refused', (_what, changes) => {
    expect(eightbPayConfig.safeParse({ ...MINIMAL, ...changes }).success).toBe(false);
  });

  it('make the limits that the engine goes by', () => {
    const { limits } = providerAt('http://127.0.0.1:1');
    expect(limits).toMatchObject({
      expiryGraceMs: 900_000,
      callTimeoutMs: 30_000,
      sendBudgetMs: 900_000,
      reinit: 'same-reference',
    });
    // 5 s for 5 min, 60 s to 1 h, then 10 min for a day (§8).
    expect(limits.poll.map(({ delayMs, times }) => delayMs * times)).toEqual([
      300_000, 3_300_000, 86_400_000,
    ]);
  });
});
