import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpretOperation } from '../../../providers/eightb-pay/interpret-operation.js';
import { interpretCharge, interpretPage } from '../../../providers/eightb-pay/interpret-start.js';
import { interpretStatus } from '../../../providers/eightb-pay/interpret-status.js';
import { API_KEY, ORDER, ORDER_ID, readingOf, response, SECRET, signed, TRANSACTION } from './fixtures.js';

const PAGE = {
  session_id: '306-bcd36f73',
  url: 'https://secure-test.8b.world/pay/306-bcd36f73',
  flag_get_url: 1,
  shop_api_key: API_KEY,
};
const page = (changes: object, settings = {}) =>
  interpretPage(response(200, signed({ ...PAGE, ...changes })), ORDER, readingOf(settings));
const status = (...items: object[]) =>
  interpretStatus(response(200, signed({ items })), ORDER_ID, readingOf());
const one = (changes: object) => status({ ...TRANSACTION, ...changes });

describe('the page (§4.1)', () => {
  it('is where the payer must go, until the order ends', () => {
    expect(page({})).toEqual({
      kind: 'answered',
      progress: { kind: 'page', action: { type: 'redirect', url: PAGE.url, expiresAt: ORDER.expiresAt } },
      providerOrderId: '306-bcd36f73',
    });
  });

  it.each([
    ['another shop', { shop_api_key: 'another' }, 'foreign_shop'],
    ['no shop', { shop_api_key: undefined }, 'foreign_shop'],
    ['an empty shop', { shop_api_key: '' }, 'foreign_shop'],
    ['no page', { url: undefined }, 'unreadable'],
    ['a script', { url: 'javascript:alert(1)' }, 'unusable_url'],
    ['a relative address', { url: '/pay/1' }, 'unusable_url'],
    ['an address with a password', { url: 'https://a:b@8b.world/' }, 'unusable_url'],
    ['an endless address', { url: `https://8b.world/${'a'.repeat(5_000)}` }, 'unusable_url'],
  ])('%s is unknown', (_what, changes, code) => {
    expect(page(changes)).toMatchObject({ kind: 'unknown', code });
  });

  it('may lack the echo of our key where the account says so, but may not have a wrong one', () => {
    expect(page({ shop_api_key: undefined }, { requireEchoedKey: false }).kind).toBe('answered');
    expect(page({ shop_api_key: 'another' }, { requireEchoedKey: false }).kind).toBe('unknown');
  });

  it('passes transport failures on', () => {
    for (const kind of ['not_sent', 'unknown'] as const) {
      const http = { kind, code: 'X', message: 'x' };
      expect(interpretPage(http, ORDER, readingOf())).toEqual(http);
    }
  });
});

describe('the words of a refusal', () => {
  const refusal = (error: unknown, error_msg?: unknown, confidential: string[] = []) =>
    interpretPage(
      response(200, { success: false, error, error_msg }),
      ORDER,
      readingOf({}, ['anna@shop.example', ...confidential]),
    );

  it.each([
    ['code and words', 'bad_amount', 'Amount is wrong', 'bad_amount', 'Amount is wrong'],
    ['a sentence instead of a code', 'Amount is wrong', undefined, 'failure', 'Amount is wrong'],
    ['a number', 17, 'Amount is wrong', '17', 'Amount is wrong'],
    ['no words', undefined, undefined, 'failure', 'The provider said no, without words'],
    ['odd words', { a: 1 }, ['b'], 'failure', 'The provider said no, without words'],
  ])('%s', (_what, error, words, code, message) => {
    expect(refusal(error, words)).toEqual({ kind: 'answered', progress: { kind: 'refused', code, message } });
  });

  it('hold nothing that we sent in confidence', () => {
    const words = `No: ANNA@shop.example, ${SECRET}, ${API_KEY}, tok-abc.1, 4111 1111 1111 1111, +380 50 123 45 67`;
    const text = JSON.stringify(refusal(words, words, ['tok-abc.1']));
    for (const part of ['nna@', SECRET, API_KEY, 'tok-abc', '4111', '123']) {
      expect(text.toLowerCase()).not.toContain(part.toLowerCase());
    }
  });

  it('hold no secret, wherever it stands', () => {
    const confidential = fc
      .string({ minLength: 3, maxLength: 30 })
      // No caller's value begins or ends with blanks.
      .filter((text) => !/^[*\s\d]|\*|\s$/.test(text));
    fc.assert(
      fc.property(confidential, fc.string(), fc.string(), (value, before, after) => {
        const answer = refusal('x', `${before} ${value} ${after}`, [value]);
        // Letters alone are a name, blotted out only as a whole word.
        if (answer.kind === 'answered' && answer.progress.kind === 'refused' && !/^\p{L}+$/u.test(value)) {
          const { message } = answer.progress;
          if (!'The provider said no, without words'.includes(value)) expect(message).not.toContain(value);
        }
      }),
    );
  });
});

