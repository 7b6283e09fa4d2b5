import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../../providers/http-call.js';
import { ERROR_CLASSES, type AnswerEvent } from '../../../providers/eightb-pay/error-classes.js';
import { interpretOperation } from '../../../providers/eightb-pay/interpret-operation.js';
import { interpretCharge, interpretPage } from '../../../providers/eightb-pay/interpret-start.js';
import { interpretStatus } from '../../../providers/eightb-pay/interpret-status.js';
import { STATUS_TABLE, TRANSACTION_STATUSES } from '../../../providers/eightb-pay/status-map.js';
import { API_KEY, ORDER, ORDER_ID, readingOf, response, signed, TRANSACTION } from './fixtures.js';

/** 8b.world /pay §6, copied from the document. */
const DOCUMENTED_STATUSES: readonly [string, string][] = [
  ['0', 'started'],
  ['1', 'held'],
  ['2', 'released'],
  ['3', 'paid'],
  ['4', 'refunded'],
  ['7', 'release_failed'],
  ['8', 'uncertain'],
  ['98', 'expired'],
  ['99', 'failed'],
];

/** 8b.world /pay §7, copied from the document: initialize, then what moves money. */
const DOCUMENTED_EVENTS: Readonly<Record<AnswerEvent, readonly [string, string]>> = {
  success: ['proceed', 'proceed'],
  failure: ['refused', 'confirm'],
  bad_sign: ['unknown', 'unknown'],
  http_4xx: ['refused', 'confirm'],
  http_5xx: ['unknown', 'unknown'],
  not_json: ['unknown', 'unknown'],
};

const PAGE = {
  session_id: '306-bcd36f73',
  url: 'https://secure-test.8b.world/pay/306-bcd36f73',
  flag_get_url: 1,
  shop_api_key: API_KEY,
};
const forged = (document: object) => ({ ...signed(document), sign: '0'.repeat(32) });
const statusOf = (status: unknown, changes = {}, reading = readingOf(changes)) =>
  interpretStatus(response(200, signed({ items: [{ ...TRANSACTION, status }] })), ORDER_ID, reading);

describe('statuses (§6)', () => {
  it('has a row for every documented one, and no other', () => {
    expect(STATUS_TABLE.map(({ code, status }) => [code, status])).toEqual(DOCUMENTED_STATUSES);
  });

  it.each(DOCUMENTED_STATUSES)('%s is %s, as text and as a number', (code, status) => {
    for (const written of [code, Number(code), ` ${code} `]) {
      expect(statusOf(written)).toMatchObject({
        kind: 'answered',
        progress: { transactions: [{ id: '197', status, providerStatus: code }] },
      });
    }
  });

  const others = Array.from({ length: 101 }, (_, code) => String(code)).filter(
    (code) => !DOCUMENTED_STATUSES.some(([known]) => known === code),
  );
  it.each([...others, '-1', '3.0', '03', 'success', '', '__proto__'])(
    '%j is unmapped, and counted',
    (code) => {
      const reading = readingOf();
      expect(statusOf(code, {}, reading)).toMatchObject({
        progress: { transactions: [{ status: 'unmapped' }] },
      });
      expect(reading.unmapped).toMatchObject([{ call: 'status', what: 'order_status', http: 200 }]);
    },
  );

  it.each([null, undefined, {}, [], true])('%j is unreadable', (status) => {
    expect(statusOf(status)).toMatchObject({ kind: 'unknown', code: 'unreadable' });
  });

  it('may be changed by the account', () => {
    expect(statusOf(5, { statusMap: { 5: 'refunded' } })).toMatchObject({
      progress: { transactions: [{ status: 'refunded' }] },
    });
    expect(TRANSACTION_STATUSES).toHaveLength(DOCUMENTED_STATUSES.length + 1);
  });
});

