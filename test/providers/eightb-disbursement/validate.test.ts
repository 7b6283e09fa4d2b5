import { describe, expect, it } from 'vitest';
import type { OrderId } from '../../../domain/ids.js';
import type { SealedDestination, SealedPayoutRequest } from '../../../domain/payout-request.js';
import { EXTRA_FIELDS } from '../../../providers/eightb-disbursement/extra-fields.js';
import { CARD_ORDER, configOf, euros, never, ORDER, prepared, providerAt, requestOf } from './fixtures.js';

const BANK: SealedDestination = {
  type: 'bank_account',
  accountNumber: 'DE89370400440532013000',
  bankCode: 'COBADEFFXXX',
};
const GOOD = requestOf(ORDER, { destination: BANK });
const provider = (changes = {}) => providerAt('http://127.0.0.1:1', changes);
const problems = (changes: Partial<SealedPayoutRequest>, settings = {}) =>
  provider(settings).validate({ ...GOOD, ...changes });
const fields = (changes: Partial<SealedPayoutRequest>, settings = {}) =>
  problems(changes, settings).map(({ field }) => field);

const DESTINATIONS = {
  '202': {
    type: 'bank_account',
    currencies: ['EUR'],
    requiredFields: ['receiver_bic', 'receiver_country', 'phone'],
  },
  '203': { type: 'bank_account', currencies: ['EUR', 'USD'], requiredFields: ['email', 'detailsofpayment'] },
  '10': { type: 'phone', currencies: ['EUR'], clientPattern: '^371\\d{8}$' },
  '50': { type: 'wallet', scheme: 'yoomoney', currencies: ['EUR'] },
  '51': { type: 'wallet', scheme: 'skrill', currencies: ['EUR'] },
};

/** The fields that leave, without their hash. */
async function sent(order: Parameters<typeof prepared>[1], settings = {}) {
  const { exact } = await prepared(provider(settings), order);
  const { hash, ...rest } = Object.fromEntries(new URLSearchParams(Buffer.from(exact).toString('utf8')));
  expect(hash).toMatch(/^[0-9a-f]{32}$/);
  return rest;
}

it('what is good has no problem', () => {
  expect(problems({})).toEqual([]);
  expect(problems({ destination: { type: 'card', sealed: 'x', masked: '411111******1111' } })).toEqual([]);
  expect(problems({ orderId: 'PX7K2M9QH4T6W8Z1C5D0' as OrderId })).toEqual([]);
});

