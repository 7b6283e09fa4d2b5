import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeDocument, encodeDocument } from '../../../providers/eightb-pay/base64-json.js';
import { readEnvelope } from '../../../providers/eightb-pay/envelope.js';
import { payDocument } from '../../../providers/eightb-pay/requests.js';
import { isSignature, signatureOf } from '../../../providers/eightb-pay/signature.js';
import { configOf, KEY, ORDER, providerAt, response } from './fixtures.js';
import { V6_STRIPPED, VECTORS } from './signing-vectors.js';

const keyOf = (secretKey: string, signAlgorithm: 'md5' | 'sha256' = 'md5') => ({ secretKey, signAlgorithm });
const vector = (start: string) => {
  const found = VECTORS.find(({ name }) => name.startsWith(start));
  if (!found) throw new Error(start);
  return found;
};

describe('vectors of §3.2', () => {
  it.each(VECTORS)('$name', ({ key, data, sign }) => {
    expect(signatureOf(data, keyOf(key))).toBe(sign);
    expect(isSignature(sign, data, keyOf(key))).toBe(true);
    expect(isSignature(sign.toUpperCase(), data, keyOf(key))).toBe(true);
    expect(decodeDocument(data)).toBeTypeOf('object');
  });

  it('V3 decodes to its text, V6 without its line breaks', () => {
    expect(decodeDocument(vector('V3').data)).toEqual({ description: 'Оплата ü?>' });
    expect(decodeDocument(vector('V6').data)).toEqual({
      items: [{ transaction_id: 197, reference: 'order-0001', status: 3 }],
    });
  });

  it('V3 is written with + and / unescaped in base64', () => {
    expect(encodeDocument({ description: 'Оплата ü?>' })).toBe(vector('V3').data);
  });

  it('V4 is what leaves for the order of §4.1, percent-encoded', () => {
    const { data, sign } = vector('V4');
    expect(encodeDocument(payDocument(ORDER, configOf()))).toBe(data);
    const { exact } = providerAt('http://127.0.0.1:1').start(ORDER);
    expect(Buffer.from(exact).toString()).toBe(`data=${encodeURIComponent(data)}&sign=${sign}`);
  });

  it('V6 as an answer is signed', () => {
    const { data, sign } = vector('V6');
    expect(readEnvelope(response(200, { data, sign, success: true }), KEY).kind).toBe('signed');
  });
});

describe('must not match', () => {
  const { data, sign } = vector('V6');
  it.each([
    ['V6 with the signature of the stripped text', data, V6_STRIPPED],
    ['V6 stripped, with its signature', data.replaceAll('\n', ''), sign],
    ['the trailing line break alone is missing', data.slice(0, -1), sign],
    ['blanks for plus signs (a raw + in a form)', vector('V3').data.replaceAll('+', ' '), vector('V3').sign],
    ['empty', data, ''],
    ['shorter', data, sign.slice(0, -1)],
    ['longer', data, `${sign}0`],
    ['not hex', data, 'z'.repeat(32)],
    ['SHA-256', data, signatureOf(data, keyOf(KEY.secretKey, 'sha256'))],
    ['another key', data, signatureOf(data, keyOf('another'))],
  ])('%s', (_what, text, given) => {
    expect(isSignature(given, text, KEY)).toBe(false);
  });

  it('the stripped text has the signature that the document says', () => {
    expect(signatureOf(data.replaceAll('\n', ''), KEY)).toBe(V6_STRIPPED);
  });
});

it('signs with SHA-256 where the account says so', () => {
  const sign = signatureOf('abc', keyOf('k', 'sha256'));
  expect(sign).toMatch(/^[0-9a-f]{64}$/);
  expect(isSignature(sign, 'abc', keyOf('k', 'sha256'))).toBe(true);
});

describe('properties', () => {
  it('what is signed verifies, and nothing else does', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (data, secret, other) => {
        const key = keyOf(secret);
        const sign = signatureOf(data, key);
        expect(isSignature(sign, data, key)).toBe(true);
        if (other !== data) expect(isSignature(sign, other, key)).toBe(false);
      }),
    );
  });

  it('a document comes back whatever white space is put in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 80 }), (value, at) => {
        const data = encodeDocument({ value });
        const wrapped = data.replace(new RegExp(`(.{${at}})`, 'g'), '$1\n');
        expect(decodeDocument(wrapped)).toEqual(JSON.parse(JSON.stringify({ value })));
      }),
    );
  });

  it('never throws on rubbish', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => void decodeDocument(text)));
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readEnvelope({ body: Buffer.from(bytes) }, KEY)));
  });
});

it.each([
  ['the URL alphabet', 'eyJ-Pz8_In0='],
  ['no padding', 'eyJhIjoxfQ'],
  ['padding within', 'eyJh=jox'],
  ['empty', ''],
  ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('base64')],
  ['no JSON', Buffer.from('{').toString('base64')],
  ['nested a hundred thousand deep, broken', Buffer.from('['.repeat(100_000)).toString('base64')],
])('no document: %s', (_what, data) => {
  expect(decodeDocument(data)).toBeUndefined();
});
