/** How an answer reaches the wire, or does not. */
import type { FastifyReply } from 'fastify';

import type { Answer } from './answer.js';
import { FORM_TYPE, forbidden, page, refusal, write } from './answer.js';
import type { WireFault } from './faults.js';
import type { RequestInfo } from './request-log.js';
import { notFound } from './status.js';
import type { Timers } from '../timers.js';
import type { Variant } from './variant.js';
import { drip, hang, reset, send, truncate } from '../wire.js';

/** What a processed request leads to; `reset`: no answer at all. */
export type Outcome = Answer | 'reset';

/** Kinds that leave the request unprocessed unless the fault says otherwise. */
const BEFORE: readonly string[] = [
  'reset_before',
  'http_500',
  'http_503',
  'http_429',
  'forbidden',
  'refusal',
];
const HUGE = 32 * 2 ** 20;
const DEEP = 100_000;
/** An order id that no order has. */
const NOBODYS = '1';

export interface Delivery {
  readonly reply: FastifyReply;
  readonly process: () => Outcome;
  readonly fault: WireFault | undefined;
  readonly info: RequestInfo;
  readonly variant: Variant;
  readonly wantsJson: boolean;
  readonly timers: Timers;
  /** The gateway's id of the order that the request names, if there is one by now. */
  readonly knownOrderId: () => string | undefined;
  /** Whatever must happen before the answer leaves. */
  readonly beforeAnswer: () => Promise<void>;
}

export async function deliver(delivery: Delivery): Promise<void> {
  const { process, fault, reply, beforeAnswer, variant, wantsJson } = delivery;
  const processed = fault?.processed ?? !BEFORE.includes(fault?.kind ?? '');
  const outcome = processed ? process() : 'reset';
  await beforeAnswer();
  if (fault) return playFault(fault, outcome, delivery);
  if (outcome === 'reset') return reset(reply);
  await send(reply, write(outcome, wantsJson, variant));
}

async function playFault(
  fault: WireFault,
  outcome: Outcome,
  { reply, info, variant, wantsJson, timers, knownOrderId }: Delivery,
): Promise<void> {
  const instead = (answer: Answer): Promise<void> => send(reply, write(answer, wantsJson, variant));
  const written = write(
    outcome === 'reset' ? page(500, 'Internal Server Error') : outcome,
    wantsJson,
    variant,
  );
  const retryAfter = (secs: number | undefined): void => {
    if (secs !== undefined) reply.header('retry-after', String(secs));
  };
  switch (fault.kind) {
    case 'reset_before':
    case 'reset_after':
      return reset(reply);
    case 'hang':
      return hang(reply, fault.ms, timers);
    case 'http_500':
      return instead(page(500, 'Internal Server Error'));
    case 'http_503':
      retryAfter(fault.retryAfterSecs);
      return instead(page(503, 'Service Unavailable'));
    case 'http_429':
      retryAfter(fault.retryAfterSecs ?? 1);
      return instead(page(429, 'Too Many Requests'));
    case 'forbidden':
      return instead(forbidden(variant));
    case 'unreadable_body':
      return instead(page(200, 'Please wait\u2026'));
    case 'empty_body':
      return send(reply, { ...written, httpStatus: 200, text: '' });
    case 'mislabelled_body':
      return send(reply, { ...written, type: written.isJson ? FORM_TYPE : 'application/json' });
    case 'slow_body':
      return drip(reply, written, fault.ms ?? 1_000, timers);
    case 'truncated_body':
      return truncate(reply, written);
    case 'huge_body':
      return send(reply, { ...written, text: ' '.repeat(HUGE) + written.text });
    case 'deep_body':
      return send(reply, { ...written, text: '['.repeat(DEEP) + ']'.repeat(DEEP) });
    case 'refusal':
      return instead(refusalOf(fault, info, knownOrderId()));
    case 'status_not_found':
      return instead(notFound(info.clientOrderId ?? '', variant));
    case 'status_processing':
      return instead(restated(outcome, { status: 'processing', 'order-stage': 'payout_processing' }));
    case 'status_wrong':
      return instead(restated(outcome, { status: fault.status ?? 'declined' }));
    case 'rewrite':
      return instead(rewritten(outcome, fault.set ?? {}));
  }
}

function refusalOf(fault: WireFault, { clientOrderId }: RequestInfo, known: string | undefined): Answer {
  const { type = 'validation-error', message = 'Parameter account_number is required', code } = fault;
  const orderId = fault.orderId ? (known ?? NOBODYS) : undefined;
  return refusal(type, message, { clientOrderId, orderId, ...(code !== undefined && { code }) });
}

/** Another status, and nothing beside it that would give it away. */
function restated(outcome: Outcome, set: Readonly<Record<string, string>>): Answer {
  const nothing = { 'error-code': null, 'error-message': null, 'processor-rrn': null, 'redirect-to': null };
  return rewritten(outcome, { ...nothing, ...set });
}

/** Null stands for "leave it out". A refusal stays as it is. */
function rewritten(outcome: Outcome, set: Readonly<Record<string, string | null>>): Answer {
  if (outcome === 'reset') return page(500, 'Internal Server Error');
  if (outcome.httpStatus !== 200) return outcome;
  const changes = Object.entries(set).map(([name, value]): [string, string | undefined] => [
    name,
    value ?? undefined,
  ]);
  return { ...outcome, values: { ...outcome.values, ...Object.fromEntries(changes) } };
}
