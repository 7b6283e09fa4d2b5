import { describe, expect, it } from 'vitest';
import type { OrderId } from '../../../domain/ids.js';
import type { SealedPayoutRequest } from '../../../domain/payout-request.js';
import { describeProblem } from '../../../domain/problem.js';
import { createAll2pay } from '../../../providers/all2pay/adapter.js';
import { ACCOUNT, CARD_REQUEST, configOf, PAN, SBP_ORDER } from './fixtures.js';

const SBP_REQUEST: SealedPayoutRequest = {
  ...CARD_REQUEST,
  destination: { type: 'phone', phone: '79160001122', bankId: '100000000999' },
  recipient: SBP_ORDER.recipient,
};

/** Problems as people read them. */
function problems(request: Partial<SealedPayoutRequest>, changes: Record<string, unknown> = {}): string[] {
  const provider = createAll2pay(ACCOUNT, configOf(changes));
  return provider.validate({ ...CARD_REQUEST, ...request }).map(describeProblem);
}

const named = (firstName: string, lastName: string) => ({ recipient: { firstName, lastName } });

it('finds nothing wrong with a card, a stored card, a phone and a page', () => {
  expect(problems({})).toEqual([]);
  expect(problems(SBP_REQUEST)).toEqual([]);
  expect(
    problems({ destination: { type: 'stored_card', storedCardId: '9a1f0c5e' }, recipient: { id: 'cust-9' } }),
  ).toEqual([]);
  expect(
    problems({ destination: { type: 'hosted_page' }, returnUrls: { success: 'https://shop.example/ok' } }),
  ).toEqual([]);
});

it('amount and currency', () => {
  expect(problems({ amount: { minor: 100, currency: 'EUR' } })).toEqual([
    'amount.currency: EUR is not paid by this account. Use RUB',
  ]);
  expect(problems({ amount: { minor: 99, currency: 'RUB' } }, { minAmount: 100 })).toEqual([
    'amount.minor: 0.99 RUB is too little. Pay at least 1.00 RUB',
  ]);
  expect(problems({ amount: { minor: 101, currency: 'RUB' } }, { maxAmount: 100 })).toEqual([
    'amount.minor: 1.01 RUB is too much for one payout. Pay at most 1.00 RUB at once',
  ]);
  expect(problems({ amount: { minor: 1.5, currency: 'RUB' } })[0]).toContain('whole number');
  expect(problems({ amount: { minor: 0, currency: 'RUB' } })).toHaveLength(1);
});

it('order id', () => {
  expect(problems({ orderId: 'x'.repeat(33) as OrderId })).toEqual([
    'orderId: 33 characters, at most 32 of A-Z a-z 0-9 _ -. Change it, or leave it out to have one made',
  ]);
  expect(problems({ orderId: 'PO/1' as OrderId })[0]).toMatch(/^orderId: has another form than at most 32/);
  expect(problems({ orderId: 'x'.repeat(32) as OrderId })).toEqual([]);
  expect(problems({ orderId: '' as OrderId })).toHaveLength(1);
});

it('destinations that it cannot pay to', () => {
  const destination = { type: 'wallet', scheme: 'x', walletId: 'y' } as const;
  expect(problems({ destination })[0]).toMatch(
    /^destination\.type: All2pay cannot pay to a wallet\. Choose one of card/,
  );
  expect(problems({ destination: { type: 'bank_account', accountNumber: '1', bankCode: '2' } })).toHaveLength(
    1,
  );
});

