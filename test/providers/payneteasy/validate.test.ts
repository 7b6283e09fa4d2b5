import { describe, expect, it } from 'vitest';
import type { OrderId } from '../../../domain/ids.js';
import type { SealedPayoutRequest } from '../../../domain/payout-request.js';
import type { Problem } from '../../../domain/problem.js';
import { BANK_REQUEST, providerAt } from './fixtures.js';

function problems(
  change: Partial<SealedPayoutRequest>,
  settings: Record<string, unknown> = {},
): readonly Problem[] {
  return providerAt('http://127.0.0.1:1', settings).validate({ ...BANK_REQUEST, ...change });
}
const fields = (...args: Parameters<typeof problems>) => problems(...args).map(({ field }) => field);
const CARD = { type: 'card', sealed: 'eyJ…', masked: '411111******1111' } as const;

describe('takes', () => {
  it.each<[string, Partial<SealedPayoutRequest>]>([
    ['a bank account', {}],
    ['a card', { destination: CARD }],
    ['a stored card', { destination: { type: 'stored_card', storedCardId: '98765' } }],
    [
      'everything that may be said',
      {
        recipient: {
          firstName: 'Anna',
          lastName: 'Petrova',
          middleName: 'I',
          phone: '79160001122',
          email: 'a@b.c',
        },
        description: 'Payout #1',
        returnUrls: { success: 'https://shop.example/ok' },
        providerFields: {
          bank_name: 'Example Bank',
          ipaddress: '10.0.0.1',
          expire_month: '7',
          expire_year: '2031',
        },
      },
    ],
    [
      'the same value twice',
      { recipient: { phone: '79160001122' }, providerFields: { phone: '79160001122' } },
    ],
  ])('%s', (_what, change) => expect(problems(change)).toEqual([]));
});

describe('refuses', () => {
  it.each<[string, Partial<SealedPayoutRequest>, string]>([
    ['a phone', { destination: { type: 'phone', phone: '79160001122', bankId: '1' } }, 'destination.type'],
    ['a page', { destination: { type: 'hosted_page' } }, 'destination.type'],
    ['a wallet', { destination: { type: 'wallet', scheme: 'x', walletId: '1' } }, 'destination.type'],
    ['another currency', { amount: { minor: 100, currency: 'EUR' } }, 'amount.currency'],
    ['nothing', { amount: { minor: 0, currency: 'USD' } }, 'amount.minor'],
    ['more than ten characters', { amount: { minor: 1_000_000_000, currency: 'USD' } }, 'amount.minor'],
    ['a fraction of a cent', { amount: { minor: 1.5, currency: 'USD' } }, 'amount.minor'],
    ['a strange order id', { orderId: 'a b' as OrderId }, 'orderId'],
    ["a payer's card", { source: { type: 'stored_card', storedCardId: '1' } }, 'source'],
    ['a relative return address', { returnUrls: { success: '/ok' } }, 'returnUrls.success'],
    ['a long description', { description: 'x'.repeat(65) }, 'description'],
    [
      'a long account number',
      { destination: { type: 'bank_account', accountNumber: '1'.repeat(25), bankCode: '1' } },
      'destination.accountNumber',
    ],
    [
      'a long bank code',
      { destination: { type: 'bank_account', accountNumber: '1', bankCode: '1'.repeat(17) } },
      'destination.bankCode',
    ],
    [
      'a reference that is no number',
      { destination: { type: 'stored_card', storedCardId: 'card-1' } },
      'destination.storedCardId',
    ],
    ['a long phone', { recipient: { phone: '1'.repeat(16) } }, 'recipient.phone'],
    ['a field that is not allowed', { providerFields: { swift: 'X' } }, 'providerFields.swift'],
    ['a field of the engine', { providerFields: { amount: '1.00' } }, 'providerFields.amount'],
    ['a field of the signature', { providerFields: { oauth_nonce: '1' } }, 'providerFields.oauth_nonce'],
    [
      'a card number in a field',
      { providerFields: { credit_card_number: '1' } },
      'providerFields.credit_card_number',
    ],
    ['a verification code', { providerFields: { cvv2: '123' } }, 'providerFields.cvv2'],
    ['an empty field', { providerFields: { purpose: '  ' } }, 'providerFields.purpose'],
    ['a month that is none', { providerFields: { expire_month: '13' } }, 'providerFields.expire_month'],
    ['a year of two digits', { providerFields: { expire_year: '31' } }, 'providerFields.expire_year'],
    ['half a character', { description: 'x\ud800' }, 'description'],
    ['a line break', { description: 'a\nb' }, 'description'],
    [
      'two names for one person',
      { recipient: { firstName: 'Anna' }, providerFields: { first_name: 'Olga' } },
      'providerFields.first_name',
    ],
    ['two bank codes', { providerFields: { routing_number: '1' } }, 'providerFields.routing_number'],
  ])('%s', (_what, change, field) => {
    const told = problems(change);
    expect(told.map((problem) => problem.field)).toEqual([field]);
    for (const { problem, remedy } of told) expect(problem.length * remedy.length).toBeGreaterThan(0);
  });
});

describe('what this endpoint refuses to go without (§6.1)', () => {
  const requiredFields = [
    'first_name',
    'bank_name',
    'order_desc',
    'redirect_url',
    'account_number',
    'amount',
  ];

  it('is named in the caller’s own words', () => {
    expect(fields({}, { requiredFields })).toEqual([
      'recipient.firstName',
      'providerFields.bank_name',
      'description',
      'returnUrls.success',
    ]);
    const given = {
      recipient: { firstName: 'Anna' },
      providerFields: { bank_name: 'Bank' },
      description: 'x',
      returnUrls: { success: 'https://shop.example/ok' },
    };
    expect(fields(given, { requiredFields })).toEqual([]);
    expect(fields({ ...given, destination: CARD }, { requiredFields })).toEqual([]);
  });

  it('may be a field that the document does not list', () => {
    const settings = { requiredFields: ['tax_id'], allowedFields: ['tax_id'] };
    expect(fields({}, settings)).toEqual(['providerFields.tax_id']);
    expect(fields({ providerFields: { tax_id: '7' } }, settings)).toEqual([]);
  });
});

it('lengths and allowed fields are the account’s', () => {
  expect(fields({ description: 'x'.repeat(65) }, { maxLengths: { order_desc: 100 } })).toEqual([]);
  expect(fields({ description: 'xx' }, { maxLengths: { order_desc: 1 } })).toEqual(['description']);
  expect(fields({ providerFields: { bank_name: 'B' } }, { allowedFields: [] })).toEqual([
    'providerFields.bank_name',
  ]);
});

it('two steps pay to no stored card, and one step may not either', () => {
  const destination = { type: 'stored_card', storedCardId: '1' } as const;
  expect(fields({ destination }, { flow: 'two_step' })).toEqual(['destination.type']);
  expect(fields({ destination }, { storedCards: false })).toEqual(['destination.type']);
});
