import { describe, expect, it } from 'vitest';
import { createErrorLookup, pairOf } from '../../../providers/all2pay/error-lookup.js';
import { ERROR_TABLE, UNAMBIGUOUS, type ErrorRow } from '../../../providers/all2pay/error-table.js';
import { interpretMoney } from '../../../providers/all2pay/interpret-money.js';
import { interpretStatus } from '../../../providers/all2pay/interpret-status.js';
import { settleSuspicion } from '../../../providers/all2pay/suspicion.js';
import type { HttpResponse } from '../../../providers/http-call.js';
import { ORDER_ID, readingOf, response } from './fixtures.js';

function textOf(row: ErrorRow): string {
  return typeof row.text === 'string' ? row.text : (row.example ?? '');
}

function answerOf(row: ErrorRow, more: object = {}): HttpResponse {
  if (row.code === null) return response(row.http, '<html>Not Found</html>', 'text/html');
  return response(row.http, {
    errorCode: row.code,
    errorMessage: textOf(row),
    orderNumber: ORDER_ID,
    ...more,
  });
}

/** Rows whose class holds at once; every other D or B waits for one status query. */
const AT_ONCE: Readonly<Record<number, 'declined' | 'refused'>> = {
  3: 'declined',
  17: 'refused',
  18: 'refused',
  19: 'refused',
  29: 'declined',
  30: 'declined',
  31: 'refused',
  32: 'declined',
};

describe('the table', () => {
  it('has all 34 rows, in order', () => {
    expect(ERROR_TABLE.map(({ row }) => row)).toEqual(Array.from({ length: 34 }, (_, i) => i + 1));
  });

  it('never takes the text alone for a result (§11.2 rules 1 and 2)', () => {
    for (const row of ERROR_TABLE) {
      if (row.class === 'A') continue;
      expect(row.confirm || UNAMBIGUOUS.has(pairOf(row)), `row ${row.row}`).toBe(true);
    }
  });

  it('finds each row by its own text', () => {
    const lookup = createErrorLookup({ errorPolicy: [] });
    for (const row of ERROR_TABLE) {
      const found = lookup({ http: row.http, code: row.code ?? undefined, message: textOf(row) });
      expect(found?.row).toBe(row.row === 34 ? 33 : row.row);
    }
  });
});

describe.each(ERROR_TABLE)('row $row ($http/$code, class $class)', (row) => {
  const money = interpretMoney('execute', answerOf(row), readingOf());

  it('as the answer to a money call', () => {
    const atOnce = AT_ONCE[row.row];
    if (atOnce !== undefined) {
      expect(money).toMatchObject({ kind: 'answered', progress: { kind: 'not_paid', class: atOnce } });
    } else if (row.class === 'A') {
      expect(money.kind).toBe('unknown');
      expect(money).not.toHaveProperty('suspected');
    } else {
      const suspected = { kind: 'not_paid', class: row.class === 'D' ? 'declined' : 'refused' };
      expect(money).toMatchObject({ kind: 'unknown', suspected });
    }
  });

  it('becomes a result by one status query that agrees, and by nothing else', () => {
    const suspected = money.kind === 'unknown' ? money.suspected : undefined;
    if (suspected === undefined) return;
    const settled = (status: HttpResponse) =>
      settleSuspicion(interpretStatus(status, readingOf()), suspected);
    const body = { errorCode: '0', orderNumber: ORDER_ID };
    const notFound = ERROR_TABLE[8];
    const neverRegistered = ERROR_TABLE[15];
    expect(settled(answerOf(notFound!))).toEqual({ kind: 'answered', progress: suspected });
    expect(settled(answerOf(neverRegistered!))).toEqual({ kind: 'answered', progress: suspected });
    expect(settled(response(200, { ...body, orderStatus: '6' }))).toEqual({
      kind: 'answered',
      progress: suspected,
    });
    expect(settled(response(200, { ...body, orderStatus: '0' }))).toMatchObject({
      progress: { kind: 'pending' },
    });
    expect(settled(response(200, body)).kind).toBe('unknown');
    expect(settled(response(500, '')).kind).toBe('unknown');
    expect(settled(response(404, '')).kind).toBe('unknown');
  });

  it('as the answer to a status query', () => {
    const answer = interpretStatus(answerOf(row), readingOf());
    if (row.row === 9) expect(answer).toEqual({ kind: 'answered', progress: { kind: 'not_found' } });
    else if (row.row === 16)
      expect(answer).toMatchObject({ progress: { kind: 'not_paid', class: 'declined' } });
    else expect(answer.kind).toBe('unknown');
  });

  it('gives way to an orderStatus beside it (§11.2 rule 5)', () => {
    if (row.code === null) return;
    const by = (orderStatus: string) =>
      interpretMoney('execute', answerOf(row, { orderStatus }), readingOf());
    expect(by('6')).toMatchObject({ kind: 'answered', progress: { kind: 'not_paid', class: 'declined' } });
    expect(by('7')).toMatchObject({ kind: 'answered', progress: { kind: 'pending' } });
    const paid = by('2');
    expect(
      paid.kind === 'unknown' || (paid.kind === 'answered' && paid.progress.kind === 'contradiction'),
    ).toBe(true);
  });
});

