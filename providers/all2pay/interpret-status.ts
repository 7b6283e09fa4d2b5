import type { Progress, StatusAnswer, Unknown } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import { completedCredit, differingEcho, doubtAboutSuccess } from './consistency.js';
import { readDecline } from './decline.js';
import { ROW_NEVER_REGISTERED, ROW_NOT_FOUND } from './error-lookup.js';
import { shortCode, unknown, wordsOf, type PayoutReading, type Reading } from './reading.js';
import { readBody, type All2payAnswer } from './responses.js';
import { statusEntry } from './status-map.js';

/** `getPayoutStatus.do`: a read, so every error but rows 9 and 16 leaves us as wise as before (§11.1). */
export function interpretStatus(http: HttpAnswer, reading: PayoutReading): StatusAnswer {
  if (http.kind !== 'response') return http;
  const body = readBody(http, reading.config.lenientContentType);
  if (body.kind !== 'answer')
    return unknown(`http_${http.status}`, `The status answer is no JSON that we can read`);
  const { answer } = body;
  if (answer.orderStatus !== undefined) {
    const progress = byOrderStatus(answer, http.status, 'status', reading);
    return progress.kind === 'unknown' ? progress : { kind: 'answered', progress };
  }
  if (differingEcho(answer, reading.expected) === 'orderNumber') return answered(anotherOrder());
  if (answer.errorCode === '0') return unknown('no_order_status', 'The answer holds no orderStatus');

  const row = reading.lookup({ http: http.status, code: answer.errorCode, message: answer.errorMessage });
  const code = answer.errorCode === undefined ? `http_${http.status}` : shortCode(answer.errorCode);
  const message = wordsOf(answer.errorMessage, reading, `HTTP ${http.status}`);
  if (row?.row === ROW_NOT_FOUND) return { kind: 'answered', progress: { kind: 'not_found' } };
  if (row?.row === ROW_NEVER_REGISTERED) {
    return answered({ kind: 'not_paid', class: 'declined', code, message });
  }
  if (row === undefined) {
    reading.onUnmapped({ call: 'status', what: 'error', http: http.status, code, words: message });
  }
  return unknown(code, message);
}

/** An answer that carries `orderStatus`: that decides, also beside an error code (§11.2 rule 5). */
export function byOrderStatus(
  answer: All2payAnswer,
  http: number,
  call: 'money' | 'status',
  reading: PayoutReading,
): Progress | Unknown {
  const { config, expected } = reading;
  const status = answer.orderStatus ?? '';
  const entry = statusEntry(config, status);
  if (entry === undefined || entry.unexpected) {
    reading.onUnmapped({ call, what: 'order_status', http, code: shortCode(status) });
  }
  if (entry === undefined)
    return unknown('order_status', `orderStatus ${shortCode(status)} is not in the table`);
  const different = differingEcho(answer, expected);
  if (different === 'orderNumber') return anotherOrder();
  if (different !== undefined) {
    return contradiction('answer_mismatch', `The provider's ${different} differs from ours`);
  }
  switch (entry.meaning) {
    case 'pending':
      return { kind: 'pending', detail: entry.words };
    case 'review':
      return contradiction(
        `order_status_${shortCode(status)}`,
        `The provider says "${entry.words}": impossible here`,
      );
    case 'declined':
      return declined(answer, reading);
    case 'paid':
      return paid(answer, http, call, reading);
  }
}

function paid(
  answer: All2payAnswer,
  http: number,
  call: 'money' | 'status',
  reading: PayoutReading,
): Progress | Unknown {
  const { config, expected } = reading;
  if (http < 200 || http > 299) return unknown(`http_${http}`, 'A success status in an HTTP error');
  const doubt = doubtAboutSuccess(answer, expected, config);
  if (doubt !== undefined) return contradiction('inconsistent_success', `Status "completed", but ${doubt}`);
  const known = [...config.knownOperationTypes.credit, ...config.knownOperationTypes.other];
  for (const { operationType } of answer.operationList ?? []) {
    if (operationType !== undefined && !known.includes(operationType)) {
      reading.onUnmapped({ call, what: 'operation_type', http, code: shortCode(operationType) });
    }
  }
  const credit = completedCredit(answer, config);
  return {
    kind: 'paid',
    reference: shortReference(credit?.refNum) ?? shortReference(answer.orderId),
    feeMinor: answer.fee !== undefined && Number.isSafeInteger(answer.fee) ? answer.fee : undefined,
    paidAt: isoTime(credit?.operationDate),
  };
}

/** The provider's reference as it is kept: bounded, and of letters and digits (§3: S[12]; order ids S[36]). */
function shortReference(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w-]{1,64}$/.test(text) ? text : undefined;
}

function declined(answer: All2payAnswer, reading: Reading): Progress {
  if (completedCredit(answer, reading.config) !== undefined) {
    return contradiction(
      'inconsistent_decline',
      'Status "declined", but a credit operation has result code 0',
    );
  }
  const decline = readDecline(answer, reading);
  return decline.kind === 'pending' ? decline : { ...decline, kind: 'not_paid' };
}

export function anotherOrder(): Progress {
  return contradiction('answer_mismatch', 'The answer is about another order number');
}

function contradiction(code: string, message: string): Progress {
  return { kind: 'contradiction', code, message };
}

function answered(progress: Progress): StatusAnswer {
  return { kind: 'answered', progress };
}

/** Epoch milliseconds (§3); anything outside the years 2001 to 2286 is not a date. */
function isoTime(ms: number | undefined): string | undefined {
  return ms !== undefined && ms >= 1e12 && ms < 1e13 ? new Date(ms).toISOString() : undefined;
}
