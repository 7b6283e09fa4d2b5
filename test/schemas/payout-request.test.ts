import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CURRENCIES } from '../../domain/currencies.js';
import type { Problem } from '../../domain/problem.js';
import { parsePayoutKey } from '../../schemas/payout-key.js';
import { isSealedRequest, parsePayoutRequest } from '../../schemas/payout-request.js';

const PAN = '4111111111111111';
const BAD_PAN = '4111111111111112';
const good = {
  merchant: 'shop',
  payoutId: 'w-1',
  account: 'a2p',
  amount: { minor: 10050, currency: 'RUB' },
  destination: { type: 'card', number: PAN },
};

function problemsOf(input: unknown): readonly Problem[] {
  const parsed = parsePayoutRequest(input);
  return parsed.ok ? [] : parsed.problems;
}
const problems = (change: object) => problemsOf({ ...good, ...change });
const fields = (change: object) => problems(change).map(({ field }) => field);
const minor = (value: unknown) => ({ amount: { minor: value, currency: 'RUB' } });
const currency = (value: unknown) => ({ amount: { minor: 1, currency: value } });
const card = (number: unknown) => ({ destination: { type: 'card', number } });
const metadata = (value: unknown) => ({ metadata: value });
const many = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, 'v']));

describe('a good request', () => {
  it('comes back as it was', () => {
    const full = {
      ...good,
      recipient: {
        id: '1',
        firstName: 'Анна',
        lastName: "O'Neil",
        email: 'a@b.example',
        phone: '79160001122',
      },
      description: 'Выплата\nномер 1',
      returnUrls: { success: 'https://shop.example/ok?a=1', failure: 'http://localhost:3000/no' },
      orderId: 'w_1-A',
      batch: 'july',
      metadata: { ticket: 'T-1', ...many(19) },
    };
    const parsed = parsePayoutRequest(full);
    expect(parsed).toEqual({ ok: true, request: full });
    expect(parsed.ok && isSealedRequest(parsed.request)).toBe(false);
  });

  it.each([
    { type: 'card', sealed: 'eyJh.k.iv.text.tag', masked: '411111******1111' },
    { type: 'stored_card', storedCardId: '9a1f6c1e-5a2f-4c3e-9c58-0f7a6a1b2c3d' },
    { type: 'phone', phone: '79160001122', bankId: '100000000111' },
    { type: 'bank_account', accountNumber: '40817810099910004312', bankCode: '044525225' },
    { type: 'wallet', scheme: 'yoomoney', walletId: '410011234567' },
  ])('may pay to $type', (destination) => {
    const parsed = parsePayoutRequest({ ...good, destination });
    expect(parsed).toMatchObject({ ok: true, request: { destination } });
    expect(parsed.ok && isSealedRequest(parsed.request)).toBe(true);
  });

  it('may take the money from a stored card, and then names it by an id alone', () => {
    const source = { type: 'stored_card', storedCardId: 'payer-1' };
    expect(parsePayoutRequest({ ...good, source })).toMatchObject({ ok: true, request: { source } });
    expect(problems({ source: { type: 'card', number: '4111111111111111' } }).length).toBeGreaterThan(0);
    expect(problems({ source: { type: 'stored_card', storedCardId: '' } })).toHaveLength(1);
  });

  it('may be any of all the currencies and amounts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999_999 }),
        fc.constantFrom(...Object.keys(CURRENCIES)),
        (amount, code) => {
          expect(problems({ amount: { minor: amount, currency: code } })).toEqual([]);
        },
      ),
    );
  });
});

