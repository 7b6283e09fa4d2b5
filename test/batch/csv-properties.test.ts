import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeToShow } from '../../batch/safe-to-show.js';
import { CARD, HEADER, problemsOf, quoted, read, rowsOf } from './csv-fixture.js';

const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
/** A description that the request's own check takes: printable, not blank, no long numbers. */
const description = cell
  .map((text) => text.replace(/[\p{Cc}\p{Cs}\p{Nd}]/gu, '').normalize('NFC'))
  .filter((text) => text.trim() === text && text !== '' && !text.includes('\ufeff'));

describe('any text at all', () => {
  it('is read or refused in words, and never throws', () => {
    const bit = fc.constantFrom(
      '"',
      ',',
      ';',
      '\t',
      '\n',
      '\r\n',
      '\ufeff',
      HEADER,
      CARD,
      '=1',
      '1E+20',
      'P-1',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bit, cell), { maxLength: 40 }), (bits) => {
        const file = read(bits.join(''));
        if (!file.ok) expect(file.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('even in bytes that are no text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => read(bytes)).not.toThrow();
      }),
    );
  });

  it('as a row of cells under a good header, never shows a card number', () => {
    const value = fc.oneof(cell, fc.constantFrom(CARD, `${CARD.slice(0, 8)} ${CARD.slice(8)}`, `x${CARD}`));
    fc.assert(
      fc.property(fc.array(fc.array(value, { minLength: 7, maxLength: 7 }), { minLength: 1 }), (rows) => {
        const text = [HEADER, ...rows.map((row) => row.map(quoted).join(','))].join('\n');
        expect(problemsOf(text).join('\n').replace(/\s/g, '')).not.toContain(CARD);
      }),
    );
  });

  it('is shown on one short line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = safeToShow(text);
        expect([...shown].length).toBeLessThanOrEqual(43);
        // eslint-disable-next-line no-control-regex -- what must not be there
        expect(shown).not.toMatch(/[\u0000-\u001f]/);
      }),
    );
  });
});

describe('what was written is read back', () => {
  const delimiter = fc.constantFrom(',', ';', '\t');
  const lineBreak = fc.constantFrom('\n', '\r\n', '\r');
  const row = fc.record({
    id: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,11}$/).filter((id) => !/\d{6}/.test(id)),
    minor: fc.integer({ min: 1, max: 999_999_999_999 }),
    description: fc.option(description, { nil: undefined }),
  });

  it('with any delimiter, line break and byte order mark', () => {
    const form = fc.record({ delimiter, lineBreak, mark: fc.constantFrom('', '\ufeff') });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        form,
        (rows, { delimiter, lineBreak, mark }) => {
          const lines = rows.map(({ id, minor, description }) =>
            [id, 'acme', 'acme-a2p', String(minor), 'RUB', 'card', CARD, description ?? '']
              .map(quoted)
              .join(delimiter),
          );
          const header = `${HEADER},description`.replaceAll(',', delimiter);
          const read = rowsOf(mark + [header, ...lines].join(lineBreak) + lineBreak);
          expect(
            read.map(({ request }) => [request.payoutId, request.amount.minor, request.description]),
          ).toEqual(rows.map(({ id, minor, description }) => [id, minor, description]));
        },
      ),
    );
  });
});
