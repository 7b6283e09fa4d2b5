import { describe, expect, it } from 'vitest';
import type { MoneyAnswer } from '../../../domain/provider-answer.js';
import { FIELD_TABLE } from '../../../providers/payneteasy/field-table.js';
import { interpretMoney, type MoneyCommand } from '../../../providers/payneteasy/interpret-money.js';
import { interpretStatus } from '../../../providers/payneteasy/interpret-status.js';
import { httpOutcome, HTTP_TABLE, OUTCOME_TABLE } from '../../../providers/payneteasy/outcome-table.js';
import { STATUS_TABLE } from '../../../providers/payneteasy/status-map.js';
import { DOCUMENTED_FIELDS, DOCUMENTED_OUTCOMES, DOCUMENTED_STATUSES } from './documented.js';
import { ACCEPTED, APPROVED, formText, readingOf, REFUSED, response } from './fixtures.js';

const unknown = { kind: 'unknown' };
const refused = { kind: 'answered', progress: { kind: 'not_paid', class: 'refused' } };

describe('statuses (§7)', () => {
  it('each that the document lists has its row, and there is no other', () => {
    expect(STATUS_TABLE.map(({ status }) => status)).toEqual(DOCUMENTED_STATUSES.map(({ status }) => status));
  });

  const expected = {
    SUCCEEDED: { kind: 'answered', progress: { kind: 'paid' } },
    DECLINED: { kind: 'answered', progress: { kind: 'not_paid', class: 'declined' } },
    PROCESSING: { kind: 'answered', progress: { kind: 'pending' } },
    AMBIGUOUS: unknown,
  };

  it.each(DOCUMENTED_STATUSES)('$status is $class', ({ status, class: means }) => {
    const reading = readingOf();
    for (const body of [{ ...APPROVED, status }, formText({ ...APPROVED, status })]) {
      expect(interpretStatus(response(200, body), reading)).toMatchObject(expected[means]);
    }
    expect(reading.unmapped).toEqual([]);
  });

  it.each(STATUS_TABLE.filter(({ meaning }) => meaning === 'not_paid'))('$status is told apart', (row) => {
    const { status, code = status } = row;
    const answer = interpretStatus(response(200, { ...APPROVED, status }), readingOf());
    expect(answer).toMatchObject({ progress: { code } });
  });

  it('a missing one is processing, an unlisted one is unknown and counted', () => {
    const reading = readingOf();
    const { status: _, ...without } = APPROVED;
    expect(interpretStatus(response(200, without), reading)).toMatchObject(expected.PROCESSING);
    expect(reading.unmapped).toEqual([]);
    for (const status of ['settled', 'approved!', '__proto__', 'constructor']) {
      expect(interpretStatus(response(200, { ...APPROVED, status }), reading)).toMatchObject(unknown);
    }
    expect(reading.unmapped).toHaveLength(4);
    expect(reading.unmapped[0]).toEqual({ call: 'status', what: 'order_status', http: 200, code: 'settled' });
  });
});