describe('each bad value has one problem, at its field', () => {
  it.each<[string, object, string, RegExp]>([
    ['zero', minor(0), 'amount.minor', /is zero.*10050 for 100\.50/],
    ['negative', minor(-5), 'amount.minor', /negative/],
    ['a fraction', minor(100.5), 'amount.minor', /fraction/],
    ['too large', minor(1e12), 'amount.minor', /more than 999999999999/],
    ['a decimal string', minor('100.50'), 'amount.minor', /not text.*minor units/],
    ['no number', minor(Number.NaN), 'amount.minor', /must be a whole number/],
    ['missing', minor(undefined), 'amount.minor', /is missing/],
    ['lower case', currency('rub'), 'amount.currency', /capitals.*Write RUB/],
    ['unknown', currency('XXQ'), 'amount.currency', /not an ISO 4217/],
    ['too long', currency('RUBLES'), 'amount.currency', /longer than 3/],
    ['no object', { amount: 5 }, 'amount', /must be an object.*"minor": 10050/],
    ['Luhn', card(BAD_PAN), 'destination.number', /check digit/],
    ['12 digits', card('411111111111'), 'destination.number', /has 12 digits/],
    ['20 digits', card('4'.repeat(20)), 'destination.number', /has 20 digits/],
    ['spaces', card('4111 1111 1111 1111'), 'destination.number', /digits only/],
    ['a number', card(4111111111111111), 'destination.number', /must be text/],
    ['no card number', card(undefined), 'destination.number', /is missing/],
    [
      'unknown type',
      { destination: { type: 'cash' } },
      'destination.type',
      /bank_account, wallet or hosted_page/,
    ],
    ['no type', { destination: {} }, 'destination.type', /missing/],
    ['no destination', { destination: undefined }, 'destination', /is missing/],
    ['a string', { destination: PAN }, 'destination', /must be an object/],
    [
      'no JWE',
      { destination: { type: 'card', sealed: 'x', masked: '411111******1111' } },
      'destination.sealed',
      /JWE/,
    ],
    [
      'unmasked',
      { destination: { type: 'card', sealed: 'a.b.c.d.e', masked: PAN } },
      'destination.masked',
      /card number/,
    ],
    [
      'both',
      { destination: { type: 'card', sealed: 'a.b.c.d.e', masked: '411111******1111', number: PAN } },
      'destination.number',
      /not a known field/,
    ],
    [
      'phone +',
      { destination: { type: 'phone', phone: '+79160001122', bankId: '1' } },
      'destination.phone',
      /without plus sign/,
    ],
    ['page', { destination: { type: 'hosted_page' } }, 'returnUrls', /is missing/],
    ['merchant', { merchant: 'Shop!' }, 'merchant', /not a merchant id/],
    ['no merchant', { merchant: undefined }, 'merchant', /is missing/],
    ['payout id', { payoutId: '-x' }, 'payoutId', /not a payout id/],
    ['long payout id', { payoutId: 'x'.repeat(65) }, 'payoutId', /longer than 64/],
    ['payout id null', { payoutId: null }, 'payoutId', /must be text, not null/],
    ['payout id card', { payoutId: `p-${PAN}` }, 'payoutId', /card number/],
    ['account', { account: 'a b' }, 'account', /not an account id/],
    ['order id', { orderId: 'a.b' }, 'orderId', /not an order id/],
    ['order id card', { orderId: PAN }, 'orderId', /card number/],
    ['batch card', { batch: '4111-1111-1111-1111' }, 'batch', /card number/],
    ['batch empty', { batch: '' }, 'batch', /is empty/],
    ['description', { description: 'x'.repeat(1001) }, 'description', /longer than 1000/],
    ['description card', { description: `to ${PAN}` }, 'description', /card number/],
    ['description NUL', { description: 'a\u0000b' }, 'description', /control character/],
    ['description half', { description: 'a\ud800b' }, 'description', /broken Unicode/],
    ['relative URL', { returnUrls: { success: '/done' } }, 'returnUrls.success', /absolute/],
    [
      'no http',
      { returnUrls: { success: 'https://a.example', failure: 'javascript:alert(1)' } },
      'returnUrls.failure',
      /http\(s\)/,
    ],
    ['URL password', { returnUrls: { success: 'https://a:b@c.example' } }, 'returnUrls.success', /password/],
    [
      'URL line break',
      { returnUrls: { success: 'https://a.example/\r\nx' } },
      'returnUrls.success',
      /absolute/,
    ],
    [
      'URL card',
      { returnUrls: { success: `https://a.example/?c=${PAN}` } },
      'returnUrls.success',
      /card number/,
    ],
    ['no success', { returnUrls: {} }, 'returnUrls.success', /is missing/],
    ['name', { recipient: { firstName: 5 } }, 'recipient.firstName', /must be text, not a number/],
    ['name card', { recipient: { lastName: PAN } }, 'recipient.lastName', /card number/],
    ['recipient id card', { recipient: { id: PAN } }, 'recipient.id', /card number/],
    ['email', { recipient: { email: 'nobody' } }, 'recipient.email', /e-mail/],
    ['phone', { recipient: { phone: '8 916' } }, 'recipient.phone', /digits/],
    ['phone card', { recipient: { phone: '378282246310005' } }, 'recipient.phone', /card number/],
    ['21 keys', metadata(many(21)), 'metadata', /more than 20 keys/],
    ['long key', metadata({ ['k'.repeat(41)]: 'v' }), 'metadata.(name not shown)', /longer than 40/],
    ['long value', metadata({ k: 'v'.repeat(501) }), 'metadata.k', /longer than 500/],
    ['number value', metadata({ k: 5 }), 'metadata.k', /must be text/],
    ['card value', metadata({ k: '4111 1111 1111 1111' }), 'metadata.k', /card number/],
    ['card key', metadata({ [PAN]: 'v' }), 'metadata.(name not shown)', /card number/],
    ['a list', metadata(['a']), 'metadata', /must be an object of texts/],
    ['unknown', { payout_id: 'x' }, 'payout_id', /Did you mean payoutId\?/],
    [
      'unknown deep',
      { amount: { minor: 1, currency: 'RUB', curency: 1 } },
      'amount.curency',
      /Did you mean currency\?/,
    ],
    ['far off', { colour: 'red' }, 'colour', /Leave it out.*fields here are: merchant, payoutId/],
    ['card as a name', { [PAN]: 1 }, '(name not shown)', /not a known field/],
    [
      'cvv',
      { destination: { type: 'card', number: PAN, cvv: '123' } },
      'destination.cvv',
      /not a known field/,
    ],
  ])('%s', (_name, change, field, words) => {
    const found = problems(change);
    expect(found.map((problem) => problem.field)).toEqual([field]);
    const [{ problem, remedy } = { problem: '', remedy: '' }] = found;
    expect(`${problem}. ${remedy}`).toMatch(words);
    expect(JSON.stringify(found)).not.toMatch(/4[\s-]*1{3}[\s-]*1{4}|37828224/);
  });

  it('all at once, each once', () => {
    expect(
      fields({
        merchant: 'A',
        payoutId: undefined,
        ...minor('1'),
        destination: { type: 'hosted_page', x: 1 },
        description: 'x'.repeat(2000) + PAN,
        metadata: { a: 1, ...many(21) },
        more: 1,
      }),
    ).toEqual([
      'merchant',
      'payoutId',
      'amount.minor',
      'destination.x',
      'description',
      'metadata.a',
      'metadata',
      'more',
      'returnUrls',
    ]);
  });

  it.each([undefined, null, 5, 'x', [], [good], () => 1])('%s is no request', (input) => {
    expect(problemsOf(input).map(({ field }) => field)).toEqual(['request']);
  });
});

