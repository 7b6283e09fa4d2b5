import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStoreCardRequest } from '../../schemas/store-card-request.js';

const PAN = '4111111111111111';
const sealedCard = { sealed: 'eyJh.k.iv.text.tag', masked: '411111******1111' };
const good = {
  merchant: 'shop',
  storedCardId: 'card-77',
  account: 'all2pay-main',
  purpose: 'source',
  ownerId: 'client-9',
  card: { number: PAN, expiry: { month: 12, year: 2030 }, holder: 'ANNA PETROVA', cvv: '123' },
  returnUrls: { success: 'https://shop.example/card' },
};

function problems(change: object): string[] {
  const parsed = parseStoreCardRequest({ ...good, ...change });
  return parsed.ok ? [] : parsed.problems.map(({ field, problem }) => `${field} ${problem}`);
}
const withCard = (card: object) => ({ card: { ...good.card, ...card } });

describe('a good request', () => {
  it.each([
    ['with all of the card', good],
    ['with the number alone', { ...good, purpose: 'destination', card: { number: PAN } }],
    ['sealed', { ...good, card: { ...sealedCard, cvvSecretId: 'a-Secret_1' } }],
    ['sealed, without a CVV', { ...good, purpose: 'destination', card: sealedCard }],
  ])('%s comes back as it was', (_name, request) => {
    expect(parseStoreCardRequest(request)).toEqual({ ok: true, request });
  });
});

describe('each bad value has one problem, at its field', () => {
  it.each<[string, object, string]>([
    ['no id', { storedCardId: undefined }, 'storedCardId is missing'],
    ['an id with a blank', { storedCardId: 'card 77' }, 'storedCardId is not a stored card id'],
    ['another purpose', { purpose: 'both' }, 'purpose is missing or not a purpose'],
    ['no owner', { ownerId: '' }, 'ownerId is empty'],
    ['a card for an owner', { ownerId: PAN }, 'ownerId looks like a card number'],
    ['no card', { card: undefined }, 'card is missing'],
    [
      'Luhn',
      withCard({ number: '4111111111111112' }),
      'card.number fails the check digit (Luhn): a digit is wrong',
    ],
    ['month 0', withCard({ expiry: { month: 0, year: 2030 } }), 'card.expiry.month is no month of 1 to 12'],
    ['month 13', withCard({ expiry: { month: 13, year: 2030 } }), 'card.expiry.month is no month of 1 to 12'],
    [
      'month as text',
      withCard({ expiry: { month: '12', year: 2030 } }),
      'card.expiry.month must be a number, not text',
    ],
    [
      'half a month',
      withCard({ expiry: { month: 1.5, year: 2030 } }),
      'card.expiry.month is no month of 1 to 12',
    ],
    [
      'year of two digits',
      withCard({ expiry: { month: 1, year: 30 } }),
      'card.expiry.year is no year of 2000 to 2099',
    ],
    ['no year', withCard({ expiry: { month: 1 } }), 'card.expiry.year is missing'],
    ['a number for the holder', withCard({ holder: PAN }), 'card.holder looks like a card number'],
    ['CVV as a number', withCard({ cvv: 123 }), 'card.cvv must be text, not a number'],
    ['a needless CVV', { purpose: 'destination' }, 'card.cvv does not go with the purpose destination'],
    [
      'a needless secret',
      { purpose: 'destination', card: { ...sealedCard, cvvSecretId: 'x' } },
      'card.cvvSecretId does not go with the purpose destination',
    ],
    [
      'a readable CVV beside the seal',
      { card: { ...sealedCard, cvv: '123' } },
      'card.cvv is not a known field',
    ],
    ['no JWE', { card: { ...sealedCard, sealed: PAN } }, 'card.sealed is not a compact JWE'],
    ['no mask', { card: { ...sealedCard, masked: PAN } }, 'card.masked looks like a card number'],
  ])('%s', (_name, change, problem) => {
    expect(problems(change)).toEqual([problem]);
  });

  it('tells all of them at once', () => {
    expect(
      problems({ merchant: 'A', account: '', purpose: 'destination', ...withCard({ number: '1' }) }),
    ).toEqual([
      'merchant is not a merchant id',
      'account is empty',
      'card.number has 1 digits',
      'card.cvv does not go with the purpose destination',
    ]);
  });
});

it('repeats no CVV and no card number, whatever was typed for it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-z]{5,12}$/), (cvv) => {
      const parsed = parseStoreCardRequest({ ...good, ...withCard({ cvv, number: `${PAN}9` }) });
      const text = JSON.stringify(parsed);
      expect(parsed.ok).toBe(false);
      expect(text).toContain('is not a CVV of three or four digits');
      expect(text).not.toContain(`"${cvv}`);
      expect(text).not.toContain(PAN);
    }),
  );
});

it.each([undefined, null, 7, 'text', [], { card: null }, { card: 'x' }])('never throws: %j', (input) => {
  expect(parseStoreCardRequest(input).ok).toBe(false);
});
