import { describe, expect, it } from 'vitest';
import type { NotPaid } from '../../../domain/provider-answer.js';
import { DEFAULT_ERROR_RULES } from '../../../providers/eightb-disbursement/error-rules.js';
import { HTTP_CLASSES } from '../../../providers/eightb-disbursement/http-classes.js';
import { interpretCheck, settleSuspicion } from '../../../providers/eightb-disbursement/interpret-check.js';
import { interpretPayout } from '../../../providers/eightb-disbursement/interpret-payout.js';
import { ruleOf } from '../../../providers/eightb-disbursement/refusal.js';
import { CHECK_RESULTS, PAYOUT_RESULTS } from '../../../providers/eightb-disbursement/results.js';
import {
  DOCUMENTED_CHECK_RESULTS,
  DOCUMENTED_ERRORS,
  DOCUMENTED_HTTP,
  DOCUMENTED_PAYOUT_RESULTS,
} from './documented.js';
import { ORDER_ID, readingOf, response } from './fixtures.js';

const config = readingOf().config;
const payout = (body: Record<string, string> | string, status = 200, changes = {}) =>
  interpretPayout(response(body, status), readingOf(changes));
const check = (body: Record<string, string> | string, status = 200, changes = {}) =>
  interpretCheck(response(body, status), readingOf(changes));
const SUSPECTED: NotPaid = {
  kind: 'not_paid',
  class: 'declined',
  code: 'insufficient_funds',
  message: 'no funds',
};

describe('document and adapter have the same tables', () => {
  it('of results', () => {
    expect(Object.keys(PAYOUT_RESULTS).sort()).toEqual(
      DOCUMENTED_PAYOUT_RESULTS.map(([word]) => word).sort(),
    );
    expect(Object.keys(CHECK_RESULTS).sort()).toEqual(DOCUMENTED_CHECK_RESULTS.map(([word]) => word).sort());
  });

  it('of error texts: each has a rule of its class, and there is no rule without a text', () => {
    const found = DOCUMENTED_ERRORS.map(([text]) => ruleOf(text, config));
    expect(found.map((rule) => rule?.class)).toEqual(DOCUMENTED_ERRORS.map(([, errorClass]) => errorClass));
    expect(new Set(found)).toEqual(new Set(DEFAULT_ERROR_RULES));
  });

  it('of HTTP statuses', () => {
    const names = new Set(DOCUMENTED_HTTP.map(([status]) => (status >= 500 ? '5xx' : String(status))));
    expect(Object.keys(HTTP_CLASSES).sort()).toEqual([...names].sort());
  });
});

describe.each(DOCUMENTED_PAYOUT_RESULTS)('payout answers %s', (word, kind) => {
  it(`is ${kind}`, () => {
    const reading = readingOf();
    const answer = interpretPayout(response({ id: ORDER_ID, result: word }), reading);
    expect(answer).toMatchObject({ kind: 'answered', progress: { kind } });
    expect(payout({ id: ORDER_ID, result: `  ${word}\n` })).toEqual(answer);
    expect(payout({ ID: ORDER_ID, RESULT: word })).toEqual(answer);
    expect(reading.unmapped).toEqual([]);
  });

  it('is unknown without an id, unless the account believes it', () => {
    expect(payout({ result: word })).toMatchObject({ kind: 'unknown', code: 'no_id' });
    expect(payout({ result: word }, 200, { requireIdEcho: false })).toMatchObject({ progress: { kind } });
  });

  it('is a contradiction about another order', () => {
    expect(payout({ id: 'OTHER', result: word })).toMatchObject({ progress: { kind: 'contradiction' } });
  });

  it('in another case is no such word', () => {
    const reading = readingOf();
    const answer = interpretPayout(response({ id: ORDER_ID, result: word.toLowerCase() }), reading);
    expect(answer).toMatchObject({ kind: 'unknown', code: 'unknown_result' });
    expect(reading.unmapped).toMatchObject([{ call: 'money', what: 'order_status', http: 200 }]);
  });

  it.each([201, 204, 302, 400, 500])('is nothing in HTTP %i', (status) => {
    expect(payout({ id: ORDER_ID, result: word }, status).kind).toBe('unknown');
  });
});

describe.each(DOCUMENTED_CHECK_RESULTS)('check answers %s', (word, kind) => {
  it(`is ${kind}`, () => {
    expect(check({ id: ORDER_ID, result: word })).toMatchObject({ kind: 'answered', progress: { kind } });
  });

  it('is a contradiction about another order', () => {
    expect(check({ id: 'OTHER', result: word })).toMatchObject({ progress: { kind: 'contradiction' } });
  });

  it('is unknown without an id; but what is not found has none', () => {
    const answer = check({ result: word });
    if (kind === 'not_found') expect(answer).toEqual({ kind: 'answered', progress: { kind } });
    else expect(answer).toMatchObject({ kind: 'unknown', code: 'no_id' });
  });
});