describe('transactions (§4.2, §5)', () => {
  it('are the engine’s, with all that it asked for', () => {
    const full = {
      ...{ ...TRANSACTION, status: '99', system_amount: 13111.2, system_currency: 'UAH', commission: '0' },
      ...{ card_number: '411111******1111', cardholder_name: 'ANNA PETROVA', pay_token: 'tok-1' },
      ...{ processing_error_msg: 'Sorry Anna Petrova, tok-1 do not honor', external_error_id: 5 },
    };
    expect(status(full)).toEqual({
      kind: 'answered',
      progress: {
        transactions: [
          {
            ...{ id: '197', status: 'failed', providerStatus: '99', card: '411111******1111' },
            amount: { minor: 32_778, currency: 'USD' },
            charged: { minor: 1_311_120, currency: 'UAH' },
            message: 'Sorry ***, *** do not honor (5)',
          },
        ],
        tokens: { 197: 'tok-1' },
      },
    });
  });

  it('none is none', () => {
    expect(status()).toEqual({ kind: 'answered', progress: { transactions: [], tokens: {} } });
  });

  it('keep another amount, for the engine to see', () => {
    expect(one({ amount: 1 })).toMatchObject({
      progress: { transactions: [{ amount: { minor: 100, currency: 'USD' } }] },
    });
    expect(one({ amount: undefined })).toMatchObject({ progress: { transactions: [{ amount: undefined }] } });
  });

  it.each([
    ['another order', { reference: 'order-0002' }, 'foreign_order'],
    ['no order', { reference: undefined }, 'foreign_order'],
    ['another shop', { api_key: 'another' }, 'foreign_shop'],
    ['half a cent', { amount: '327.785' }, 'unreadable_amount'],
    ['a negative amount', { amount: -1 }, 'unreadable_amount'],
    ['an amount in words', { amount: 'a lot' }, 'unreadable_amount'],
    ['an amount without currency', { currency: undefined }, 'unreadable_amount'],
    ['an unheard-of currency', { currency: 'XXX' }, 'unreadable_amount'],
    ['an amount that is an object', { amount: {} }, 'unreadable'],
    ['an id that is no id', { transaction_id: 'a b' }, 'unreadable'],
    ['an id beyond a double', { transaction_id: 2 ** 60 }, 'unreadable'],
    ['no id', { transaction_id: undefined }, 'unreadable'],
  ])('%s makes the answer unknown', (_what, changes, code) => {
    expect(one(changes)).toMatchObject({ kind: 'unknown', code });
    expect(status(TRANSACTION, { ...TRANSACTION, transaction_id: 198, ...changes })).toMatchObject({
      kind: 'unknown',
    });
  });

  it('without the shop’s key are proven by the signature', () => {
    expect(one({ api_key: undefined })).toMatchObject({ progress: { transactions: [{ status: 'paid' }] } });
  });

  it('told twice are one, or a contradiction', () => {
    expect(status(TRANSACTION, { ...TRANSACTION, transaction_id: '197', status: '3' })).toMatchObject({
      progress: { transactions: [{ id: '197' }] },
    });
    expect(status(TRANSACTION, { ...TRANSACTION, status: 99 })).toMatchObject({ code: 'contradiction' });
  });

  it.each([[{}], [{ items: {} }], [{ items: [null] }], [{ items: [[]] }], [[]], [7]])(
    'the signed document %j is unreadable',
    (document) => {
      const answer = interpretStatus(response(200, signed(document as object)), ORDER_ID, readingOf());
      expect(answer).toMatchObject({ kind: 'unknown', code: 'unreadable' });
    },
  );
});