describe('SBP', () => {
  it.each([
    ['+79160001122', 'starts with a plus sign'],
    ['7 916 000 11 22', 'has characters other than digits'],
    ['89160001122', 'starts with 8, the prefix of calls inside Russia'],
    ['9160001122', 'lacks the country code 7'],
    ['7916000112', 'has 10 digits instead of 11'],
    ['791600011223', 'has 12 digits instead of 11'],
    ['00791600011', 'has 11 digits instead of 13'],
    ['4915112345678', 'does not start with 7, the country code of Russia'],
    ['', 'does not start with 7, the country code of Russia'],
  ])('phone %s', (phone, problem) => {
    const found = problems({ ...SBP_REQUEST, destination: { type: 'phone', phone, bankId: '100000000999' } });
    const remedy =
      'Write 79160001122 or 0079160001122: a 7, then ten digits, without plus sign, blanks or brackets';
    expect(found).toEqual([`destination.phone: ${problem}. ${remedy}`]);
  });

  it('takes 00 in front', () => {
    const destination = { type: 'phone', phone: '0079160001122', bankId: '100000000999' } as const;
    expect(problems({ ...SBP_REQUEST, destination })).toEqual([]);
  });

  it('needs both names, in Cyrillic', () => {
    const fields = (found: string[]) => found.map((text) => text.split(':')[0]);
    expect(fields(problems({ ...SBP_REQUEST, recipient: undefined }))).toEqual([
      'recipient.lastName',
      'recipient.firstName',
    ]);
    expect(fields(problems({ ...SBP_REQUEST, ...named('Oleg', 'Сидоров') }))).toEqual([
      'recipient.firstName',
    ]);
    expect(problems({ ...SBP_REQUEST, ...named('Анна-Мария', "Д'Артаньян") })).toEqual([]);
    expect(
      fields(problems({ ...SBP_REQUEST, recipient: { ...SBP_ORDER.recipient, middleName: 'X' } })),
    ).toEqual(['recipient.middleName']);
  });

  it('has room for names longer than client.name', () => {
    const long = named('Константин', 'Константинопольский-Задунайский');
    expect(problems({ ...SBP_REQUEST, ...long })).toEqual([]);
    expect(problems({ ...SBP_REQUEST, ...long }, { requireClientName: true })[0]).toContain('at most 24');
  });

  it('checks the bank against the directory if there is one', () => {
    expect(problems(SBP_REQUEST, { sbpBankDirectory: { '100000000999': 'Some bank' } })).toEqual([]);
    expect(problems(SBP_REQUEST, { sbpBankDirectory: {} })[0]).toMatch(/^destination\.bankId: is not a bank/);
    const destination = { type: 'phone', phone: '79160001122', bankId: '' } as const;
    expect(problems({ ...SBP_REQUEST, destination })[0]).toMatch(/^destination\.bankId: is missing/);
  });
});

it('a page needs absolute return URLs', () => {
  const destination = { type: 'hosted_page' } as const;
  expect(problems({ destination })[0]).toMatch(/^returnUrls: are missing/);
  expect(problems({ destination, returnUrls: { success: '/ok' } })[0]).toMatch(
    /^returnUrls\.success: is not/,
  );
  expect(
    problems({ destination, returnUrls: { success: 'https://a.example', failure: 'ftp://b' } }),
  ).toHaveLength(1);
});

it('a stored card needs its id and its owner', () => {
  const found = problems({ destination: { type: 'stored_card', storedCardId: '' } });
  expect(found.map((text) => text.split(':')[0])).toEqual(['destination.storedCardId', 'recipient.id']);
});

it('what does not fit is refused, not cut', () => {
  expect(problems({ description: 'x'.repeat(599) })).toEqual([
    'description: 599 characters, at most 598. Shorten it',
  ]);
  const recipient = { id: 'x'.repeat(31), email: `${'x'.repeat(25)}@b.ru1`, phone: '+49151' };
  expect(problems({ recipient }).map((text) => text.split(':')[0])).toEqual([
    'recipient.id',
    'recipient.email',
    'recipient.phone',
  ]);
  expect(problems(named('Bartholomew-Maximilian', 'Featherstone'))[0]).toContain(
    '35 characters together, at most 24',
  );
});

it('a name where the account requires one', () => {
  expect(problems({}, { requireClientName: true })[0]).toContain('this account must name the recipient');
  expect(problems(named('Anna', 'Petrova'), { requireClientName: true })).toEqual([]);
});

it('never repeats a number that somebody put into the wrong field', () => {
  const destination = { type: 'phone', phone: PAN, bankId: '1' } as const;
  const request = { ...SBP_REQUEST, destination, recipient: { ...SBP_ORDER.recipient, phone: PAN } };
  expect(problems(request).length).toBeGreaterThan(1);
  expect(problems(request).join()).not.toContain(PAN);
});

describe("a payer's card as the source", () => {
  const source = { type: 'stored_card', storedCardId: 'payer-card-1' } as const;

  it('may pay to a card, to a stored card and by the page', () => {
    expect(problems({ source })).toEqual([]);
    expect(
      problems({
        source,
        destination: { type: 'stored_card', storedCardId: '9a1f' },
        recipient: { id: 'cust-9' },
      }),
    ).toEqual([]);
    expect(
      problems({
        source,
        destination: { type: 'hosted_page' },
        returnUrls: { success: 'https://shop.example/ok' },
      }),
    ).toEqual([]);
  });

  it('never to a phone, which is paid from the own funds alone', () => {
    expect(problems({ ...SBP_REQUEST, source })).toEqual([
      "source: cannot be a payer's card: All2pay pays to phones from the account's own funds only. Leave source out, or pay to a card",
    ]);
  });

  it('has an id of 1 to 255 characters', () => {
    expect(problems({ source: { type: 'stored_card', storedCardId: '' } })).toEqual([
      "source.storedCardId: 0 characters, must be 1 to 255. Give the id under which the payer's card was stored",
    ]);
  });
});
