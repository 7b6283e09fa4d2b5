import type { NotPaid, NotSent, Unknown } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import { readEnvelope, type Envelope } from './envelope.js';
import { ERROR_CLASSES, eventOf, type AnswerEvent, type CallClass } from './error-classes.js';
import { unknown, wordsOf, type Reading } from './reading.js';
import { shortCode } from './words.js';

export interface RefusalWords {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
}

type Judged = NotSent | Unknown | RefusalWords | { readonly kind: 'proceed'; readonly document: unknown };

/** An answer by the classes of §7: the signed document, a refusal, or why we are as wise as before. */
export function judge(http: HttpAnswer, call: CallClass, reading: Reading): Judged {
  if (http.kind !== 'response') return http;
  const envelope = readEnvelope(http, reading.config);
  const event = eventOf(http, envelope);
  const { code, message } = wordsFor(event, envelope, http.status, reading);
  switch (ERROR_CLASSES[event][call]) {
    case 'proceed':
      return envelope.kind === 'signed'
        ? { kind: 'proceed', document: envelope.document }
        : unknown(code, message);
    case 'refused':
      return { kind: 'refused', code, message };
    case 'confirm': {
      const suspected: NotPaid = { kind: 'not_paid', class: 'refused', code, message };
      return { ...unknown(code, message), suspected };
    }
    case 'unknown':
      return unknown(code, message);
  }
}

function wordsFor(
  event: AnswerEvent,
  envelope: Envelope,
  http: number,
  reading: Reading,
): { readonly code: string; readonly message: string } {
  if (event === 'bad_sign') {
    return envelope.kind === 'forged'
      ? { code: 'bad_signature', message: 'The signature of the answer is wrong or missing' }
      : { code: 'not_signed', message: 'The answer says success, but is not signed' };
  }
  const otherwise = `HTTP ${http} with nothing that we can read`;
  if (envelope.kind !== 'failure') return { code: `http_${http}`, message: otherwise };
  const code = envelope.code === undefined ? 'failure' : shortCode(envelope.code);
  // Error texts are free-form (§7): a sentence is no code.
  const named = code === 'unreadable_code' ? 'failure' : code;
  return {
    code: event === 'failure' ? named : `http_${http}`,
    message: wordsOf(envelope.words, reading, 'The provider said no, without words'),
  };
}
