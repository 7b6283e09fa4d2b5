import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeDocument } from '../../../providers/eightb-pay/base64-json.js';
import { signatureOf } from '../../../providers/eightb-pay/signature.js';
import { callbackOf, KEY, ORDER_ID, providerAt, rawCallback, TRANSACTION } from './fixtures.js';
import { V6_STRIPPED, VECTORS } from './signing-vectors.js';

const provider = providerAt('http://127.0.0.1:1');
const ACK = { status: 200, contentType: 'text/plain', body: 'OK' };
const read = (document: object, sign?: string) => provider.readCallback(callbackOf(document, sign));

describe('a callback (§5)', () => {
  it('V5 is news, and acknowledged with OK', () => {
    const { data, sign } = VECTORS[4];
    expect(provider.readCallback(callbackOf(data, sign))).toEqual({
      kind: 'verified',
      orderId: ORDER_ID,
      dedupeKey: '197:3',
      news: {
        transactions: [
          {
            ...{ id: '197', status: 'paid', providerStatus: '3', amount: { minor: 32_778, currency: 'USD' } },
            ...{ charged: undefined, card: undefined, message: undefined },
          },
        ],
        tokens: {},
      },
      acknowledge: ACK,
    });
  });

  it('is verified with its line breaks, encoded or raw', () => {
    const data = encodeDocument(TRANSACTION).replace(/(.{60})/g, '$1\n') + '\n';
    const sign = signatureOf(data, KEY);
    expect(provider.readCallback(callbackOf(data, sign)).kind).toBe('verified');
    const raw = `data=${data.replaceAll('+', '%2B').replaceAll('/', '%2F').replaceAll('=', '%3D')}&sign=${sign}`;
    expect(provider.readCallback(rawCallback(raw)).kind).toBe('verified');
    expect(provider.readCallback(callbackOf(data.replaceAll('\n', ''), sign)).kind).toBe('refused');
  });

  it('V6 with the signature of its stripped text is refused', () => {
    expect(provider.readCallback(callbackOf(VECTORS[5].data, V6_STRIPPED))).toMatchObject({
      answer: { status: 403 },
    });
  });

  it('has the same key however the status is written, and the token of the card', () => {
    const written = [{ status: 3 }, { status: '3' }].map((status) => read({ ...TRANSACTION, ...status }));
    expect(written.map((reading) => reading.kind === 'verified' && reading.dedupeKey)).toEqual([
      '197:3',
      '197:3',
    ]);
    expect(read({ ...TRANSACTION, pay_token: 'tok-1' })).toMatchObject({
      news: { tokens: { 197: 'tok-1' } },
    });
  });

  it('with an unheard-of status is news of just that', () => {
    const seen: unknown[] = [];
    const counting = providerAt('http://127.0.0.1:1', {}, { onUnmapped: (answer) => seen.push(answer) });
    expect(counting.readCallback(callbackOf({ ...TRANSACTION, status: 42 }))).toMatchObject({
      news: { transactions: [{ status: 'unmapped', providerStatus: '42' }] },
    });
    expect(seen).toMatchObject([
      { protocol: 'eightb_pay', call: 'status', what: 'order_status', code: '42' },
    ]);
  });

  it.each([
    ['an amount that cannot be read', { amount: 'x' }],
    ['an amount that is none', { amount: [] }],
    ['no status', { status: undefined }],
    ['no transaction', { transaction_id: undefined }],
  ])('with %s makes the engine ask', (_what, changes) => {
    const reading = read({ ...TRANSACTION, ...changes });
    expect(reading).toMatchObject({ kind: 'verified', orderId: ORDER_ID, acknowledge: ACK });
    expect(reading.kind === 'verified' && reading.news).toBeUndefined();
  });

  it('is acknowledged as the account says', () => {
    const acknowledgement = { status: 202, contentType: 'text/html', body: 'ok' };
    const other = providerAt('http://127.0.0.1:1', { acknowledgement });
    expect(other.readCallback(callbackOf(TRANSACTION))).toMatchObject({ acknowledge: acknowledgement });
  });
});