describe('classes of errors (§7)', () => {
  it('has a row for every documented event, and no other', () => {
    const rows = Object.entries(ERROR_CLASSES).map(([event, row]) => [event, [row.initialize, row.money]]);
    expect(Object.fromEntries(rows)).toEqual(DOCUMENTED_EVENTS);
  });

  const html = '<html></html>';
  const EVENTS: readonly [string, AnswerEvent, (document: object) => HttpAnswer][] = [
    ['signed success', 'success', (document) => response(200, signed(document))],
    ['success: false', 'failure', () => response(200, { success: false, error: 'no', error_msg: 'No way' })],
    ['success: false, signed', 'failure', (document) => response(200, signed(document, { success: false }))],
    ['success "false"', 'failure', () => response(200, { success: 'false', error: 'no' })],
    ['wrong signature', 'bad_sign', (document) => response(200, forged(document))],
    ['no sign', 'bad_sign', (document) => response(200, { ...signed(document), sign: undefined })],
    ['neither data nor sign', 'bad_sign', () => response(200, { success: true })],
    ['plain document', 'bad_sign', (document) => response(200, { success: true, ...document })],
    ['HTTP 400, failure', 'http_4xx', () => response(400, { success: false, error: 'no' })],
    ['HTTP 404, a page', 'http_4xx', () => response(404, html)],
    ['HTTP 403', 'http_4xx', () => response(403, { success: false })],
    ['HTTP 422', 'http_4xx', () => response(422, '')],
    ['HTTP 408', 'not_json', () => response(408, '')],
    ['HTTP 429', 'not_json', () => response(429, { success: false })],
    ['HTTP 400 with a signed success', 'not_json', (document) => response(400, signed(document))],
    ['HTTP 302', 'not_json', (document) => response(302, signed(document))],
    ['HTTP 500 with a signed success', 'http_5xx', (document) => response(500, signed(document))],
    ['HTTP 500, failure', 'http_5xx', () => response(500, { success: false })],
    ['HTTP 502, a page', 'http_5xx', () => response(502, html)],
    ['a page', 'not_json', () => response(200, html)],
    ['nothing', 'not_json', () => response(200, '')],
    ['no UTF-8', 'not_json', () => ({ ...response(200, ''), body: Buffer.from([0xff, 0xfe]) })],
    ['a list', 'not_json', () => response(200, [])],
    ['null', 'not_json', () => response(200, 'null')],
    ['nested deep', 'not_json', () => response(200, '['.repeat(100_000) + ']'.repeat(100_000))],
    ['an odd success', 'not_json', (document) => response(200, signed(document, { success: 2 }))],
  ];

  it('plays every event', () => {
    expect(new Set(EVENTS.map(([, event]) => event))).toEqual(new Set(Object.keys(DOCUMENTED_EVENTS)));
  });

  it.each(EVENTS)('initialize: %s', (_what, event, play) => {
    const answer = interpretPage(play(PAGE), ORDER, readingOf());
    const [verdict] = DOCUMENTED_EVENTS[event];
    if (verdict === 'proceed') expect(answer).toMatchObject({ kind: 'answered', progress: { kind: 'page' } });
    else if (verdict === 'refused')
      expect(answer).toMatchObject({ kind: 'answered', progress: { kind: 'refused' } });
    else expect(answer).toMatchObject({ kind: 'unknown' });
  });

  const CALLS = [
    ['recurrent', (http: HttpAnswer) => interpretCharge(http, ORDER, readingOf()), 3],
    ...(['refund', 'void', 'complete'] as const).map(
      (kind) =>
        [
          kind,
          (http: HttpAnswer) => interpretOperation(http, { kind, transactionId: '197' }, readingOf()),
          { refund: 4, void: 2, complete: 3 }[kind],
        ] as const,
    ),
  ] as const;
  it.each(
    CALLS.flatMap(([call, interpret, status]) =>
      EVENTS.map((row) => [call, ...row, interpret, status] as const),
    ),
  )('%s: %s', (_call, _what, event, play, interpret, status) => {
    const answer = interpret(play({ order: { ...TRANSACTION, status }, success: true }));
    const [, verdict] = DOCUMENTED_EVENTS[event];
    if (verdict === 'proceed') expect(answer).toMatchObject({ kind: 'answered' });
    else expect(answer).toMatchObject({ kind: 'unknown' });
    // A refusal is believed only once the status shows no change.
    expect('suspected' in answer).toBe(verdict === 'confirm');
  });

  it.each(EVENTS)('status: %s never declines and never proves', (_what, event, play) => {
    const answer = interpretStatus(play({ items: [TRANSACTION] }), ORDER_ID, readingOf());
    if (event === 'success')
      expect(answer).toMatchObject({ progress: { transactions: [{ status: 'paid' }] } });
    else if (event === 'failure')
      expect(answer).toEqual({
        kind: 'answered',
        progress: { transactions: [], tokens: {}, unproven: true },
      });
    else expect(answer).toMatchObject({ kind: 'unknown' });
  });
});