describe('finding a row', () => {
  const money = (http: number, errorCode: string, errorMessage: string) =>
    interpretMoney('execute', response(http, { errorCode, errorMessage }), readingOf());

  it('does not ask for the text where HTTP status and code say it all', () => {
    expect(money(502, '204', 'Karte unbekannt')).toMatchObject({ progress: { class: 'declined' } });
    expect(money(200, '116', '')).toMatchObject({ kind: 'unknown', suspected: { class: 'declined' } });
  });

  it('reads open-box blanks, capitals and full stops as nothing', () => {
    expect(money(400, '98', 'Invalid\u2423request.')).toMatchObject({ suspected: { class: 'refused' } });
    expect(money(400, '98', 'INVALID REQUEST')).toMatchObject({ suspected: { class: 'refused' } });
  });

  it.each([
    [400, '98', 'Something new'],
    [500, '99', 'Something new'],
    [200, '98', 'Invalid request'],
    [502, '116', 'Insufficient funds'],
    [200, '777', 'What?'],
  ])('takes an unknown triple for unknown, and reports it: %i/%s', (http, code, message) => {
    const reading = readingOf();
    const answer = interpretMoney(
      'execute',
      response(http, { errorCode: code, errorMessage: message }),
      reading,
    );
    expect(answer).toEqual({ kind: 'unknown', code, message });
    expect(reading.unmapped).toEqual([{ call: 'money', what: 'error', http, code, words: message }]);
  });

  it('calls a pattern failure of recipient data a decline', () => {
    const answer = money(400, '98', '[target.pan] does not match required pattern [Luhn]');
    expect(answer).toMatchObject({ kind: 'unknown', suspected: { class: 'declined' } });
  });

  it('lets the configuration change a class, but never drop a confirmation that the text needs', () => {
    const errorPolicy = [
      { row: 7, class: 'D', confirm: false },
      { row: 1, class: 'D', confirm: false },
      { row: 3, class: 'A' },
    ];
    const by = (http: number, errorCode: string, errorMessage: string) =>
      interpretMoney('execute', response(http, { errorCode, errorMessage }), readingOf({ errorPolicy }));
    expect(by(400, '98', 'Invalid request')).toMatchObject({
      kind: 'unknown',
      suspected: { class: 'declined' },
    });
    expect(by(200, '116', 'Insufficient funds')).toMatchObject({ progress: { class: 'declined' } });
    expect(by(200, '902', 'Card is restricted')).toEqual({
      kind: 'unknown',
      code: '902',
      message: 'Card is restricted',
    });
  });
});
