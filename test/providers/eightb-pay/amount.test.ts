import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOf, jsonAmount, minorOf, moneyOf } from '../../../providers/eightb-pay/amount.js';
import { localMinute } from '../../../providers/eightb-pay/local-time.js';
import { maskedCard } from '../../../providers/eightb-pay/masked-card.js';

describe('amounts', () => {
  it.each([
    [32_778, '327.78'],
    [1, '0.01'],
    [10, '0.10'],
    [100, '1.00'],
    [9_999_999_999, '99999999.99'],
  ])('%d minor units are %s', (minor, decimal) => {
    expect(decimalOf({ minor, currency: 'USD' })).toBe(decimal);
    expect(minorOf(decimal, 'USD')).toBe(minor);
  });

  it('come back from JSON as they left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (minor) => {
        const money = { minor, currency: 'UZS' } as const;
        const wire = JSON.stringify({ amount: jsonAmount(money) });
        expect(wire).toMatch(/^\{"amount":\d+(\.\d{1,2})?\}$/);
        const { amount } = JSON.parse(wire) as { amount: number };
        expect(minorOf(amount, 'UZS')).toBe(minor);
        expect(minorOf(decimalOf(money), 'UZS')).toBe(minor);
      }),
    );
  });

  it.each(['327.780', '327.7800000'])('%s is read: zeros mean nothing', (text) => {
    expect(minorOf(text, 'USD')).toBe(32_778);
  });

  it.each<string | number>([
    '',
    ' 1',
    '1,00',
    '1.',
    '.5',
    '-1',
    '+1',
    '1e3',
    '0x1',
    '1.001',
    '327.785',
    '9999999999999',
    'NaN',
    1e21,
    -1,
    0.001,
    NaN,
  ])('%s is no amount', (text) => {
    expect(minorOf(text, 'USD')).toBeUndefined();
  });

  it('have a currency that exists', () => {
    expect(moneyOf('1.00', 'USD')).toEqual({ minor: 100, currency: 'USD' });
    expect(moneyOf('1', 'JPY')).toEqual({ minor: 1, currency: 'JPY' });
    expect(moneyOf('1.5', 'JPY')).toBeUndefined();
    for (const code of ['usd', 'XXX', '', undefined, '__proto__'])
      expect(moneyOf('1.00', code)).toBeUndefined();
    expect(moneyOf(undefined, 'USD')).toBeUndefined();
  });
});

describe('times', () => {
  it.each([
    ['2030-01-01T00:00:59.999Z', 'UTC', '2030-01-01 00:00'],
    ['2029-12-31T22:30:00Z', 'Europe/Kyiv', '2030-01-01 00:30'],
    ['2030-07-01T12:00:00Z', 'Europe/Kyiv', '2030-07-01 15:00'],
    ['2030-01-01T23:59:00Z', 'UTC', '2030-01-01 23:59'],
  ])('%s in %s is %s', (at, zone, text) => {
    expect(localMinute(Date.parse(at), zone)).toBe(text);
  });
});

describe('cards', () => {
  it.each([
    [{ card_number: '411111******1111' }, '411111******1111'],
    [{ card_number: '4111111111111111' }, '411111******1111'],
    [{ card_number: '411111XXXXXX1111' }, '411111******1111'],
    [{ card_number: '**** **** **** 1111' }, '******1111'],
    [{ pan6: '411111', pan4: '1111' }, '411111******1111'],
    [{ pan6: '4111111', pan4: '1111' }, undefined],
    [{ card_number: 'whatever' }, undefined],
    [{}, undefined],
  ])('%j', (card, masked) => {
    expect(maskedCard(card)).toBe(masked);
  });
});
