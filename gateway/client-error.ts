import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

const WORDS = {
  400: 'This is not HTTP as it should be.',
  408: 'The request took too long to arrive.',
  431: 'Address and headers are longer than 16 KiB.',
} as const;

/**
 * Answers what is no request yet: it is malformed, too long or too slow. Node has no route, no hook and no reply for
 * it, so this writes the socket by itself; a socket that cannot be written is dropped.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = statusOf(error.code);
  const body = JSON.stringify({
    type: `urn:payout-engine:problem:${status === 408 ? 'too-slow' : 'malformed'}`,
    title: 'The request cannot be read',
    status,
    detail: WORDS[status],
  });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'x-frame-options: DENY',
    'referrer-policy: no-referrer',
    "content-security-policy: default-src 'none'; frame-ancestors 'none'",
  ];
  // As Node itself does: where an answer has begun on this connection, nothing may be put between its bytes.
  const { _httpMessage: answer } = socket as Socket & { _httpMessage?: { _headerSent?: boolean } };
  if (socket.writable && !answer?._headerSent) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroy(error);
}

function statusOf(code: string | undefined): keyof typeof WORDS {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  return code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
}