describe('answers to payouts (§6.1, §9)', () => {
  it('each that the document lists has its row', () => {
    const listed = DOCUMENTED_OUTCOMES.map(
      ({ type, orderId }) => `${type} ${orderId ? 'present' : 'absent'}`,
    );
    const ours = OUTCOME_TABLE.map(({ type, orderId }) => `${type} ${orderId}`);
    expect(ours.filter((row) => !listed.includes(row))).toEqual(['async-response absent']);
    expect(listed.filter((row) => !ours.includes(row))).toEqual([]);
  });

  const expected = {
    accepted: { kind: 'answered', progress: { kind: 'pending' }, providerOrderId: '6768788' },
    'not created': refused,
    ambiguous: { ...unknown, suspected: { class: 'refused' } },
  };
  const bodyOf = (type: string, orderId: boolean): Record<string, string> => ({
    ...(type === 'async-response' ? ACCEPTED : REFUSED),
    type,
    ...(orderId && { 'paynet-order-id': '6768788' }),
  });
  const all = DOCUMENTED_OUTCOMES.flatMap((row) => [200, 400, 422].map((http) => ({ ...row, http })));

  it.each(all)('$type, order id $orderId, HTTP $http: $class', ({ type, orderId, http, class: means }) => {
    const body = bodyOf(type, orderId);
    for (const command of ['payout', 'payout-by-ref'] as const) {
      expect(interpretMoney(command, response(http, body), readingOf())).toMatchObject(expected[means]);
      expect(interpretMoney(command, response(http, formText(body)), readingOf())).toMatchObject(
        expected[means],
      );
    }
  });

  it.each(DOCUMENTED_OUTCOMES)('of a check, $type, order id $orderId', ({ type, orderId, class: means }) => {
    const answer = interpretMoney('payout-check', response(200, bodyOf(type, orderId)), readingOf());
    expect(answer).toMatchObject(means === 'ambiguous' ? unknown : expected[means]);
    // What a check was refused for is no refusal of the payment after it.
    if (means === 'ambiguous') expect(answer).not.toHaveProperty('suspected');
  });

  it.each(DOCUMENTED_OUTCOMES)(
    'of a payment, $type, order id $orderId',
    ({ type, orderId, class: means }) => {
      const answer = interpretMoney('payout-pay', response(200, bodyOf(type, orderId)), readingOf());
      // The order was there before: "not created" is no proof yet, and what names it may still be approved.
      const wanted = { accepted: expected.accepted, 'not created': expected.ambiguous, ambiguous: unknown };
      expect(answer).toMatchObject(wanted[means]);
      if (means === 'ambiguous') expect(answer).not.toHaveProperty('suspected');
    },
  );

  it('an acceptance without an order id, another type and none are unknown', () => {
    const reading = readingOf();
    const { 'paynet-order-id': _, ...nameless } = ACCEPTED;
    const said: MoneyAnswer[] = [
      nameless,
      { ...ACCEPTED, type: 'sync-response' },
      { status: 'approved' },
    ].map((body) => interpretMoney('payout', response(200, body), reading));
    for (const answer of said) {
      expect(answer).toMatchObject(unknown);
      expect(answer).not.toHaveProperty('suspected');
    }
    expect(reading.unmapped).toEqual([{ call: 'money', what: 'error', http: 200, code: 'sync-response' }]);
  });

  it.each(['Order id is a duplicate', 'Duplicate client_orderid', 'client_orderid was already used'])(
    '"%s" may speak of a request before this one',
    (words) => {
      const answer = interpretMoney(
        'payout',
        response(200, { ...REFUSED, 'error-message': words }),
        readingOf(),
      );
      expect(answer).toMatchObject({ ...unknown, code: 'duplicate_order' });
      expect(answer).not.toHaveProperty('suspected');
    },
  );
});

describe('HTTP statuses (§9)', () => {
  it('covers every status once that means something', () => {
    expect(HTTP_TABLE.map(({ from, to, outcome }) => `${from}-${to} ${outcome}`)).toEqual([
      '200-299 read',
      '403-403 forbidden',
      '429-429 ambiguous',
      '400-499 read',
      '500-599 ambiguous',
    ]);
    for (const odd of [100, 199, 301, 302, 307, 399, 600, 999, 0]) expect(httpOutcome(odd)).toBe('ambiguous');
  });

  const EMPTY = ['', '   ', '<html><body><a href="/?a=b&c=d">x</a></body></html>', '[]', 'null', '{', 'OK'];
  const COMMANDS: readonly MoneyCommand[] = ['payout', 'payout-by-ref', 'payout-check', 'payout-pay'];

  it.each(COMMANDS)('%s: an empty or unreadable body is unknown, but with 403', (command) => {
    for (const http of [200, 302, 400, 401, 404, 408, 429, 500, 502, 503, 504]) {
      for (const body of EMPTY) {
        const answer = interpretMoney(command, response(http, body), readingOf());
        expect(answer).toMatchObject({ ...unknown, code: `http_${http}` });
        expect(answer).not.toHaveProperty('suspected');
      }
    }
    for (const body of EMPTY) {
      expect(interpretMoney(command, response(403, body), readingOf())).toMatchObject(refused);
    }
  });

  it('a 5xx or a 429 is not believed, whatever its body says', () => {
    for (const http of [429, 500, 502, 503, 504]) {
      for (const body of [ACCEPTED, REFUSED]) {
        const answer = interpretMoney('payout', response(http, body), readingOf());
        expect(answer).toEqual({ ...unknown, code: `http_${http}`, message: expect.any(String) as string });
      }
    }
  });

  it('a 403 that names an order is ambiguous like any other', () => {
    const body = { ...REFUSED, type: 'error', 'paynet-order-id': '6768788' };
    expect(interpretMoney('payout', response(403, body), readingOf())).toMatchObject({
      ...unknown,
      suspected: { class: 'refused' },
    });
  });

  it('what the transport says stays as it is', () => {
    for (const kind of ['not_sent', 'unknown'] as const) {
      const said = { kind, code: 'X', message: 'x' };
      expect(interpretMoney('payout', said, readingOf())).toEqual(said);
      expect(interpretStatus(said, readingOf())).toEqual(said);
    }
  });
});

it('every request field of §6.1 and §6.2 has its row, with its length', () => {
  expect(Object.keys(FIELD_TABLE)).toEqual(Object.keys(DOCUMENTED_FIELDS));
  for (const [name, length] of Object.entries(DOCUMENTED_FIELDS)) {
    if (length !== undefined) expect([name, FIELD_TABLE[name]?.max]).toEqual([name, length]);
  }
});
