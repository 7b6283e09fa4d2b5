import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../providers/eightb-disbursement/hash.js';
import type { CallbackReading, RawCallback } from '../../../providers/port.js';
import { configOf, ORDER_ID, providerAt } from './fixtures.js';

/** §5.7's own sample. */
const SAMPLE =
  'id=PX7K2M9QH4T6W8Z1C5D0&dt=2025-03-04+05%3A08%3A00&amount=150.00&result=1&error=&destination=202&hash=ee19caebc8ed276f2e8c744b4692df31';

const raw = (body: string | Uint8Array, more: Partial<RawCallback> = {}): RawCallback => ({
  ...{ method: 'POST', url: '/callbacks/8b', headers: {}, body: Buffer.from(body) },
  ...more,
});
const read = (body: string | Uint8Array, changes = {}, more = {}): CallbackReading =>
  providerAt('http://127.0.0.1:1', changes).readCallback(raw(body, more));

/** The sample with other fields, signed anew. */
function signed(fields: Record<string, string>, changes = {}): string {
  const { hash: _hash, ...sample } = Object.fromEntries(new URLSearchParams(SAMPLE));
  const all = { ...sample, ...fields };
  return new URLSearchParams({ ...all, hash: hashOf('callback', all, configOf(changes)) }).toString();
}

const dedupeKey = (reading: CallbackReading) =>
  reading.kind === 'verified' ? reading.dedupeKey : reading.why;
const REFUSED = { kind: 'refused', answer: { status: 403, contentType: 'text/plain', body: '' } };

it('the sample of the document is verified; it is a hint, and acknowledged by OK', () => {
  expect(read(SAMPLE)).toEqual({
    kind: 'verified',
    orderId: ORDER_ID,
    dedupeKey: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    acknowledge: { status: 200, contentType: 'text/plain', body: 'OK' },
  });
});

it('the other vector of the document, and a hash in capitals', () => {
  const declined = SAMPLE.replace('result=1', 'result=0').replace(
    'ee19caebc8ed276f2e8c744b4692df31',
    'c0f4ec94080235a3e8b6125979ed9ada',
  );
  expect(read(declined).kind).toBe('verified');
  expect(read(SAMPLE.replace(/[0-9a-f]{32}$/, (hash) => hash.toUpperCase())).kind).toBe('verified');
  expect(dedupeKey(read(declined))).not.toBe(dedupeKey(read(SAMPLE)));
});

it('a repetition is the same message, dated anew or with another reason; another result or amount is not', () => {
  const first = dedupeKey(read(SAMPLE));
  expect(dedupeKey(read(signed({ dt: '2025-03-04 05:09:00' })))).toBe(first);
  expect(dedupeKey(read(signed({ error: 'whatever' })))).toBe(first);
  for (const other of [{ result: '0' }, { amount: '150.01' }, { destination: '3' }, { id: 'OTHER' }]) {
    expect(dedupeKey(read(signed(other)))).not.toBe(first);
  }
});

it('another amount or direction is a hint as well: one check of ours finds out', () => {
  expect(read(signed({ amount: '1.00', destination: '999' }))).toMatchObject({
    kind: 'verified',
    orderId: ORDER_ID,
  });
});