describe('what is bad is told by its field, without its value', () => {
  it.each<[string, Partial<SealedPayoutRequest>, string[]]>([
    ['a page', { destination: { type: 'hosted_page' } }, ['destination.type']],
    ['a stored card', { destination: { type: 'stored_card', storedCardId: 'x' } }, ['destination.type']],
    [
      'a phone without a direction',
      { destination: { type: 'phone', phone: '37120000000', bankId: 'X' } },
      ['destination.type'],
    ],
    ['another currency', { amount: { minor: 100, currency: 'USD' } }, ['amount.currency']],
    ['nothing', { amount: euros(0) }, ['amount.minor']],
    ['half a cent', { amount: euros(0.5) }, ['amount.minor']],
    ["a payer's card", { source: { type: 'stored_card', storedCardId: 'x' } }, ['source']],
    ['a long order id', { orderId: 'PX7K2M9QH4T6W8Z1C5D01' as OrderId }, ['orderId']],
    ['an order id with a dash', { orderId: 'PX-1' as OrderId }, ['orderId']],
    [
      'an account of another form',
      { destination: { ...BANK, accountNumber: 'DE-89' } },
      ['destination.accountNumber'],
    ],
    ['nobody', { recipient: undefined }, ['recipient.firstName', 'recipient.lastName', 'recipient.phone']],
    ['no last name', { recipient: { firstName: 'A', phone: '1234567' } }, ['recipient.lastName']],
    [
      'a long name',
      { recipient: { firstName: 'A'.repeat(250), lastName: 'BCDEF', phone: '1234567' } },
      ['recipient.firstName, recipient.lastName'],
    ],
    [
      'a name with a line break',
      { recipient: { firstName: 'A\nB', lastName: 'C', phone: '1234567' } },
      ['recipient.firstName, recipient.lastName'],
    ],
    ['no phone', { recipient: { firstName: 'A', lastName: 'B' } }, ['recipient.phone']],
    ['an unknown direction', { providerFields: { destination: '999' } }, ['providerFields.destination']],
    [
      'a field that is not the provider\u2019s',
      { providerFields: { whatever: '1' } },
      ['providerFields.whatever'],
    ],
    ['a field of ours', { providerFields: { amount: '1' } }, ['providerFields.amount']],
    ['a bank beside the account', { providerFields: { receiver_bic: 'X' } }, ['providerFields.receiver_bic']],
    ['an empty field', { providerFields: { receiver_city: '' } }, ['providerFields.receiver_city']],
    [
      'a long field',
      { providerFields: { receiver_city: 'x'.repeat(256) } },
      ['providerFields.receiver_city'],
    ],
    [
      'a control character',
      { providerFields: { receiver_city: 'a\u0000' } },
      ['providerFields.receiver_city'],
    ],
  ])('%s', (_what, changes, expected) => {
    const found = problems(changes);
    expect(found.map(({ field }) => field)).toEqual(expected);
    const words = JSON.stringify(found.map(({ problem, remedy }) => [problem, remedy]));
    expect(words).not.toContain('DE-89');
    for (const { problem, remedy } of found)
      expect([problem, remedy].every((text) => text !== '')).toBe(true);
  });

  it.each([
    ['receiver_country', 'LV', 'lv'],
    ['receiver_zip', '1010', 'LV-1010'],
    ['receiver_birth_date', '1990-01-31', '31.01.1990'],
    ['card_holder', 'Anna Example', 'Anna 2'],
    ['card_currency', 'EUR', 'euro'],
    ['card_expire', '12/30', '13/30'],
    ['payout_currency', 'USD', '$'],
  ])('%s: %s, not %s', (name, good, bad) => {
    expect(fields({ providerFields: { [name]: good } })).toEqual([]);
    expect(fields({ providerFields: { [name]: bad } })).toEqual([`providerFields.${name}`]);
  });

  it('every field of the document may be sent, and others by configuration', () => {
    // §5.1, copied.
    const documented =
      'payout_currency receiver_bic payer_fio payer_last_name payer_first_name payer_middle_name payer_doc_type payer_doc_ser payer_doc_num payer_doc_issuer payer_doc_date payer_birth_date payer_birth_place payer_address receiver_country receiver_city receiver_zip receiver_address receiver_address_2 receiver_citizenship receiver_birth_date card_holder card_currency card_expire detailsofpayment payer_ip email account_type';
    expect(Object.keys(EXTRA_FIELDS)).toEqual(documented.split(' '));
    expect(fields({ providerFields: { branch: '1' } }, { extraFields: ['branch'] })).toEqual([]);
  });
});

