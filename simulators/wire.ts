/** Answers that go wrong below HTTP. */
import type { FastifyReply } from 'fastify';

import type { Timers } from './timers.js';

const PIECES = 10;

/** An answer as it would leave. */
export interface WireAnswer {
  readonly httpStatus: number;
  /** Content-Type. */
  readonly type: string;
  readonly text: string;
}

export function reset(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
}

/** Without `ms` the caller must lose patience first. */
export function hang(reply: FastifyReply, ms: number | undefined, timers: Timers): void {
  reply.hijack();
  if (ms !== undefined) timers.after(ms, () => reply.raw.socket?.resetAndDestroy());
}

/** The answer as it is. */
export async function send(reply: FastifyReply, { httpStatus, type, text }: WireAnswer): Promise<void> {
  await reply.code(httpStatus).type(type).send(text);
}

/** The whole answer, in pieces over `ms`. */
export async function drip(
  reply: FastifyReply,
  { httpStatus, type, text }: WireAnswer,
  ms: number,
  timers: Timers,
): Promise<void> {
  reply.hijack();
  reply.raw.writeHead(httpStatus, { 'content-type': type });
  const bytes = Buffer.from(text);
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  for (let from = 0; from < bytes.length; from += size) {
    reply.raw.write(bytes.subarray(from, from + size));
    await timers.sleep(ms / PIECES);
  }
  reply.raw.end();
}

/** Half of the answer, then the connection breaks. */
export function truncate(reply: FastifyReply, { httpStatus, type, text }: WireAnswer): void {
  reply.hijack();
  const bytes = Buffer.from(text);
  reply.raw.writeHead(httpStatus, { 'content-type': type, 'content-length': bytes.length });
  reply.raw.write(bytes.subarray(0, bytes.length / 2), () => reply.raw.socket?.destroy());
}