describe('refused with 403 and an empty body', () => {
  it.each([
    ['nothing', ''],
    ['no hash', SAMPLE.replace(/&hash=.*/, '')],
    ['an empty hash', SAMPLE.replace(/hash=.*/, 'hash=')],
    ['a hash of another length', `${SAMPLE}0`],
    ['a hash of other letters', SAMPLE.replace(/hash=.*/, `hash=${'z'.repeat(32)}`)],
    ['the hash of result 0', SAMPLE.replace('result=1', 'result=0')],
    ['the hash of another amount', SAMPLE.replace('150.00', '150.0')],
    ['the hash of another id', SAMPLE.replace('PX7K', 'QX7K')],
    ['two ids', `id=OTHER&${SAMPLE}`],
    ['an id in capitals beside it', `${SAMPLE}&ID=OTHER`],
    ['characters that should be encoded', SAMPLE.replace('+', ' ')],
    ['broken encoding', `${SAMPLE}&x=%zz`],
    ['a nameless field', `${SAMPLE}&=1`],
    ['a name with brackets', `${SAMPLE}&a%5Bb%5D=1`],
    ['JSON', '{"id":"PX7K2M9QH4T6W8Z1C5D0"}'],
    ['too many fields', `${SAMPLE}${Array.from({ length: 60 }, (_, at) => `&f${at}=1`).join('')}`],
    ['too long a value', `${SAMPLE}&error2=${'x'.repeat(2_000)}`],
    ['too long a body', `${SAMPLE}&x=${'%41'.repeat(3_000)}`],
    ['100 MB of blanks', ' '.repeat(100_000_000)],
  ])('%s', (_what, body) => expect(read(body)).toMatchObject(REFUSED));

  it.each([
    ['a result that is neither', { result: '2' }],
    ['no result', { result: '' }],
    ['an id that moved into the date', { id: `${ORDER_ID}2`, dt: '025-03-04 05:08:00' }],
    ['a date that moved into the amount', { dt: '2025-03-04 05:08:0', amount: '0150.00' }],
    ['an amount that moved into the result', { amount: '150.0', result: '01' }],
    ['a result that moved into the direction', { result: '', destination: '1202' }],
    ['an amount below zero', { amount: '-150.00' }],
    ['an amount in words', { amount: '1e3' }],
    ['an id that cannot be ours', { id: 'PX7K2M9QH4T6W8Z1C5D01' }],
    ['no id', { id: '' }],
  ])('%s, though well signed', (_what, fields) => expect(read(signed(fields))).toMatchObject(REFUSED));

  it('a GET', () => expect(read(SAMPLE, {}, { method: 'GET', url: `/x?${SAMPLE}` })).toMatchObject(REFUSED));

  it('any byte of what is signed changed', () => {
    const at = fc.integer({ min: 0, max: SAMPLE.indexOf('&error') - 1 });
    fc.assert(
      fc.property(at, fc.integer({ min: 1, max: 255 }), (place, flip) => {
        const bytes = Buffer.from(SAMPLE);
        bytes[place] = (bytes[place] ?? 0) ^ flip;
        const reading = read(bytes);
        // A name in capitals, or a blank written otherwise, is the same message.
        if (reading.kind === 'verified') expect(dedupeKey(reading)).toBe(dedupeKey(read(SAMPLE)));
      }),
    );
  });

  it('whatever bytes come, nothing throws and nothing is verified', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(read(bytes)).toMatchObject(REFUSED);
      }),
    );
  });
});

describe('settings', () => {
  it('the acknowledgement', () => {
    const ack = { ackBody: '{"status":"received"}', ackContentType: 'application/json' };
    expect(read(SAMPLE, ack)).toMatchObject({
      acknowledge: { status: 200, contentType: 'application/json', body: '{"status":"received"}' },
    });
  });

  it('names in capitals, another recipe', () => {
    const capitals = SAMPLE.replaceAll(
      /(^|&)(\w+)=/g,
      (_all, and: string, name: string) => `${and}${name.toUpperCase()}=`,
    );
    expect(read(capitals)).toMatchObject({ kind: 'verified', orderId: ORDER_ID });
    const recipes = { callback: ['id', 'amount', 'result'] };
    expect(read(SAMPLE, { recipes })).toMatchObject(REFUSED);
    expect(read(signed({}, { recipes }), { recipes }).kind).toBe('verified');
  });

  it('none at all', () => {
    expect(read(SAMPLE, { callbacksEnabled: false })).toMatchObject({
      kind: 'refused',
      answer: { status: 404, body: '' },
    });
  });
});
