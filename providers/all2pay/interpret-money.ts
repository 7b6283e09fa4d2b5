import type { MoneyAnswer, NotPaid, Progress } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { Step } from '../port.js';
import { differingEcho } from './consistency.js';
import type { ErrorRow } from './error-table.js';
import { anotherOrder, byOrderStatus } from './interpret-status.js';
import { shortCode, unknown, wordsOf, type PayoutReading } from './reading.js';
import { readBody, type All2payAnswer } from './responses.js';
import { statusEntry } from './status-map.js';
import { demandsThreeDs, threeDsAction } from './three-ds.js';
import { isTokenFault } from './token-fault.js';
import { webAddress } from '../web-address.js';

/** The answer to `performPayout.do` (execute) or `registerPayout.do` (register), by §10.2 and §11.2. */
export function interpretMoney(step: Step, http: HttpAnswer, reading: PayoutReading): MoneyAnswer {
  if (http.kind !== 'response') return http;
  const { status } = http;
  const body = readBody(http, reading.config.lenientContentType);
  if (body.kind === 'not_json' && (status === 401 || status === 404)) {
    return answered(notPaid('refused', `http_${status}`, `HTTP ${status}: wrong address, version or access`));
  }
  if (body.kind !== 'answer')
    return unknown(`http_${status}`, `HTTP ${status} with no JSON that we can read`);

  const { answer } = body;
  const stated =
    answer.orderStatus === undefined ? undefined : byOrderStatus(answer, status, 'money', reading);
  if (stated !== undefined && stated.kind !== 'pending') {
    return stated.kind === 'unknown' ? stated : answered(stated);
  }
  if (differingEcho(answer, reading.expected) !== undefined) return answered(anotherOrder());
  const demanded = isOpen(answer, reading)
    ? step === 'register'
      ? formPage(answer, status, reading)
      : challenge(answer, status, reading)
    : undefined;
  if (demanded !== undefined) return demanded;
  if (stated !== undefined) return answered(stated);
  if (answer.errorCode === '0')
    return unknown('no_result', 'The answer says neither what happened nor what to do');
  return byErrorTable(answer, status, reading);
}

/** A page or a challenge can only be for an order that is pending: any other status decides by itself. */
function isOpen({ orderStatus }: All2payAnswer, { config }: PayoutReading): boolean {
  return orderStatus === undefined || statusEntry(config, orderStatus)?.meaning === 'pending';
}

/** The page of `registerPayout.do` (§5). */
function formPage(answer: All2payAnswer, http: number, reading: PayoutReading): MoneyAnswer | undefined {
  const url = webAddress(answer.formUrl);
  if (answer.errorCode !== '0' || url === undefined || !isSuccess(http)) return undefined;
  const expiresAt = new Date(reading.now() + reading.config.sessionTimeoutSecs * 1000).toISOString();
  return answered({ kind: 'action_required', action: { type: 'redirect', url, expiresAt } });
}

/** 3-D Secure on the payer's card (§7). An error beside it decides by itself. */
function challenge(answer: All2payAnswer, http: number, reading: PayoutReading): MoneyAnswer | undefined {
  const { errorCode = '0' } = answer;
  if (!demandsThreeDs(answer) || errorCode !== '0' || !isSuccess(http)) return undefined;
  const action = threeDsAction(answer, reading.config, reading.now());
  if (action !== undefined) return answered({ kind: 'action_required', action });
  return unknown(
    'three_ds_unusable',
    'The provider demands 3-D Secure, but says nothing that a browser could follow',
  );
}

function byErrorTable(answer: All2payAnswer, http: number, reading: PayoutReading): MoneyAnswer {
  const { errorCode, errorMessage } = answer;
  const triple = { http, code: errorCode, message: errorMessage };
  const row = reading.lookup(triple);
  const code = errorCode === undefined ? `http_${http}` : shortCode(errorCode);
  const message = wordsOf(errorMessage, reading, `HTTP ${http}`);
  const ofToken = reading.sentToken === true && isTokenFault(triple, row, reading.config);
  if (row === undefined && !ofToken) {
    reading.onUnmapped({ call: 'money', what: 'error', http, code, words: message });
    return unknown(code, message);
  }
  const outcome =
    row === undefined ? notPaid('refused', code, message) : outcomeOf(row, errorMessage ?? '', code, message);
  if (outcome === undefined) return unknown(code, message);
  if (ofToken) return { ...unknown(code, message), suspected: { ...outcome, mendable: 'rebuild' } };
  return row?.confirm ? { ...unknown(code, message), suspected: outcome } : answered(outcome);
}

/** What a row would mean if it is believed; undefined where only the status tells. */
export function outcomeOf(row: ErrorRow, text: string, code: string, message: string): NotPaid | undefined {
  if (row.class !== 'D' && row.class !== 'B') return undefined;
  const ours = row.class === 'B' && !row.recipientData?.test(text);
  return notPaid(ours ? 'refused' : 'declined', code, message);
}

function notPaid(kind: NotPaid['class'], code: string, message: string): NotPaid {
  return { kind: 'not_paid', class: kind, code, message };
}

function isSuccess(http: number): boolean {
  return http >= 200 && http <= 299;
}

function answered(progress: Progress): MoneyAnswer {
  return { kind: 'answered', progress };
}
