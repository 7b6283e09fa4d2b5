import type { MoneyAnswer, Progress } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import { echoOf } from './echo.js';
import { anotherOrder, notPaid, shortCode, unknown, wordsOf, type PayoutReading } from './reading.js';
import { refusalOfStatus, refusalOfText, type Refusal } from './refusal.js';
import { readResponse, type EightbResponse } from './responses.js';
import { PAYOUT_RESULTS, readResult, type ResultMeaning } from './results.js';

/** The answer to `payout` (8b Disbursement §5.1, §6, §8). */
export function interpretPayout(http: HttpAnswer, reading: PayoutReading): MoneyAnswer {
  if (http.kind !== 'response') return http;
  if (http.status !== 200) return suspicion(refusalOfStatus(http.status, 'money', reading));
  const response = readResponse(http);
  if (response === undefined)
    return unknown('unreadable_answer', 'HTTP 200 with no <response> that we can read');
  if (response.result === undefined) return unknown('no_result', 'The answer holds no result');

  const result = readResult(response.result, PAYOUT_RESULTS, reading.config);
  switch (result.kind) {
    case 'unmapped': {
      const code = shortCode(result.token, reading);
      reading.onUnmapped({ call: 'money', what: 'order_status', http: http.status, code });
      return unknown('unknown_result', `The result ${code} is not in the table`);
    }
    case 'error':
      if (echoOf(response, reading) === 'another') {
        return unknown('answer_mismatch', 'An error about another order id');
      }
      return suspicion(refusalOfText(result.text, 'money', reading));
    case 'known':
      return stated(result.meaning, response, reading);
  }
}

/** `OK` is no proof of a payment; the others tell of an operation that was there before (§5.1). */
function stated(meaning: ResultMeaning, response: EightbResponse, reading: PayoutReading): MoneyAnswer {
  const echo = echoOf(response, reading);
  if (echo === 'another') return answered(anotherOrder());
  if (echo === 'missing') return unknown('no_id', 'The answer does not say which order it is about');
  switch (meaning) {
    case 'accepted':
      return answered({ kind: 'pending', detail: 'registered' });
    case 'pending':
      return answered({ kind: 'pending', detail: 'in work' });
    case 'paid':
      return answered({ kind: 'paid' });
    case 'not_paid':
      return answered(
        notPaid('declined', 'not_paid', wordsOf(response.error, reading, 'Not paid, without a reason')),
      );
    case 'not_found':
      return unknown('not_found', 'The provider says that it does not know what it was just sent');
  }
}

/** What an error would mean if one check agrees with it (§8); by itself it proves nothing, all texts being assumed. */
function suspicion({ class: errorClass, outcome, code, message }: Refusal): MoneyAnswer {
  const answer = unknown(code, message);
  return errorClass === 'AMBIGUOUS' ? answer : { ...answer, suspected: notPaid(outcome, code, message) };
}

function answered(progress: Progress): MoneyAnswer {
  return { kind: 'answered', progress };
}
