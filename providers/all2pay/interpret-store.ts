import type { OrderId } from '../../domain/ids.js';
import type {
  NotPaid,
  StoreAnswer,
  StoreProgress,
  StoreStatusAnswer,
  Unknown,
} from '../../domain/provider-answer.js';
import type { StoredCardPurpose } from '../../domain/stored-card.js';
import type { HttpAnswer } from '../http-call.js';
import { bindingIdOf, isUsableBindingId, strangeness, type CardEcho } from './binding.js';
import { readDecline } from './decline.js';
import { ROW_NEVER_REGISTERED, ROW_NOT_FOUND } from './error-lookup.js';
import { outcomeOf } from './interpret-money.js';
import { shortCode, unknown, wordsOf, type Reading } from './reading.js';
import { readBody, type All2payAnswer } from './responses.js';
import { statusEntry } from './status-map.js';
import { demandsThreeDs, threeDsAction } from './three-ds.js';

/** What the interpreters know of the storing, beside the answer itself. */
export interface StoreReading extends Reading {
  readonly orderId: OrderId;
  readonly purpose: StoredCardPurpose;
  /** The card, where we still have it. */
  readonly card?: CardEcho | undefined;
}

/** The answer to `createTargetBindingId.do` or `createSourceBindingId.do` (All2pay payouts document §7a). */
export function interpretStore(http: HttpAnswer, reading: StoreReading): StoreAnswer {
  if (http.kind !== 'response') return http;
  const { status } = http;
  const body = readBody(http, reading.config.lenientContentType);
  if (body.kind === 'not_json' && (status === 401 || status === 404)) {
    const message = `HTTP ${status}: wrong address, version or access`;
    return answered({ kind: 'not_stored', class: 'refused', code: `http_${status}`, message });
  }
  if (body.kind !== 'answer')
    return unknown(`http_${status}`, `HTTP ${status} with no JSON that we can read`);
  const { answer } = body;
  const told = byContent('store', answer, status, reading);
  return told ?? byErrorTable(answer, status, reading);
}

/** `getPayoutStatus.do` about the storing: a read, so only rows 9 and 16 of the errors say anything (§7a, §11.1). */
export function interpretStoreStatus(http: HttpAnswer, reading: StoreReading): StoreStatusAnswer {
  if (http.kind !== 'response') return http;
  const body = readBody(http, reading.config.lenientContentType);
  if (body.kind !== 'answer')
    return unknown(`http_${http.status}`, 'The status answer is no JSON that we can read');
  const { answer } = body;
  const told = byContent('status', answer, http.status, reading);
  if (told !== undefined) return told;
  const { row, code, message } = errorOf(answer, http.status, reading);
  if (row?.row === ROW_NOT_FOUND) return { kind: 'answered', progress: { kind: 'not_found' } };
  if (row?.row === ROW_NEVER_REGISTERED) {
    return answered({ kind: 'not_stored', class: 'declined', code, message });
  }
  if (row === undefined) {
    reading.onUnmapped({ call: 'status', what: 'error', http: http.status, code, words: message });
  }
  return unknown(code, message);
}

/** What an answer says beside its error code; undefined where only the error code speaks. */
function byContent(
  call: 'store' | 'status',
  answer: All2payAnswer,
  http: number,
  reading: StoreReading,
): Exclude<StoreAnswer, { kind: 'not_sent' }> | undefined {
  if (answer.orderNumber !== undefined && answer.orderNumber !== reading.orderId) {
    return contradiction('answer_mismatch', 'The answer is about another order number');
  }
  const stated = answer.orderStatus === undefined ? undefined : byOrderStatus(call, answer, http, reading);
  if (stated !== undefined && stated !== 'pending' && stated !== 'done') return stated;
  const { errorCode = '0' } = answer;
  // Binding data may come back on a failure too (§14 I6), so an error is never a stored card.
  if (errorCode !== '0' || http < 200 || http > 299) {
    if (stated === 'pending') return answered(PENDING);
    return stated === undefined
      ? undefined
      : unknown(`http_${http}`, 'The answer is both a result and an error');
  }
  const strange = strangeness(answer, { call, http }, reading);
  if (strange !== undefined) return contradiction('answer_mismatch', strange);
  if (call === 'store' && stated !== 'done' && demandsThreeDs(answer)) return challenge(answer, reading);
  if (stated === 'pending') return answered(PENDING);
  return stored(call, answer, reading);
}

