import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCardNumber } from '../../domain/card.js';
import { holdsCardNumber } from '../../schemas/card-lookalike.js';

/** 13 to 19 digits with a good check digit, as issuers give them. */
const cardNumber = fc
  .tuple(fc.constantFrom('22', '3', '4', '5', '6', '86', '98'), fc.stringMatching(/^\d{11,16}$/))
  .map(([issuer, digits]) => {
    const body = issuer + digits;
    const check = [...'0123456789'].find((digit) => isCardNumber(body + digit)) ?? '';
    return body + check;
  })
  .filter(isCardNumber);

describe('holdsCardNumber', () => {
  it('finds a number however it is written', () => {
    const separator = fc.constantFrom('', '', '', ' ', '-', ' - ', '.', '\u00a0', '_');
    fc.assert(
      fc.property(
        cardNumber,
        fc.array(separator, { minLength: 19, maxLength: 19 }),
        fc.constantFrom('', 'card ', 'to: '),
        fc.constantFrom('', ' please', '/x'),
        (number, separators, before, after) => {
          const written = [...number]
            .map((digit, i) => (i === 0 ? digit : `${separators[i]}${digit}`))
            .join('');
          expect(holdsCardNumber(before + written + after)).toBe(true);
        },
      ),
    );
  });

  it.each([
    '4111111111111111',
    'card 4111 1111 1111 1111 12/28',
    '12 4111 1111 1111 1111 0525',
    'amex 3782 822463 10005 7',
    'ref 77-4111111111111111',
    '４１１１１１１１１１１１１１１１',
    '8600 0000 0000 0007',
  ])('finds it in %s', (text) => expect(holdsCardNumber(text)).toBe(true));

  it.each([
    '',
    'withdrawal-1042',
    '4111111111111112',
    '411111111111',
    '2024-11-22 04.01.33.123',
    '40817810099910004312345',
  ])('finds none in %s', (text) => expect(holdsCardNumber(text)).toBe(false));

  it('takes no time or date for a card number', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2001-09-10'), max: new Date('2033-01-01'), noInvalidDate: true }),
        (date) => {
          expect(holdsCardNumber(`p-${date.getTime()}`)).toBe(false);
          expect(holdsCardNumber(`p-${date.getTime()}000`)).toBe(false);
          expect(holdsCardNumber(date.toISOString())).toBe(false);
          expect(holdsCardNumber(date.toISOString().replace(/\D/g, ''))).toBe(false);
          expect(holdsCardNumber(date.toISOString().replace(/\D/g, '').slice(0, 14))).toBe(false);
        },
      ),
    );
  });
});