describe('a charge by token (§4.4)', () => {
  const charge = (order: object, more: object = {}) =>
    interpretCharge(response(200, signed({ order, success: true, ...more })), ORDER, readingOf());

  it('is its transaction', () => {
    expect(charge(TRANSACTION)).toMatchObject({
      progress: { kind: 'transaction', transaction: { id: '197', status: 'paid' } },
    });
    expect(charge({ ...TRANSACTION, status: 99 })).toMatchObject({
      progress: { kind: 'transaction', transaction: { status: 'failed' } },
    });
  });

  it.each([
    ['another order', { ...TRANSACTION, reference: 'x' }, {}],
    ['another shop', { ...TRANSACTION, api_key: 'x' }, {}],
    ['success: false within', TRANSACTION, { success: false }],
    ['no transaction', {}, {}],
  ])('%s is unknown', (_what, order, more) => {
    expect(charge(order, more)).toMatchObject({ kind: 'unknown' });
  });
});

describe('operations (§4.4)', () => {
  const operate = (kind: 'refund' | 'void' | 'complete', order: object) =>
    interpretOperation(
      response(200, signed({ order, success: true })),
      { kind, transactionId: '197' },
      readingOf(),
    );

  it.each([
    ['refund', 4],
    ['void', 2],
    ['complete', 3],
  ] as const)('%s is done in status %d, and in no other', (kind, done) => {
    for (const code of [0, 1, 2, 3, 4, 7, 8, 98, 99, 5]) {
      const answer = operate(kind, { ...TRANSACTION, status: code });
      if (code === done) expect(answer).toMatchObject({ kind: 'answered', progress: { kind: 'done' } });
      else expect(answer).toMatchObject({ kind: 'unknown', code: `status_${code}` });
    }
  });

  it('of another transaction or shop is unknown', () => {
    expect(operate('refund', { ...TRANSACTION, status: 4, transaction_id: 198 }).kind).toBe('unknown');
    expect(operate('refund', { ...TRANSACTION, status: 4, api_key: 'x' }).kind).toBe('unknown');
  });
});

describe('whatever is in a signed answer', () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom<unknown>(197, '197', ORDER_ID, API_KEY, '327.78', 'USD', 3, '3', '99', null),
  );
  const item = fc.record(
    Object.fromEntries(
      [...Object.keys(TRANSACTION), 'pay_token', 'card_number', 'system_amount'].map((name) => [name, value]),
    ),
    { requiredKeys: [] },
  );
  const near = item.map((change) => ({ ...TRANSACTION, ...change }));

  it('only a transaction of this order and shop with status 3 is paid', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(item, near), { maxLength: 3 }), (items) => {
        const answer = status(...items);
        if (answer.kind !== 'answered') return;
        const paid = answer.progress.transactions.filter((transaction) => transaction.status === 'paid');
        const true3 = items.filter(
          (given) =>
            String(given['status']).trim() === '3' &&
            given['reference'] === ORDER_ID &&
            [API_KEY, null, undefined, ''].includes(given['api_key'] as string),
        );
        expect(paid.length).toBeLessThanOrEqual(true3.length);
      }),
      { numRuns: 500 },
    );
  });
});
