import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minorUnits, wireAmount } from '../../../providers/payneteasy/amounts.js';
import { answerFields } from '../../../providers/payneteasy/answer-fields.js';
import { interpretMoney } from '../../../providers/payneteasy/interpret-money.js';
import { interpretStatus } from '../../../providers/payneteasy/interpret-status.js';
import { ACCEPTED, APPROVED, BANK_ORDER, formText, readingOf, REFUSED, response } from './fixtures.js';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const value = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.trim());
const http = fc.constantFrom(200, 201, 302, 400, 403, 404, 429, 500, 503);

describe('any body', () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ maxLength: 400 }).map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(text)),
    fc.dictionary(name, value).map((fields) => Buffer.from(formText(fields))),
  );

  it('is read without a crash, and is no success', () => {
    fc.assert(
      fc.property(http, body, (status, bytes) => {
        const answer = { ...response(status, ''), body: bytes };
        for (const changes of [{}, { flow: 'two_step' }]) {
          const told = interpretStatus(answer, readingOf(changes));
          expect(told.kind === 'answered' && told.progress.kind === 'paid').toBe(false);
          const money = interpretMoney('payout', answer, readingOf(changes));
          expect(money.kind === 'answered' && money.progress.kind === 'paid').toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('that is nested or long beyond measure is unknown', () => {
    for (const text of [
      '['.repeat(100_000),
      '{"a":'.repeat(100_000),
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    ]) {
      expect(interpretStatus(response(200, text), readingOf())).toMatchObject({ kind: 'unknown' });
      expect(interpretMoney('payout', response(200, text), readingOf())).toMatchObject({ kind: 'unknown' });
    }
    const deep = `{"type":"status-response","status":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    expect(interpretStatus(response(200, deep), readingOf())).toMatchObject({
      progress: { kind: 'pending' },
    });
    const many = Array.from({ length: 500 }, (_, i) => `f${i}=x`).join('&');
    expect(interpretStatus(response(200, many), readingOf())).toMatchObject({ kind: 'unknown' });
  });
});

describe('one changed field', () => {
  const decisive = ['type', 'status', 'amount', 'currency', 'merchant-order-id', 'transaction-type'] as const;

  it('of a success leaves no success', () => {
    fc.assert(
      fc.property(fc.constantFrom(...decisive), value, (field, changed) => {
        const same = changed === '' || changed.toLowerCase() === APPROVED[field].toLowerCase();
        fc.pre(!same && minorUnits(changed, 'USD') !== BANK_ORDER.amount.minor);
        const told = interpretStatus(response(200, { ...APPROVED, [field]: changed }), readingOf());
        expect(told.kind === 'answered' && told.progress.kind === 'paid').toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('more, of whatever name, beside a refusal or an acceptance changes nothing that it should not', () => {
    const known = [...Object.keys(APPROVED), ...Object.keys(REFUSED), 'redirect-to', 'processor-rrn'];
    fc.assert(
      fc.property(name, value, (extra, text) => {
        fc.pre(!known.includes(extra));
        const said = (body: object) =>
          interpretMoney('payout', response(200, { ...body, [extra]: text }), readingOf());
        expect(said(REFUSED)).toMatchObject({ progress: { class: 'refused' } });
        expect(said(ACCEPTED)).toMatchObject({ progress: { kind: 'pending' } });
        const told = interpretStatus(response(200, { ...APPROVED, [extra]: text }), readingOf());
        expect(told).toMatchObject({ progress: { kind: 'paid' } });
      }),
      { numRuns: 100 },
    );
  });
});

describe('the two formats (§5)', () => {
  it('say the same', () => {
    fc.assert(
      fc.property(fc.dictionary(name, value, { minKeys: 1, maxKeys: 12 }), (fields) => {
        const form = answerFields(Buffer.from(formText(fields)));
        expect(form).toEqual(answerFields(Buffer.from(JSON.stringify(fields))));
        expect(Object.fromEntries(form ?? [])).toEqual(fields);
      }),
      { numRuns: 150 },
    );
  });

  it('a line feed stands after each value, with or without a carriage return', () => {
    const text = 'type=async-response\r\n&serial-number=1\n&error-message=a+b%20c%26d\n';
    expect(Object.fromEntries(answerFields(Buffer.from(text)) ?? [])).toEqual({
      type: 'async-response',
      'serial-number': '1',
      'error-message': 'a b c&d',
    });
  });

  it('a broken value hides no other', () => {
    const fields = answerFields(Buffer.from('type=error&descriptor=100%&status=x'));
    expect(fields?.get('descriptor')).toBe('100%');
    expect(fields?.get('status')).toBe('x');
  });

  it('a name that is there twice with two values makes the whole unreadable', () => {
    expect(answerFields(Buffer.from('status=approved&status=declined'))).toBeUndefined();
    expect(answerFields(Buffer.from('order-id=1&order_id=2'))).toBeUndefined();
    expect(answerFields(Buffer.from('order-id=1&order_id=1'))?.get('order-id')).toBe('1');
  });
});

describe('amounts (§6.1)', () => {
  it('read back as they were written, in currencies of two decimals and of none', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.constantFrom('USD', 'JPY'),
        (minor, currency) => {
          const text = wireAmount({ minor, currency });
          expect(minorUnits(text, currency)).toBe(minor);
          expect(text.length).toBeLessThanOrEqual(10);
        },
      ),
    );
    expect(wireAmount({ minor: 15_050, currency: 'USD' })).toBe('150.50');
    expect(wireAmount({ minor: 5, currency: 'USD' })).toBe('0.05');
    expect(wireAmount({ minor: 150, currency: 'JPY' })).toBe('150');
  });

  it.each([
    '',
    '.5',
    '1.',
    '1,50',
    '1e3',
    '0x10',
    ' 1',
    '1.505',
    '+1',
    '--1',
    '1.5.0',
    'NaN',
    '1'.repeat(20),
  ])('"%s" is none', (text) => expect(minorUnits(text, 'USD')).toBeUndefined());

  it('may be below zero, where a balance is', () => {
    expect(minorUnits('-10.5', 'USD')).toBe(-1_050);
    expect(minorUnits('-0.00', 'USD')).toBe(0);
  });
});
