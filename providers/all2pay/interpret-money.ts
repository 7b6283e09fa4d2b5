import type { MoneyAnswer, NotPaid, Progress } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { Step } from '../port.js';
import { differingEcho } from './consistency.js';
import type { ErrorRow } from './error-table.js';
import { anotherOrder, byOrderStatus } from './interpret-status.js';
import { shortCode, unknown, wordsOf, type Reading } from './reading.js';
import { readBody, type All2payAnswer } from './responses.js';

/** The answer to `performPayout.do` (execute) or `registerPayout.do` (register), by §10.2 and §11.2. */
export function interpretMoney(step: Step, http: HttpAnswer, reading: Reading): MoneyAnswer {
  if (http.kind !== 'response') return http;
  const { status } = http;
  const body = readBody(http, reading.config.lenientContentType);
  if (body.kind === 'not_json' && (status === 401 || status === 404)) {
    return answered(notPaid('refused', `http_${status}`, `HTTP ${status}: wrong address, version or access`));
  }
  if (body.kind !== 'answer')
    return unknown(`http_${status}`, `HTTP ${status} with no JSON that we can read`);

  const { answer } = body;
  if (answer.acsUrl !== undefined) return unknown('three_ds_demanded', 'The provider demands 3-D Secure');
  const page = step === 'register' ? formPage(answer, status, reading) : undefined;
  if (page !== undefined) return answered(page);
  if (answer.orderStatus !== undefined) {
    const progress = byOrderStatus(answer, status, 'money', reading);
    return progress.kind === 'unknown' ? progress : answered(progress);
  }
  if (differingEcho(answer, reading.expected) !== undefined) return answered(anotherOrder());
  if (answer.errorCode === '0')
    return unknown('no_result', 'The answer says neither what happened nor what to do');
  return byErrorTable(answer, status, reading);
}

/** The page of `registerPayout.do` (§5). Its order can only be pending: any other status decides by itself. */
function formPage(answer: All2payAnswer, http: number, reading: Reading): Progress | undefined {
  const { formUrl, errorCode, orderStatus } = answer;
  if (errorCode !== '0' || formUrl === undefined || http < 200 || http > 299) return undefined;
  if (!URL.canParse(formUrl) || !/^https?:$/.test(new URL(formUrl).protocol)) return undefined;
  if (differingEcho(answer, reading.expected) !== undefined) return undefined;
  if (orderStatus !== undefined && byOrderStatus(answer, http, 'money', reading).kind !== 'pending')
    return undefined;
  const expiresAt = new Date(reading.now() + reading.config.sessionTimeoutSecs * 1000).toISOString();
  return { kind: 'action_required', action: { type: 'redirect', url: formUrl, expiresAt } };
}

function byErrorTable(answer: All2payAnswer, http: number, reading: Reading): MoneyAnswer {
  const { errorCode, errorMessage } = answer;
  const row = reading.lookup({ http, code: errorCode, message: errorMessage });
  const code = errorCode === undefined ? `http_${http}` : shortCode(errorCode);
  const message = wordsOf(errorMessage, reading, `HTTP ${http}`);
  if (row === undefined) {
    reading.onUnmapped({ call: 'money', what: 'error', http, code, words: message });
    return unknown(code, message);
  }
  const outcome = outcomeOf(row, errorMessage ?? '', code, message);
  if (outcome === undefined) return unknown(code, message);
  return row.confirm ? { ...unknown(code, message), suspected: outcome } : answered(outcome);
}

/** What a row would mean if it is believed; undefined where only the status tells. */
function outcomeOf(row: ErrorRow, text: string, code: string, message: string): NotPaid | undefined {
  if (row.class !== 'D' && row.class !== 'B') return undefined;
  const ours = row.class === 'B' && !row.recipientData?.test(text);
  return notPaid(ours ? 'refused' : 'declined', code, message);
}

function notPaid(kind: NotPaid['class'], code: string, message: string): NotPaid {
  return { kind: 'not_paid', class: kind, code, message };
}

function answered(progress: Progress): MoneyAnswer {
  return { kind: 'answered', progress };
}
