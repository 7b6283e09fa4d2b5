import type { NotPaid, StatusAnswer } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import { echoOf } from './echo.js';
import { anotherOrder, notPaid, shortCode, unknown, wordsOf, type PayoutReading } from './reading.js';
import { refusalOfStatus, refusalOfText, ruleOf } from './refusal.js';
import { readResponse, type EightbResponse } from './responses.js';
import { CHECK_RESULTS, readResult, type ResultMeaning } from './results.js';

/** Says no more than the result itself. */
const WITHOUT_REASON = 'not_paid';

/** The answer to `check` (8b Disbursement §5.2). An error is about the question and says nothing of the payout. */
export function interpretCheck(http: HttpAnswer, reading: PayoutReading): StatusAnswer {
  if (http.kind !== 'response') return http;
  if (http.status !== 200) {
    const { code, message } = refusalOfStatus(http.status, 'status', reading);
    return unknown(code, message);
  }
  const response = readResponse(http);
  if (response === undefined)
    return unknown('unreadable_answer', 'HTTP 200 with no <response> that we can read');
  if (response.result === undefined) return unknown('no_result', 'The answer holds no result');

  const result = readResult(response.result, CHECK_RESULTS, reading.config);
  switch (result.kind) {
    case 'unmapped': {
      const code = shortCode(result.token, reading);
      reading.onUnmapped({ call: 'status', what: 'order_status', http: http.status, code });
      return unknown('unknown_result', `The result ${code} is not in the table`);
    }
    case 'error': {
      const { code, message } = refusalOfText(result.text, 'status', reading);
      return unknown(code, message);
    }
    case 'known':
      return stated(result.meaning, response, reading);
  }
}

function stated(meaning: ResultMeaning, response: EightbResponse, reading: PayoutReading): StatusAnswer {
  const echo = echoOf(response, reading);
  if (echo === 'another') return answered(anotherOrder());
  if (meaning === 'not_found') return answered({ kind: 'not_found' });
  if (echo === 'missing') return unknown('no_id', 'The answer does not say which order it is about');
  switch (meaning) {
    case 'accepted':
    case 'pending':
      return answered({ kind: 'pending', detail: 'in work' });
    case 'paid':
      return answered({ kind: 'paid' });
    case 'not_paid':
      return answered(declined(response, reading));
  }
}

/** The reason stands in `error` (§5.2), in the words of §7 where we know them. */
function declined({ error }: EightbResponse, reading: PayoutReading): NotPaid {
  if (error === undefined) return notPaid('declined', WITHOUT_REASON, 'Not paid, without a reason');
  const text = error.replace(/^ERROR\s*:?\s*/, '');
  const rule = ruleOf(text, reading.config);
  const code = rule?.class === 'FINAL' ? rule.code : 'not_paid_reason';
  return notPaid('declined', code, wordsOf(text, reading, 'Not paid'));
}

/**
 * `payout` answered by an error that points to a refusal; this is the check that may make it one (§8): `NOT FOUND` and
 * `NOT_PAID` agree with it, anything else is followed.
 */
export function settleSuspicion(status: StatusAnswer, suspected: NotPaid | undefined): StatusAnswer {
  if (suspected === undefined || status.kind !== 'answered') return status;
  const { progress } = status;
  if (progress.kind === 'not_found') return answered(suspected);
  const saysLess = progress.kind === 'not_paid' && progress.code === WITHOUT_REASON;
  return saysLess ? answered(suspected) : status;
}

function answered(progress: Extract<StatusAnswer, { kind: 'answered' }>['progress']): StatusAnswer {
  return { kind: 'answered', progress };
}