describe('whatever comes', () => {
  const junk = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    maxDepth: 3,
  });

  it('never throws, and says something', () => {
    fc.assert(
      fc.property(junk, (input) => {
        const parsed = parsePayoutRequest(input);
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
        expect(parsePayoutKey(input).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('in one field, is refused there or accepted', () => {
    const names = [
      ...Object.keys(good),
      'recipient',
      'returnUrls',
      'metadata',
      'batch',
      'orderId',
      'description',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...names), junk, (name, value) => {
        for (const { field, problem, remedy } of problems({ [name]: value })) {
          expect(field.split('.')[0]).toBe(name);
          expect(problem.length * remedy.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('repeats no card number, wherever one stands', () => {
    const places = [
      (number: string) => ({ [number]: 1 }),
      (number: string) => minor(Number(number)),
      (number: string) => currency(number),
      (number: string) => card(`${number}x`),
      (number: string) => ({ destination: { type: number } }),
      (number: string) => ({ destination: { type: 'phone', phone: number, bankId: number } }),
      (number: string) => ({ recipient: { [number]: number, email: number } }),
      (number: string) => ({ merchant: number, account: number, payoutId: number }),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.constantFrom(PAN, '5555555555554444', '2200000000000004'),
        (at, number) => {
          expect(JSON.stringify(problems(at(number)))).not.toContain(number);
        },
      ),
    );
  });
});

describe('parsePayoutKey', () => {
  it('takes anything that names a payout', () => {
    expect(parsePayoutKey(good)).toEqual({ ok: true, key: { merchant: 'shop', payoutId: 'w-1' } });
    expect(parsePayoutKey({ merchant: 'shop', payoutId: 'a:b' })).toMatchObject({
      ok: false,
      problems: [{ field: 'payoutId' }],
    });
  });
});