it.each(['NOT FOUND', 'NOT_FOUND', 'Not Found', 'not_found'])(
  '%s is "not found", in any case (§5.2)',
  (word) => {
    expect(check({ id: ORDER_ID, result: word })).toEqual({
      kind: 'answered',
      progress: { kind: 'not_found' },
    });
    // Of what it was just sent, this is no answer.
    expect(payout({ id: ORDER_ID, result: word }).kind).toBe('unknown');
  },
);

describe.each(DOCUMENTED_ERRORS)('ERROR: %s (%s)', (text, errorClass, suspected) => {
  it.each([`ERROR: ${text}`, `ERROR:${text}`, `ERROR ${text}`, `ERROR :  ${text.toUpperCase()}. `])(
    '%s as the answer to payout',
    (result) => {
      const reading = readingOf();
      const answer = interpretPayout(response({ result }), reading);
      expect(answer.kind).toBe('unknown');
      expect(answer.kind === 'unknown' && answer.suspected?.class).toBe(suspected);
      expect(reading.unmapped).toEqual([]);
      expect(suspected === undefined).toBe(errorClass === 'AMBIGUOUS');
    },
  );

  it('says nothing of the payout as the answer to a check', () => {
    const answer = check({ id: ORDER_ID, result: `ERROR: ${text}` });
    expect(answer.kind).toBe('unknown');
    expect(answer).not.toHaveProperty('suspected');
  });

  it('becomes a result by one check that agrees, and by nothing else (§8)', () => {
    const answer = payout({ result: `ERROR: ${text}` });
    const suspicion = answer.kind === 'unknown' ? answer.suspected : undefined;
    const settled = (body: Record<string, string>, status = 200) =>
      settleSuspicion(check(body, status), suspicion);
    const believed = { kind: 'answered', progress: suspicion ?? { kind: 'not_found' } };
    expect(settled({ result: 'NOT FOUND' })).toEqual(believed);
    expect(settled({ id: ORDER_ID, result: 'NOT_PAID' })).toMatchObject({
      progress: suspicion ?? { kind: 'not_paid' },
    });
    expect(settled({ id: ORDER_ID, result: 'PROCESSING' })).toMatchObject({ progress: { kind: 'pending' } });
    expect(settled({ id: ORDER_ID, result: 'PAID' })).toEqual({
      kind: 'answered',
      progress: { kind: 'paid' },
    });
    expect(settled({ result: 'ERROR: internal error' }).kind).toBe('unknown');
    expect(settled({ result: 'NOT FOUND' }, 500).kind).toBe('unknown');
  });
});

describe.each(DOCUMENTED_HTTP)('HTTP %i (%s)', (status, errorClass) => {
  it('as the answer to payout, whatever it holds', () => {
    for (const body of [
      '',
      '<html>',
      { id: ORDER_ID, result: 'OK' },
      { result: 'ERROR: insufficient funds' },
    ]) {
      const answer = payout(body, status);
      expect(answer).toMatchObject({ kind: 'unknown', code: `http_${status}` });
      expect(answer.kind === 'unknown' && answer.suspected?.class).toBe(
        errorClass === 'AMBIGUOUS' ? undefined : 'refused',
      );
    }
  });

  it('as the answer to a check', () => {
    expect(check('', status)).toEqual({ kind: 'unknown', code: `http_${status}`, message: `HTTP ${status}` });
  });
});

