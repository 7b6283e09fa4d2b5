import type { HttpResponse } from '../http-call.js';
import type { Envelope } from './envelope.js';

/** What became of a request, beside the status of a transaction. */
export type AnswerEvent = 'success' | 'failure' | 'bad_sign' | 'http_4xx' | 'http_5xx' | 'not_json';

/** `initialize`: no money moves. `money`: refund, void, complete, recurrent. */
export type CallClass = 'initialize' | 'money';

/**
 * `proceed`: the document decides. `refused`: this attempt is over. `confirm`: a refusal once the status shows no
 * change. `unknown`: only the status tells.
 */
export type Verdict = 'proceed' | 'refused' | 'confirm' | 'unknown';

/** 8b.world /pay §7. What happens to a transaction is in status-map.ts. */
export const ERROR_CLASSES: Readonly<Record<AnswerEvent, Readonly<Record<CallClass, Verdict>>>> = {
  success: { initialize: 'proceed', money: 'proceed' },
  failure: { initialize: 'refused', money: 'confirm' },
  bad_sign: { initialize: 'unknown', money: 'unknown' },
  http_4xx: { initialize: 'refused', money: 'confirm' },
  http_5xx: { initialize: 'unknown', money: 'unknown' },
  not_json: { initialize: 'unknown', money: 'unknown' },
};

/** Of HTTP 4xx those that speak of the moment and not of the request: our own reading of "validation". */
const TRANSIENT: readonly number[] = [408, 425, 429];

export function eventOf({ status }: Pick<HttpResponse, 'status'>, envelope: Envelope): AnswerEvent {
  if (status >= 500) return 'http_5xx';
  if (status >= 400) {
    // A success in an HTTP error contradicts itself.
    const contradicts = envelope.kind === 'signed';
    return TRANSIENT.includes(status) || contradicts ? 'not_json' : 'http_4xx';
  }
  if (status < 200 || status > 299) return 'not_json';
  switch (envelope.kind) {
    case 'signed':
      return 'success';
    case 'failure':
      return 'failure';
    case 'unsigned':
    case 'forged':
      return 'bad_sign';
    case 'unreadable':
      return 'not_json';
  }
}
