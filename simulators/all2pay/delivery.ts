/** How an answer reaches the wire, or does not. All2pay payouts document §11.2 and §18. */
import type { FastifyReply } from 'fastify';

import type { Answer, Outcome } from './answer.js';
import { HTML_TYPE, htmlAnswer, refusalAnswer } from './answer.js';
import type { WrittenAnswer } from './envelope.js';
import { write } from './envelope.js';
import type { WireFault } from './faults.js';
import { refusal } from './refusal.js';
import type { RequestInfo } from './request-log.js';
import type { Timers } from '../timers.js';
import type { Variant } from './variant.js';
import { drip, hang, reset, send, truncate } from '../wire.js';

/** Kinds that leave the request unprocessed unless the fault says otherwise. */
const BEFORE: readonly string[] = ['reset_before', 'http_500', 'http_503', 'http_429', 'row'];
const HUGE = 32 * 2 ** 20;
const DEEP = 100_000;

export interface Delivery {
  readonly reply: FastifyReply;
  readonly process: () => Outcome | Promise<Outcome>;
  readonly fault: WireFault | undefined;
  readonly info: RequestInfo;
  readonly variant: Variant;
  readonly timers: Timers;
  /** Whatever must happen before the answer leaves. */
  readonly beforeAnswer: () => Promise<void>;
}

export async function deliver(delivery: Delivery): Promise<void> {
  const { reply, process, fault, variant, timers, beforeAnswer } = delivery;
  const processed = fault?.processed ?? !BEFORE.includes(fault?.kind ?? '');
  const outcome = processed ? await process() : {};
  await beforeAnswer();
  if (fault) return playFault(fault, outcome, delivery);
  if (outcome.hangMs !== undefined) await timers.sleep(outcome.hangMs);
  if (!outcome.answer) return hang(reply, undefined, timers);
  await send(reply, write(outcome.answer, variant));
}

async function playFault(
  fault: WireFault,
  outcome: Outcome,
  { reply, info, variant, timers }: Delivery,
): Promise<void> {
  const written = write(outcome.answer ?? refusalAnswer(refusal(20)), variant);
  const instead = (answer: Answer): Promise<void> => send(reply, write(answer, variant));
  switch (fault.kind) {
    case 'reset_before':
    case 'reset_after':
      return reset(reply);
    case 'hang':
      return hang(reply, fault.ms, timers);
    case 'http_500':
      return instead(htmlAnswer(500, 'Internal Server Error'));
    case 'http_503':
      if (fault.retryAfterSecs !== undefined) reply.header('retry-after', String(fault.retryAfterSecs));
      return instead(htmlAnswer(503, 'Service Unavailable'));
    case 'http_429':
      reply.header('retry-after', String(fault.retryAfterSecs ?? 1));
      return instead(htmlAnswer(429, 'Too Many Requests'));
    case 'unreadable_body':
      return instead(htmlAnswer(200, 'Please wait\u2026'));
    case 'empty_body':
      return send(reply, { ...written, httpStatus: 200, text: '' });
    case 'mislabelled_body':
      return send(reply, { ...written, type: HTML_TYPE });
    case 'slow_body':
      return drip(reply, written, fault.ms ?? 1_000, timers);
    case 'truncated_body':
      return truncate(reply, written);
    case 'huge_body':
      return send(reply, { ...written, text: ' '.repeat(HUGE) + written.text });
    case 'deep_body':
      return send(reply, { ...written, text: '['.repeat(DEEP) + ']'.repeat(DEEP) });
    case 'row':
      return instead(rowAnswer(fault, info));
    case 'status_not_found':
      return instead(refusalAnswer(refusal(9), info.orderNumber));
    case 'status_pending':
      return send(reply, rewritten(written, stillAt('7')));
    case 'status_wrong':
      return send(reply, rewritten(written, stillAt(fault.orderStatus ?? '6')));
    case 'rewrite':
      return send(reply, rewritten(written, fault.set));
  }
}

function rowAnswer({ row = 20, subject }: WireFault, info: RequestInfo): Answer {
  const { method, orderNumber, login } = info;
  const own = {
    5: 'target.pan',
    16: orderNumber,
    18: login,
    29: '220000',
    33: 'gateway',
    34: 'card-service',
  }[row];
  const second = row === 5 ? '^\\d{13,19}$' : method;
  return refusalAnswer(refusal(row, subject ?? own ?? method, second), orderNumber);
}

function stillAt(orderStatus: string): Readonly<Record<string, unknown>> {
  return { orderStatus, actionCode: null, actionCodeDescription: null, operationList: null };
}

/** Only an answer of success is rewritten; null stands for "leave it out". */
function rewritten(
  written: WrittenAnswer,
  set: Readonly<Record<string, unknown>> | undefined = {},
): WrittenAnswer {
  if (written.httpStatus !== 200) return written;
  const changes = Object.entries(set).map(([name, value]): [string, unknown] => [name, value ?? undefined]);
  return { ...written, text: JSON.stringify({ ...written.body, ...Object.fromEntries(changes) }) };
}
