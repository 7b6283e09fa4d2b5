/** How an answer reaches the wire, or does not. 8b Disbursement §6. */
import type { FastifyReply } from 'fastify';

import type { Answer, Outcome } from './answer.js';
import { HTML_TYPE, pageAnswer, refusalAnswer, resultAnswer, write } from './answer.js';
import type { EightbDisbursementFault } from './fault.js';
import { Refusal } from './refusal.js';
import type { RequestInfo } from './request-log.js';
import type { Service } from './settings.js';
import type { Timers } from '../timers.js';
import type { Variant } from './variant.js';
import { drip, hang, reset, send, truncate } from '../wire.js';

export interface Delivery {
  readonly reply: FastifyReply;
  readonly info: RequestInfo;
  /** Does the work; never throws a `Refusal`. */
  readonly process: () => Outcome;
  readonly fault: EightbDisbursementFault | undefined;
  readonly service: Service | undefined;
  readonly variant: Variant;
  readonly timers: Timers;
  /** Runs once the work is done, before a byte of the answer leaves. */
  readonly beforeAnswer: () => Promise<void>;
}

const HUGE = 32 * 1024 * 1024;
const DEEP = 100_000;

/** Kinds that stand before the work; with `processed: true` some come after it. */
const UNPROCESSED: readonly string[] = ['reset_before', 'http_500', 'http_503', 'http_429', 'error'];

export async function deliver(delivery: Delivery): Promise<void> {
  const { fault, process, variant, reply, beforeAnswer } = delivery;
  const works = fault?.processed ?? !(fault && UNPROCESSED.includes(fault.kind));
  const outcome = works ? process() : {};
  await beforeAnswer();
  if (fault) return playFault(fault, outcome, delivery);
  if (!outcome.answer) return reset(reply);
  await send(reply, write(outcome.answer, variant));
}

async function playFault(
  fault: EightbDisbursementFault,
  outcome: Outcome,
  delivery: Delivery,
): Promise<void> {
  const { reply, variant, timers } = delivery;
  const answer = outcome.answer ?? pageAnswer(500, 'Internal Server Error');
  const written = write(answer, variant);
  const instead = (other: Answer): Promise<void> => send(reply, write(other, variant));
  switch (fault.kind) {
    case 'reset_before':
    case 'reset_after':
      return reset(reply);
    case 'hang':
      return hang(reply, fault.ms, timers);
    case 'http_500':
      return instead(pageAnswer(500, 'Internal Server Error'));
    case 'http_503':
      if (fault.retryAfterSecs !== undefined) reply.header('retry-after', String(fault.retryAfterSecs));
      return instead(pageAnswer(503, 'Service Unavailable'));
    case 'http_429':
      reply.header('retry-after', String(fault.retryAfterSecs ?? 1));
      return instead(pageAnswer(429, 'Too Many Requests'));
    case 'unreadable_body':
      return instead(pageAnswer(200, 'Please wait'));
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
      return send(reply, { ...written, text: '<response>'.repeat(DEEP) + '</response>'.repeat(DEEP) });
    case 'entity_body':
      return send(reply, { ...written, text: withEntity(written.text) });
    case 'error':
      return instead(refusalAnswer(new Refusal('other', fault.text ?? 'internal error'), variant));
    case 'rewrite':
      return instead(rewritten(answer, fault.set));
    case 'check_processing':
      return instead(checkSays('PROCESSING', delivery, answer));
    case 'check_not_found':
      return instead(checkSays(variant.notFoundToken, delivery, answer));
    case 'check_wrong':
      return instead(checkSays(fault.result ?? 'NOT_PAID', delivery, answer));
    default:
      return send(reply, written);
  }
}

function checkSays(result: string, { service, info }: Delivery, otherwise: Answer): Answer {
  return service ? resultAnswer(info.id ?? '', result, service) : otherwise;
}

function rewritten(answer: Answer, set: Readonly<Record<string, string | null>> = {}): Answer {
  if (!('elements' in answer)) return answer;
  const kept = answer.elements.filter(({ name }) => !(name in set));
  const added = Object.entries(set).flatMap(([name, content]) =>
    content === null ? [] : [{ name, content }],
  );
  return { elements: [...kept, ...added] };
}

/** The result hidden behind an entity that the document declares itself. */
function withEntity(text: string): string {
  const result = /<result>([^<]*)<\/result>/.exec(text)?.[1] ?? 'PAID';
  const body = text.replace(/^<\?xml[^>]*\?>\s*/, '').replace(/<result>[^<]*</, '<result>&r;<');
  return `<?xml version="1.0"?><!DOCTYPE response [<!ENTITY r "${result}">]>${body}`;
}
