import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CurrencyCode } from '../../../domain/currencies.js';
import { CURRENCIES } from '../../../domain/currencies.js';
import { minorOf, wireAmount } from '../../../providers/eightb-disbursement/amount.js';
import { readWireTime, wireDateTime, wireListTime } from '../../../providers/eightb-disbursement/dates.js';
import { interpretCheck, settleSuspicion } from '../../../providers/eightb-disbursement/interpret-check.js';
import { interpretPayout } from '../../../providers/eightb-disbursement/interpret-payout.js';
import { cleanWords } from '../../../providers/clean-words.js';
import { configOf, ORDER_ID, readingOf, response } from './fixtures.js';

const word = fc.constantFrom(
  ...[
    'OK',
    'PAID',
    'NOT_PAID',
    'PROCESSING',
    'NOT FOUND',
    'ERROR',
    'ERROR: insufficient funds',
    'ERROR: invalid hash',
  ],
  ...['ERROR: internal error', 'paid', 'DONE', '', ' PAID ', 'PAID<b/>', '&PAID;'],
);
const id = fc.constantFrom(ORDER_ID, 'OTHER', '', ORDER_ID.toLowerCase());
const elements = fc.array(
  fc.oneof(
    word.map((text) => `<result>${text}</result>`),
    id.map((text) => `<id>${text}</id>`),
    word.map((text) => `<error>${text}</error>`),
    fc.constantFrom('<x/>', '<RESULT>PAID</RESULT>', '</response>', '<!-- -->', '<![CDATA[PAID]]>'),
  ),
  { maxLength: 4 },
);
const body = fc.oneof(
  elements.map((inner) => `<response>${inner.join('')}</response>`),
  fc.string({ unit: 'binary', maxLength: 200 }),
);
const status = fc.constantFrom(200, 201, 302, 400, 401, 403, 404, 429, 500, 503);

describe('whatever comes back', () => {
  it('only an unmistakable answer about our order says paid or not paid, and nothing throws', () => {
    fc.assert(
      fc.property(body, status, (text, http) => {
        const only = (name: string) => {
          const found = [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'gi'))];
          return found.length === 1 ? found[0]?.[1]?.trim() : undefined;
        };
        const clean = (result: string) => only('result') === result && only('id') === ORDER_ID;
        for (const answer of [
          interpretPayout(response(text, http), readingOf()),
          interpretCheck(response(text, http), readingOf()),
        ]) {
          if (answer.kind !== 'answered') continue;
          expect(http).toBe(200);
          if (answer.progress.kind === 'paid') expect(clean('PAID')).toBe(true);
          if (answer.progress.kind === 'not_paid') expect(clean('NOT_PAID')).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('a suspicion never turns paid or pending into anything else', () => {
    const suspected = { kind: 'not_paid', class: 'declined', code: 'x', message: 'x' } as const;
    fc.assert(
      fc.property(body, status, (text, http) => {
        const answer = interpretCheck(response(text, http), readingOf());
        const settled = settleSuspicion(answer, suspected);
        if (answer.kind !== 'answered' || !['not_found', 'not_paid'].includes(answer.progress.kind)) {
          expect(settled).toEqual(answer);
        }
      }),
    );
  });
});

describe('amounts', () => {
  it.each([
    [15_000, 'EUR', '150.00'],
    [1, 'EUR', '0.01'],
    [99, 'EUR', '0.99'],
    [10_050, 'USD', '100.50'],
    [15_000_000, 'IDR', '150000'],
    [150, 'JPY', '150.00'],
    [1_000, 'KWD', '1.00'],
    [1_010, 'KWD', '1.01'],
  ] as const)('%i %s is %s', (minor, currency, text) => {
    expect(wireAmount({ minor, currency }, configOf())).toBe(text);
    expect(minorOf(text, currency)).toBe(minor);
  });

  it.each([
    [15_000_001, 'IDR'],
    [1_001, 'KWD'],
  ] as const)('%i %s has more decimals than the wire', (minor, currency) => {
    expect(wireAmount({ minor, currency }, configOf())).toBeUndefined();
  });

  it.each([
    '',
    '.5',
    '1.',
    '1,00',
    '1e3',
    '0x1',
    ' 1',
    '1 ',
    '+1',
    '--1',
    '1.005',
    'NaN',
    '١',
    '9'.repeat(16),
  ])('"%s" is none', (text) => expect(minorOf(text, 'EUR')).toBeUndefined());

  it('of any currency come back as they were', () => {
    const currency = fc.constantFrom(...(Object.keys(CURRENCIES) as CurrencyCode[]));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), currency, (minor, code) => {
        const text = wireAmount({ minor, currency: code }, configOf());
        if (text !== undefined) expect(minorOf(text, code)).toBe(minor);
        else
          expect([
            'IDR',
            ...Object.keys(CURRENCIES).filter((name) => CURRENCIES[name as CurrencyCode].exponent === 3),
          ]).toContain(code);
      }),
    );
  });
});

describe('dates', () => {
  const zone = fc.constantFrom('UTC', 'Europe/Moscow', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Apia');
  const time = fc.integer({
    min: Date.parse('2001-01-01T00:00:00Z'),
    max: Date.parse('2099-12-31T00:00:00Z'),
  });

  it('of any zone come back as they were', () => {
    fc.assert(
      fc.property(time, zone, (ms, name) => {
        const second = Math.floor(ms / 1000) * 1000;
        const back = readWireTime(wireDateTime(ms, name), name);
        // Where clocks are set back, one hour comes twice.
        if (back !== second) expect(wireDateTime(back ?? 0, name)).toBe(wireDateTime(second, name));
        const minute = Math.floor(ms / 60_000) * 60_000;
        const listed = readWireTime(wireListTime(ms, name), name);
        if (listed !== minute) expect(wireListTime(listed ?? 0, name)).toBe(wireListTime(minute, name));
      }),
    );
  });

  it.each([
    '2025-02-30 00:00:00',
    '2025-03-04 24:00:00',
    '2025-03-04 05:60:07',
    '2025-13-04 05:06:07',
    '04.03.2025',
    '30.02.2025 10:00',
    '2025-03-04',
    '',
    'now',
  ])('"%s" is none', (text) => expect(readWireTime(text, 'UTC')).toBeUndefined());

  it('an hour that clocks leave out is none', () => {
    expect(readWireTime('2025-03-30 03:30:00', 'Europe/Riga')).toBeUndefined();
    expect(readWireTime('2025-03-30 04:30:00', 'Europe/Riga')).toBe(Date.parse('2025-03-30T01:30:00Z'));
  });
});

it('no secret comes back in words, whatever stands around it and however it is written', () => {
  const secret = fc.constantFrom(
    'DE89370400440532013000',
    '4111111111111111',
    'k3y$EXAMPLE(notreal)',
    'Anna-Maria',
    'Żółć',
  );
  fc.assert(
    fc.property(
      secret,
      fc.string({ maxLength: 30 }),
      fc.string({ maxLength: 30 }),
      fc.boolean(),
      (value, a, b, upper) => {
        const said = `${a} ${upper ? value.toUpperCase() : value} ${b}`;
        expect(cleanWords(said, [value]).toLowerCase()).not.toContain(value.toLowerCase());
      },
    ),
  );
});