describe('directions', () => {
  const settings = { destinations: DESTINATIONS };

  it('several: one must be named, and it must fit', () => {
    expect(fields({}, settings)).toEqual(['providerFields.destination']);
    expect(problems({}, settings)[0]?.remedy).toBe('Give one of 202, 203');
    expect(fields({ providerFields: { destination: '10' } }, settings)).toEqual([
      'providerFields.destination',
    ]);
    expect(fields({ providerFields: { destination: '202', receiver_country: 'LV' } }, settings)).toEqual([]);
  });

  it('what a direction wants must be there, from wherever it comes', async () => {
    expect(fields({ providerFields: { destination: '202' } }, settings)).toEqual([
      'providerFields.receiver_country',
    ]);
    expect(fields({ providerFields: { destination: '203' } }, settings)).toEqual([
      'recipient.email',
      'description',
    ]);
    const recipient = {
      firstName: 'ANNA',
      lastName: 'EXAMPLE',
      phone: '622851280',
      email: 'anna@example.org',
    };
    const order = { ...ORDER, recipient, description: 'Prize', destination: BANK };
    expect(await sent({ ...order, providerFields: { destination: '203' } }, settings)).toMatchObject({
      ...{
        destination: '203',
        email: 'anna@example.org',
        detailsofpayment: 'Prize',
        receiver_bic: 'COBADEFFXXX',
      },
    });
    // What it does not want is nobody's business.
    expect(Object.keys(await sent({ ...order, providerFields: { destination: '202' } }, settings))).toEqual([
      ...['id', 'dt', 'amount', 'currency', 'phone', 'client', 'destination', 'receiver_fio', 'receiver_bic'],
    ]);
  });

  it('phones and wallets', async () => {
    const phone = { type: 'phone', phone: '37120000000', bankId: 'HABALV22' } as const;
    expect(fields({ destination: phone, recipient: { firstName: 'A', lastName: 'B' } }, settings)).toEqual(
      [],
    );
    expect(fields({ destination: { ...phone, phone: '79160001122' } }, settings)).toEqual([
      'destination.phone',
    ]);
    expect(await sent({ ...ORDER, destination: phone }, settings)).toMatchObject({
      ...{ destination: '10', client: '37120000000', phone: '622851280', receiver_bic: 'HABALV22' },
    });
    const wallet = { type: 'wallet', scheme: 'skrill', walletId: 'w-1' } as const;
    expect(await sent({ ...ORDER, destination: wallet }, settings)).toMatchObject({
      destination: '51',
      client: 'w-1',
    });
    expect(fields({ destination: { ...wallet, scheme: 'other' } }, settings)).toEqual(['destination']);
  });

  it('a phone for all who have none', async () => {
    const recipient = { firstName: 'A', lastName: 'B' };
    expect(fields({ recipient }, { defaultPhone: '10000000' })).toEqual([]);
    expect(await sent({ ...ORDER, recipient }, { defaultPhone: '10000000' })).toMatchObject({
      phone: '10000000',
    });
  });

  it('a card is looked at where it is open: one that does not fit is not sent', async () => {
    const odd = { '3': { type: 'card', currencies: ['EUR'], clientPattern: '^4' } };
    expect(await sent(CARD_ORDER, { destinations: odd })).toMatchObject({
      destination: '3',
      client: '4111111111111111',
    });
    const other = { ...CARD_ORDER, destination: { type: 'card', number: '5555555555554444' } } as const;
    const answer = await provider({ destinations: odd }).prepare('execute', other, never);
    expect(answer).toMatchObject({ kind: 'not_sent', code: 'client_not_taken' });
    expect(JSON.stringify(answer)).not.toContain('5555');
  });
});

describe('amounts of a currency with fewer decimals', () => {
  const settings = {
    currency: 'IDR',
    destinations: { '7': { type: 'bank_account', currencies: ['IDR'] } },
  };

  it('are whole', async () => {
    expect(fields({ amount: { minor: 15_000_000, currency: 'IDR' } }, settings)).toEqual([]);
    expect(fields({ amount: { minor: 15_000_001, currency: 'IDR' } }, settings)).toEqual(['amount.minor']);
    const order = { ...ORDER, amount: { minor: 15_000_000, currency: 'IDR' } } as const;
    expect(await sent(order, settings)).toMatchObject({ amount: '150000', currency: 'IDR' });
  });
});

describe('one request', () => {
  it('is the same bytes whenever it is made, in the zone of the provider', async () => {
    const [first, later] = await Promise.all(
      [1, 2].map(async (now) =>
        prepared(providerAt('http://127.0.0.1:1', {}, { now: () => now * 1_000_000_000 }), ORDER),
      ),
    );
    expect(first?.exact).toEqual(later?.exact);
    expect(await sent(ORDER, { providerTimeZone: 'Europe/Moscow' })).toMatchObject({
      dt: '2025-03-04 08:06:07',
    });
  });

  it('leaves once', async () => {
    const request = await prepared(provider(), ORDER);
    await request.send(never);
    await expect(request.send(never)).rejects.toThrow('sent before');
  });
});

