import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCardNumber, maskCardNumber } from '../../domain/card.js';
import { CURRENCIES, isCurrencyCode } from '../../domain/currencies.js';
import { describeDestination } from '../../domain/destination.js';
import { formatMoney, isPayableMinor, MAX_MINOR } from '../../domain/money.js';

describe('money', () => {
  it.each([
    [{ minor: 10050, currency: 'RUB' }, '100.50 RUB'],
    [{ minor: 5, currency: 'USD' }, '0.05 USD'],
    [{ minor: 7, currency: 'JPY' }, '7 JPY'],
    [{ minor: 1, currency: 'KWD' }, '0.001 KWD'],
    [{ minor: MAX_MINOR, currency: 'EUR' }, '9999999999.99 EUR'],
  ] as const)('%j reads %s', (money, text) => expect(formatMoney(money)).toBe(text));

  it('is payable as a positive whole number of at most twelve digits', () => {
    for (const good of [1, 10050, MAX_MINOR]) expect(isPayableMinor(good)).toBe(true);
    for (const bad of [0, -1, 0.5, NaN, Infinity, MAX_MINOR + 1]) expect(isPayableMinor(bad)).toBe(false);
  });

  it('knows the currencies of ISO 4217 with unique numeric codes', () => {
    const numeric = Object.values(CURRENCIES).map((currency) => currency.numeric);
    expect(new Set(numeric).size).toBe(numeric.length);
    expect(CURRENCIES.RUB).toEqual({ numeric: '643', exponent: 2 });
    expect(isCurrencyCode('rub')).toBe(false);
    expect(isCurrencyCode('toString')).toBe(false);
  });
});

describe('card numbers', () => {
  const digits = (length: number): fc.Arbitrary<string> =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((d) => d.join(''));

  it('exactly one check digit in ten is right', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 18 }).chain(digits), (body) => {
        const right = [...'0123456789'].filter((check) => isCardNumber(body + check));
        expect(right).toHaveLength(1);
      }),
    );
  });

  it('catches every single wrong digit', () => {
    const good = '2200000000000004';
    expect(isCardNumber(good)).toBe(true);
    for (let i = 0; i < good.length; i += 1) {
      for (const digit of '0123456789') {
        const changed = good.slice(0, i) + digit + good.slice(i + 1);
        expect(isCardNumber(changed), changed).toBe(changed === good);
      }
    }
  });

  it('shows first six and last four, nothing else', () => {
    expect(maskCardNumber('2200000000000004')).toBe('220000******0004');
    fc.assert(
      fc.property(fc.integer({ min: 13, max: 19 }).chain(digits), (number) => {
        const mask = maskCardNumber(number);
        expect(mask).toHaveLength(number.length);
        expect(mask.replace(/\D/g, '')).toHaveLength(10);
      }),
    );
  });
});

it('describes each destination without giving it away', () => {
  expect(describeDestination({ type: 'phone', phone: '79160001122', bankId: '100000000004' })).toBe(
    'phone 79*****1122',
  );
  expect(
    describeDestination({
      type: 'bank_account',
      accountNumber: '40817810000000000001',
      bankCode: '044525225',
    }),
  ).toBe('account ******0001');
  expect(
    describeDestination({ type: 'stored_card', storedCardId: '9a1f0c5e-77b2-4a41-8f0a-5f8f2f7f9e21' }),
  ).toBe('stored card 9a1f0c5e…');
});