function stored(call: 'store' | 'status', answer: All2payAnswer, reading: StoreReading) {
  const { config, purpose } = reading;
  const bindingId = bindingIdOf(answer, purpose);
  if (bindingId === undefined)
    return unknown('no_result', 'The answer holds neither a stored card nor a refusal');
  if (!isUsableBindingId(bindingId)) {
    return contradiction('unusable_binding_id', 'The id of the stored card is not one that can be used');
  }
  if (call === 'store' && purpose === 'source' && !config.frictionlessSourceBinding) {
    return unknown('not_confirmed', 'Stored without 3-D Secure, to be confirmed by the status');
  }
  return answered({ kind: 'stored', providerCardId: bindingId });
}

function challenge(answer: All2payAnswer, { config, now }: StoreReading) {
  const action = threeDsAction(answer, config, now());
  if (action !== undefined) return answered({ kind: 'action_required', action });
  return unknown(
    'three_ds_unusable',
    'The provider demands 3-D Secure, but says nothing that a browser could follow',
  );
}

/** `orderStatus` beside a binding: not promised, but where it is there, it decides (§11.2 rule 5). */
function byOrderStatus(call: 'store' | 'status', answer: All2payAnswer, http: number, reading: StoreReading) {
  const orderStatus = answer.orderStatus ?? '';
  const entry = statusEntry(reading.config, orderStatus);
  if (entry === undefined || entry.unexpected) {
    reading.onUnmapped({ call, what: 'order_status', http, code: shortCode(orderStatus) });
  }
  switch (entry?.meaning) {
    case undefined:
      return unknown('order_status', `orderStatus ${shortCode(orderStatus)} is not in the table`);
    case 'pending':
      return 'pending';
    case 'paid':
      return 'done';
    case 'review':
      return contradiction(
        `order_status_${shortCode(orderStatus)}`,
        'The provider states what cannot be here',
      );
    case 'declined': {
      const decline = readDecline(answer, reading);
      return answered(decline.kind === 'pending' ? decline : { ...decline, kind: 'not_stored' });
    }
  }
}

function byErrorTable(answer: All2payAnswer, http: number, reading: StoreReading): StoreAnswer {
  const { row, code, message } = errorOf(answer, http, reading);
  if (row === undefined) {
    reading.onUnmapped({ call: 'store', what: 'error', http, code, words: message });
    return unknown(code, message);
  }
  const outcome = outcomeOf(row, answer.errorMessage ?? '', code, message);
  if (outcome === undefined) return unknown(code, message);
  return row.confirm ? { ...unknown(code, message), suspected: outcome } : answered(notStored(outcome));
}

function errorOf({ errorCode, errorMessage }: All2payAnswer, http: number, reading: StoreReading) {
  return {
    row: reading.lookup({ http, code: errorCode, message: errorMessage }),
    code: errorCode === undefined ? `http_${http}` : shortCode(errorCode),
    message: wordsOf(errorMessage, reading, `HTTP ${http}`),
  };
}

export function notStored({ class: kind, code, message }: NotPaid): StoreProgress {
  return { kind: 'not_stored', class: kind, code, message };
}

const PENDING: StoreProgress = { kind: 'pending', detail: 'the provider is still at it' };

type Told = Unknown | { readonly kind: 'answered'; readonly progress: StoreProgress };

function contradiction(code: string, message: string): Told {
  return answered({ kind: 'contradiction', code, message });
}

function answered(progress: StoreProgress): Told {
  return { kind: 'answered', progress };
}
