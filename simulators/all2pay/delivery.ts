/** How an answer reaches the wire, or does not. All2pay payouts document §11.2 and §18. */
import type { FastifyReply } from 'fastify';

import type { Answer } from './answers.js';
import { refusalAnswer } from './answers.js';
import type { WireFault } from './faults.js';
import type { Outcome } from './payouts.js';
import { refusal } from './refusal.js';
import type { RequestInfo } from './request-log.js';
import type { Timers } from './timers.js';

const JSON_TYPE = 'application/json; charset=UTF-8';
const HTML_TYPE = 'text/html; charset=UTF-8';
const PIECES = 10;

/** Kinds that leave the request unprocessed unless the fault says otherwise. */
const BEFORE: readonly string[] = ['reset_before', 'http_500', 'http_429', 'row'];

export async function deliver(
  reply: FastifyReply,
  process: () => Outcome,
  fault: WireFault | undefined,
  info: RequestInfo,
  timers: Timers,
): Promise<void> {
  const processed = fault?.processed ?? !BEFORE.includes(fault?.kind ?? '');
  const outcome = processed ? process() : {};
  if (fault) return playFault(reply, fault, outcome, info, timers);
  if (outcome.hangMs !== undefined) await timers.sleep(outcome.hangMs);
  if (!outcome.answer) return hang(reply, undefined, timers);
  await reply.code(outcome.answer.httpStatus).type(JSON_TYPE).send(JSON.stringify(outcome.answer.body));
}

async function playFault(
  reply: FastifyReply,
  fault: WireFault,
  outcome: Outcome,
  info: RequestInfo,
  timers: Timers,
): Promise<void> {
  const answer = outcome.answer ?? refusalAnswer(refusal(20));
  const text = JSON.stringify(answer.body);
  switch (fault.kind) {
    case 'reset_before':
    case 'reset_after':
      return reset(reply);
    case 'hang':
      return hang(reply, fault.ms, timers);
    case 'http_500':
      return void (await reply
        .code(500)
        .type(HTML_TYPE)
        .send('<html><body>Internal Server Error</body></html>'));
    case 'http_429':
      reply.header('retry-after', String(fault.retryAfterSecs ?? 1));
      return void (await reply.code(429).type(HTML_TYPE).send('<html><body>Too Many Requests</body></html>'));
    case 'unreadable_body':
      return void (await reply.code(200).type(HTML_TYPE).send('<html><body>Please wait\u2026</body></html>'));
    case 'mislabelled_body':
      return void (await reply.code(answer.httpStatus).type(HTML_TYPE).send(text));
    case 'slow_body':
      return drip(reply, answer, text, fault.ms ?? 1_000, timers);
    case 'truncated_body':
      return truncate(reply, answer, text);
    case 'row': {
      const { row = 20 } = fault;
      const subject = row === 16 ? info.orderNumber : info.method;
      const { httpStatus, body } = refusalAnswer(refusal(row, subject, info.method), info.orderNumber);
      return void (await reply.code(httpStatus).type(JSON_TYPE).send(JSON.stringify(body)));
    }
    case 'status_pending':
    case 'rewrite': {
      const set = fault.kind === 'rewrite' ? fault.set : STILL_PENDING;
      const body = answer.httpStatus === 200 ? { ...answer.body, ...removing(set) } : answer.body;
      return void (await reply.code(answer.httpStatus).type(JSON_TYPE).send(JSON.stringify(body)));
    }
  }
}

const STILL_PENDING = {
  orderStatus: '7',
  actionCode: null,
  actionCodeDescription: null,
  operationList: null,
};

/** Null stands for "leave it out". */
function removing(set: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(set).map(([name, value]) => [name, value ?? undefined]));
}

function reset(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
}

/** Without `ms` the caller must lose patience first. */
function hang(reply: FastifyReply, ms: number | undefined, timers: Timers): void {
  reply.hijack();
  if (ms !== undefined) timers.after(ms, () => reply.raw.socket?.resetAndDestroy());
}

async function drip(
  reply: FastifyReply,
  { httpStatus }: Answer,
  text: string,
  ms: number,
  timers: Timers,
): Promise<void> {
  reply.hijack();
  reply.raw.writeHead(httpStatus, { 'content-type': JSON_TYPE });
  const bytes = Buffer.from(text);
  const size = Math.ceil(bytes.length / PIECES);
  for (let from = 0; from < bytes.length; from += size) {
    reply.raw.write(bytes.subarray(from, from + size));
    await timers.sleep(ms / PIECES);
  }
  reply.raw.end();
}

function truncate(reply: FastifyReply, { httpStatus }: Answer, text: string): void {
  reply.hijack();
  const bytes = Buffer.from(text);
  reply.raw.writeHead(httpStatus, { 'content-type': JSON_TYPE, 'content-length': bytes.length });
  reply.raw.write(bytes.subarray(0, bytes.length / 2), () => reply.raw.socket?.destroy());
}