describe('what nobody documented is unknown, and counted', () => {
  it.each(['ERROR', 'ERROR: neues Wort', 'ERRORS', 'DONE', 'OK PAID', 'PAID!', 'Ok', '1'])(
    'payout: %s',
    (result) => {
      const reading = readingOf();
      const answer = interpretPayout(response({ id: ORDER_ID, result }), reading);
      expect(answer.kind).toBe('unknown');
      expect(answer).not.toHaveProperty('suspected');
      expect(reading.unmapped).toHaveLength(1);
    },
  );

  it('an HTTP status', () => {
    const reading = readingOf();
    expect(interpretPayout(response('', 418), reading)).toEqual({
      ...{ kind: 'unknown', code: 'http_418', message: 'HTTP 418' },
    });
    expect(reading.unmapped).toEqual([{ call: 'money', what: 'error', http: 418, code: 'http_418' }]);
  });

  it('OK is no word of a check', () => {
    expect(check({ id: ORDER_ID, result: 'OK' })).toMatchObject({ kind: 'unknown', code: 'unknown_result' });
  });

  it.each([
    ['nothing', ''],
    ['blanks', '  \n'],
    ['a page', '<html><body>Please wait</body></html>'],
    ['text', 'OK'],
    ['JSON', '{"result":"OK"}'],
    ['an empty response', '<response/>'],
    ['no result', `<response><id>${ORDER_ID}</id></response>`],
    ['an empty result', `<response><id>${ORDER_ID}</id><result> </result></response>`],
    ['two results', `<response><id>${ORDER_ID}</id><result>OK</result><result>PAID</result></response>`],
    [
      'a result in capitals beside one',
      `<response><id>${ORDER_ID}</id><result>OK</result><RESULT>PAID</RESULT></response>`,
    ],
    ['a result with elements', `<response><id>${ORDER_ID}</id><result>PAID<b/></result></response>`],
    ['two ids', `<response><id>${ORDER_ID}</id><id>${ORDER_ID}</id><result>PAID</result></response>`],
    ['another root', `<answer><id>${ORDER_ID}</id><result>PAID</result></answer>`],
    ['two roots', `<response><id>${ORDER_ID}</id><result>PAID</result></response><response/>`],
    ['half of it', `<response><id>${ORDER_ID}</id><result>PAID</result>`],
    [
      'an entity of its own',
      `<!DOCTYPE r [<!ENTITY e "PAID">]><response><id>${ORDER_ID}</id><result>&e;</result></response>`,
    ],
    ['prototypes', `<response><id>${ORDER_ID}</id><__proto__><result>PAID</result></__proto__></response>`],
  ])('%s', (_what, body) => {
    expect(payout(body).kind).toBe('unknown');
    expect(check(body).kind).toBe('unknown');
    expect(payout(body)).not.toHaveProperty('suspected');
  });

  it('bytes that are no UTF-8', () => {
    const bytes = Buffer.concat([
      Buffer.from(`<response><id>${ORDER_ID}</id><result>PAID</result><error>`),
      Buffer.from([0xff]),
      Buffer.from('</error></response>'),
    ]);
    expect(interpretCheck({ ...response(''), body: bytes }, readingOf()).kind).toBe('unknown');
  });

  it('a depth of a hundred thousand', () => {
    const deep = '<response>'.repeat(100_000) + '</response>'.repeat(100_000);
    expect(payout(deep)).toMatchObject({ kind: 'unknown', code: 'unreadable_answer' });
  });
});

describe('the reason of a decline', () => {
  const declined = (error: string) => check({ id: ORDER_ID, result: 'NOT_PAID', error });
  const progress = (code: string, message: string) => ({
    ...{ kind: 'answered', progress: { kind: 'not_paid', class: 'declined', code, message } },
  });

  it('stands in error', () => {
    expect(declined('insufficient funds')).toEqual(progress('insufficient_funds', 'insufficient funds'));
    expect(declined('ERROR: account is closed')).toEqual(progress('not_paid_reason', 'account is closed'));
    expect(declined('')).toEqual(progress('not_paid', 'Not paid, without a reason'));
  });

  it('without what we sent in confidence', () => {
    const answer = declined(
      'account 9876543210 of Anna EXAMPLE, phone +62 285 1280, a@b.org &amp; k3yEXAMPLEnotreal',
    );
    expect(answer).toEqual(progress('not_paid_reason', 'account *** of *** ***, phone +***, *** & ***'));
  });

  it('gives way to what the payout itself was told, where it says less', () => {
    expect(settleSuspicion(declined(''), SUSPECTED)).toEqual({ kind: 'answered', progress: SUSPECTED });
    expect(settleSuspicion(declined('account is closed'), SUSPECTED)).toEqual(declined('account is closed'));
  });
});

describe('settings', () => {
  it('rules of the account come first', () => {
    const errorRules = [{ regex: '^insufficient funds$', class: 'AMBIGUOUS', code: 'no_funds_yet' }];
    expect(payout({ result: 'ERROR: insufficient funds' }, 200, { errorRules })).toEqual({
      ...{ kind: 'unknown', code: 'no_funds_yet', message: 'insufficient funds' },
    });
  });

  it('other words and statuses may be given a meaning', () => {
    const resultTokens = { REJECTED: 'not_paid', PAID: 'pending' };
    expect(payout({ id: ORDER_ID, result: 'REJECTED' }, 200, { resultTokens })).toMatchObject({
      progress: { kind: 'not_paid' },
    });
    expect(check({ id: ORDER_ID, result: 'PAID' }, 200, { resultTokens })).toMatchObject({
      progress: { kind: 'pending' },
    });
    expect(payout('', 404, { httpClasses: { '4xx': 'AMBIGUOUS' } })).not.toHaveProperty('suspected');
  });
});