describe('what the account can do', () => {
  it('by default', () => {
    const { capabilities, limits, cards } = provider();
    expect(capabilities).toEqual({
      destinations: ['card', 'bank_account'],
      callbacks: 'hint',
      sources: false,
    });
    expect(limits).toMatchObject({
      ...{
        currencies: ['EUR'],
        callTimeoutMs: 30_000,
        notFoundGraceMs: 900_000,
        resendAfterNotFound: 'manual',
      },
      poll: [
        { delayMs: 60_000, times: 16 },
        { delayMs: 300_000, times: 21 },
        { delayMs: 3_600_000, times: 46 },
      ],
    });
    expect(cards).toHaveProperty('lacking');
    expect(provider().steps(GOOD)).toEqual(['execute']);
  });

  it('the first check after 60 s, the last after 48 h (§9)', () => {
    const { poll } = provider().limits;
    expect(poll[0]?.delayMs).toBe(60_000);
    const total = poll.reduce((sum, { delayMs, times }) => sum + delayMs * times, 0);
    expect(Math.abs(total - 48 * 3_600_000)).toBeLessThan(300_000);
  });

  it('ids of at most 20 letters and digits, whatever the settings say', () => {
    const { orderIdPattern } = provider({ orderIdPattern: '^.*$' }).limits;
    for (const id of ['A', 'a1', 'PX7K2M9QH4T6W8Z1C5D0']) expect(orderIdPattern.test(id)).toBe(true);
    for (const id of ['', 'PX7K2M9QH4T6W8Z1C5D01', 'a-b', 'a_b', 'a\n', 'é'])
      expect(orderIdPattern.test(id)).toBe(false);
    expect(provider({ orderIdPattern: '^[0-9A-Z]{20}$' }).limits.orderIdPattern.test('a')).toBe(false);
  });

  it('without callbacks', () => {
    const quiet = provider({ callbacksEnabled: false });
    expect(quiet.capabilities.callbacks).toBe('none');
    expect(quiet.callbackRepeat).toHaveProperty('lacking');
  });
});

describe('settings are refused', () => {
  it.each<[string, object, string]>([
    ['http to the world', { baseUrl: 'http://int.8b.world' }, 'baseUrl'],
    ['a Service_ID that is none', { serviceId: 'abc' }, 'serviceId'],
    ['no key', { secretKey: undefined }, 'secretKey'],
    ['an unknown zone', { providerTimeZone: 'Mars/Base' }, 'providerTimeZone'],
    ['an unknown currency', { currency: 'XXX' }, 'currency'],
    ['a currency that no direction pays', { currency: 'GBP' }, 'destinations'],
    ['ERROR as the acknowledgement', { ackBody: 'ERROR' }, 'ackBody'],
    ['an extra field of ours', { extraFields: ['amount'] }, 'extraFields'],
    [
      'a wanted field that may not be sent',
      { destinations: { '1': { type: 'card', currencies: ['EUR'], requiredFields: ['foo'] } } },
      'foo',
    ],
    ['a pattern that is none', { statementCommentPattern: '(' }, 'statementCommentPattern'],
    [
      'a resend before the last is over',
      { resendSameId: 'auto', notFoundGraceSecs: 10 },
      'notFoundGraceSecs',
    ],
    ['a setting that nobody knows', { whatever: 1 }, 'whatever'],
  ])('%s', (_what, changes, words) => {
    expect(() => configOf(changes as Record<string, unknown>)).toThrow(words);
  });

  it('without repeating the key', () => {
    expect(() => configOf({ secretKey: 's3cr3t'.repeat(50) })).not.toThrow(/s3cr3t/);
  });

  it('and what was read reads the same again', () => {
    const config = configOf({ registryColumns: { id: 'x' }, recipes: { notify: ['id'] } });
    expect(configOf(config)).toEqual(config);
  });
});
