/** How an answer reaches the wire, or does not. 8b.world /pay §7. */
import type { FastifyReply } from 'fastify';

import type { Timers } from '../timers.js';
import { drip, hang, reset, send, truncate } from '../wire.js';
import type { Answer, SignTwist } from './envelope.js';
import { write } from './envelope.js';
import type { PayFault, PayWireFaultKind } from './fault.js';
import { isObject, type JsonObject } from './fields.js';
import { Refusal } from './refusal.js';
import type { Shop } from './settings.js';
import type { Variant } from './variant.js';

/** Kinds that leave the request unprocessed unless the fault says otherwise. */
const BEFORE: readonly string[] = [
  ...['reset_before', 'http_500', 'http_503', 'http_429', 'http_404', 'refuse', 'login_refused'],
];
const HUGE = 32 * 2 ** 20;
const DEEP = 100_000;

export interface Delivery {
  readonly reply: FastifyReply;
  readonly process: () => Answer;
  readonly fault: PayFault | undefined;
  readonly shop: Shop | undefined;
  readonly variant: Variant;
  readonly timers: Timers;
  /** Whatever must happen before the answer leaves. */
  readonly beforeAnswer: () => Promise<void>;
}

export async function deliver(delivery: Delivery): Promise<void> {
  const { reply, process, fault, shop, variant, timers, beforeAnswer } = delivery;
  const processed = fault?.processed ?? !BEFORE.includes(fault?.kind ?? '');
  const truth = processed ? process() : refusalAnswer('nothing');
  await beforeAnswer();
  if (!fault) return send(reply, write(truth, shop, variant));
  const kind = fault.kind as PayWireFaultKind;
  const as = (answer: Answer, twist?: SignTwist): Promise<void> =>
    send(reply, write(answer, shop, variant, twist));
  const written = write(truth, shop, variant);
  switch (kind) {
    case 'reset_before':
    case 'reset_after':
      return reset(reply);
    case 'hang':
      return hang(reply, fault.ms, timers);
    case 'http_500':
      return as(html(500, 'Internal Server Error'));
    case 'http_404':
      return as(html(404, 'Not Found'));
    case 'http_503':
    case 'http_429':
      if (fault.retryAfterSecs !== undefined) reply.header('retry-after', String(fault.retryAfterSecs));
      return as(kind === 'http_503' ? html(503, 'Service Unavailable') : html(429, 'Too Many Requests'));
    case 'refuse':
      return as(refusalAnswer(fault.words ?? 'Something is wrong with this request'));
    case 'login_refused':
      return as({ kind: 'failure', refusal: new Refusal('invalid_sign', 'Invalid sign', true) });
    case 'unreadable_body':
      return as(html(200, 'Please wait\u2026'));
    case 'empty_body':
      return send(reply, { ...written, httpStatus: 200, text: '' });
    case 'mislabelled_body':
      return send(reply, { ...written, type: 'text/html; charset=UTF-8' });
    case 'slow_body':
      return drip(reply, written, fault.ms ?? 1_000, timers);
    case 'truncated_body':
      return truncate(reply, written);
    case 'huge_body':
      return send(reply, { ...written, text: ' '.repeat(HUGE) + written.text });
    case 'deep_body':
      return send(reply, { ...written, text: '['.repeat(DEEP) + ']'.repeat(DEEP) });
    case 'bad_sign':
      return as(truth, 'wrong');
    case 'no_sign':
      return as(truth, 'missing');
    case 'status_empty':
      return as({ kind: 'document', document: { items: [] } });
    case 'status_wrong':
      return as(rewritten(truth, { status: fault.status ?? '0' }));
    case 'rewrite':
      return as(rewritten(truth, fault.set ?? {}));
  }
}

/** Only a document is rewritten: its transactions, or itself where it has none. */
function rewritten(answer: Answer, set: JsonObject): Answer {
  if (answer.kind !== 'document') return answer;
  const { items, order } = answer.document;
  const one = (item: unknown): unknown => (isObject(item) ? changed(item, set) : item);
  if (Array.isArray(items))
    return { kind: 'document', document: { ...answer.document, items: items.map(one) } };
  if (isObject(order)) return { kind: 'document', document: { ...answer.document, order: one(order) } };
  return { kind: 'document', document: changed(answer.document, set) };
}

function changed(object: JsonObject, set: JsonObject): JsonObject {
  const changes = Object.entries(set).map(([name, value]): [string, unknown] => [name, value ?? undefined]);
  return { ...object, ...Object.fromEntries(changes) };
}

function refusalAnswer(words: string): Answer {
  return { kind: 'failure', refusal: new Refusal('failure', words) };
}

function html(httpStatus: number, words: string): Answer {
  return { kind: 'html', httpStatus, html: `<html><body><h1>${httpStatus} ${words}</h1></body></html>` };
}