describe('refused', () => {
  const form = (data: string, sign = signatureOf(data, KEY)) =>
    new URLSearchParams({ data, sign }).toString();
  const data = encodeDocument(TRANSACTION);
  const deep = Buffer.from(`${'['.repeat(20_000)}${']'.repeat(20_000)}`).toString('base64');

  it.each([
    ['a wrong signature', callbackOf(TRANSACTION, '0'.repeat(32)), 403],
    [
      'SHA-256 where MD5 is agreed',
      callbackOf(data, signatureOf(data, { ...KEY, signAlgorithm: 'sha256' })),
      403,
    ],
    ['another shop', callbackOf({ ...TRANSACTION, api_key: 'another' }), 403],
    ['no shop', callbackOf({ ...TRANSACTION, api_key: undefined }), 403],
    ['an order that cannot be ours', callbackOf({ ...TRANSACTION, reference: 'a b' }), 400],
    ['no order', callbackOf({ ...TRANSACTION, reference: undefined }), 400],
    ['an order that is an object', callbackOf({ ...TRANSACTION, reference: {} }), 400],
    ['no document', callbackOf('bm8ganNvbg=='), 400],
    ['a list', callbackOf([]), 400],
    ['a nested list', callbackOf(deep), 400],
    ['GET', rawCallback(form(data), 'GET'), 405],
    ['nothing', rawCallback(''), 400],
    ['no signature', rawCallback(`data=${encodeURIComponent(data)}`), 400],
    ['an empty signature', rawCallback(`data=${encodeURIComponent(data)}&sign=`), 400],
    ['two documents', rawCallback(`${form(data)}&data=x`), 400],
    ['two signatures', rawCallback(`${form(data)}&sign=x`), 400],
    ['bad encoding', rawCallback('data=%zz&sign=x'), 400],
    ['JSON', rawCallback(JSON.stringify({ data, sign: signatureOf(data, KEY) })), 400],
    ['too long', rawCallback(`data=${'A'.repeat(70_000)}&sign=x`), 400],
    ['too many fields', rawCallback('a=1&'.repeat(30) + form(data)), 400],
  ])('%s', (_what, raw, status) => {
    expect(provider.readCallback(raw)).toMatchObject({ kind: 'refused', answer: { status } });
  });

  it('a raw plus sign, which a form reads as a blank', () => {
    const text = encodeDocument({ ...TRANSACTION, description: 'ü?>ü?>ü?>' });
    expect(text).toContain('+');
    const raw = `data=${text.replaceAll('=', '%3D')}&sign=${signatureOf(text, KEY)}`;
    expect(provider.readCallback(rawCallback(raw))).toMatchObject({
      kind: 'refused',
      answer: { status: 403 },
    });
  });

  it('anything that is not signed, without a crash', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.string().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          expect(provider.readCallback(rawCallback(bytes)).kind).toBe('refused');
        },
      ),
    );
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (text, sign) => {
        expect(provider.readCallback(callbackOf(text, sign || 'x')).kind).toBe('refused');
      }),
    );
  });

  it('any signed document is read without a crash, and is paid by status 3 alone', () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom<unknown>(3, '3', '327.78', 'USD'));
    const names = [
      'transaction_id',
      'amount',
      'currency',
      'status',
      'system_amount',
      'card_number',
      'pay_token',
    ];
    const changes = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
    fc.assert(
      fc.property(changes, (change) => {
        const reading = provider.readCallback(callbackOf({ ...TRANSACTION, status: 99, ...change }));
        expect(reading).toMatchObject({ kind: 'verified', orderId: ORDER_ID });
        const [transaction] = (reading.kind === 'verified' && reading.news?.transactions) || [];
        if (transaction?.status === 'paid') expect(String(change['status']).trim()).toBe('3');
      }),
    );
  });

  it('says nothing of what came in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const reading = provider.readCallback(callbackOf({ ...TRANSACTION, api_key: 'x', more: value }));
        expect(reading).toMatchObject({ kind: 'refused', answer: { body: 'refused' } });
      }),
    );
  });
});
