import { describe, expect, it } from 'vitest';
import { createErrorLookup, pairOf } from '../../../providers/all2pay/error-lookup.js';
import { ERROR_TABLE, UNAMBIGUOUS } from '../../../providers/all2pay/error-table.js';
import { interpretMoney } from '../../../providers/all2pay/interpret-money.js';
import { interpretStatus } from '../../../providers/all2pay/interpret-status.js';
import { interpretStore, interpretStoreStatus } from '../../../providers/all2pay/interpret-store.js';
import { settleSuspicion } from '../../../providers/all2pay/suspicion.js';
import type { HttpResponse } from '../../../providers/http-call.js';
import { DOCUMENTED_ERRORS, type DocumentedError, type Outcome } from './documented-errors.js';
import { ORDER_ID, readingOf, response } from './fixtures.js';

const NUMBERS = DOCUMENTED_ERRORS.map(({ row }) => row);
const rowNumber = (number: number): DocumentedError => {
  const row = DOCUMENTED_ERRORS.find((documented) => documented.row === number);
  if (row === undefined) throw new Error(`The document has no row ${number}`);
  return row;
};

function answerOf(row: DocumentedError, more: object = {}): HttpResponse {
  if (row.code === null) return response(row.http, '<html>Not Found</html>', 'text/html');
  return response(row.http, {
    errorCode: row.code,
    errorMessage: row.message,
    orderNumber: ORDER_ID,
    ...more,
  });
}

/** What an answer of ours amounts to, in the words of the data. */
function outcomeOf(
  answer: ReturnType<typeof interpretMoney> | ReturnType<typeof interpretStore>,
): Outcome | 'other' {
  if (answer.kind === 'unknown') {
    return answer.suspected && answer.suspected.class !== 'expired'
      ? `maybe ${answer.suspected.class}`
      : 'unknown';
  }
  if (answer.kind !== 'answered') return 'other';
  const { progress } = answer;
  if (progress.kind !== 'not_paid' && progress.kind !== 'not_stored') return 'other';
  return progress.class === 'expired' ? 'other' : progress.class;
}

describe('document and adapter have the same table', () => {
  it('of 34 rows', () => {
    expect(NUMBERS).toEqual(Array.from({ length: 34 }, (_, index) => index + 1));
  });

  it('no documented code is missing in the adapter, and it has none that is not documented', () => {
    const pairs = (rows: readonly { row: number; http: number; code: string | null }[]) =>
      rows.map((row) => `${row.row}: ${pairOf(row)}`);
    expect(pairs(ERROR_TABLE)).toEqual(pairs(DOCUMENTED_ERRORS));
  });

  it('with the same classes', () => {
    const classes = (rows: readonly { class: string }[]) => rows.map((row) => row.class.replace('*', ''));
    expect(classes(ERROR_TABLE)).toEqual(classes(DOCUMENTED_ERRORS));
  });

  it('never takes the text alone for a result (§11.2 rules 1 and 2)', () => {
    for (const row of ERROR_TABLE) {
      if (row.class === 'A') continue;
      expect(row.confirm || UNAMBIGUOUS.has(pairOf(row)), `row ${row.row}`).toBe(true);
    }
  });

  it('finds each row by its own text', () => {
    const lookup = createErrorLookup({ errorPolicy: [] });
    for (const { row, http, code, message } of DOCUMENTED_ERRORS) {
      // Rows 33 and 34 differ in a placeholder only.
      expect(lookup({ http, code: code ?? undefined, message })?.row).toBe(row === 34 ? 33 : row);
    }
  });
});

describe.each(DOCUMENTED_ERRORS)('row $row ($http/$code, class $class)', (row) => {
  const store = { ...readingOf(), orderId: ORDER_ID };

  it.each(['execute', 'register'] as const)('as the answer to %s', (step) => {
    const reading = readingOf();
    expect(outcomeOf(interpretMoney(step, answerOf(row), reading))).toBe(row[step]);
    expect(reading.unmapped).toEqual([]);
  });

  it.each(['destination', 'source'] as const)('as the answer to the storing of a %s', (purpose) => {
    expect(outcomeOf(interpretStore(answerOf(row), { ...store, purpose }))).toBe(row.storing);
  });

  it('as the answer to a status query', () => {
    const expected =
      row.status === 'unknown'
        ? { kind: 'unknown' }
        : { kind: 'answered', progress: { kind: row.status === 'declined' ? 'not_paid' : 'not_found' } };
    expect(interpretStatus(answerOf(row), readingOf())).toMatchObject(expected);
    const ofStore = interpretStoreStatus(answerOf(row), { ...store, purpose: 'destination' });
    expect(ofStore).toMatchObject(
      row.status === 'declined' ? { kind: 'answered', progress: { kind: 'not_stored' } } : expected,
    );
  });

  it('becomes a result by one status query that agrees, and by nothing else', () => {
    const money = interpretMoney('execute', answerOf(row), readingOf());
    const suspected = money.kind === 'unknown' ? money.suspected : undefined;
    expect(suspected !== undefined).toBe(row.execute.startsWith('maybe'));
    if (suspected === undefined) return;
    const settled = (status: HttpResponse) =>
      settleSuspicion(interpretStatus(status, readingOf()), suspected);
    const body = { errorCode: '0', orderNumber: ORDER_ID };
    const believed = { kind: 'answered', progress: suspected };
    expect(settled(answerOf(rowNumber(9)))).toEqual(believed);
    expect(settled(answerOf(rowNumber(16)))).toEqual(believed);
    expect(settled(response(200, { ...body, orderStatus: '6' }))).toEqual(believed);
    expect(settled(response(200, { ...body, orderStatus: '0' }))).toMatchObject({
      progress: { kind: 'pending' },
    });
    for (const unclear of [response(200, body), response(500, ''), response(404, '')]) {
      expect(settled(unclear).kind).toBe('unknown');
    }
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

  it('gives way to nothing else: a challenge, a page or a stored card beside an error is none', () => {
    if (row.code === null) return;
    const more = {
      acsUrl: 'https://acs.example',
      shortUrl: 'https://acs.example/s',
      formUrl: 'https://page.example',
      bindingId: '9a1f0c5e-77b2-4a41-8f0a-5f8f2f7f9e21',
    };
    expect(outcomeOf(interpretMoney('execute', answerOf(row, more), readingOf()))).toBe(row.execute);
    expect(outcomeOf(interpretMoney('register', answerOf(row, more), readingOf()))).toBe(row.register);
    const stored = interpretStore(answerOf(row, more), { ...store, purpose: 'source' });
    expect(outcomeOf(stored)).toBe(row.storing);
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
