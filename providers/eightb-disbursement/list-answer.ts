import type { Unknown } from '../../domain/provider-answer.js';
import type { HttpResponse } from '../http-call.js';
import type { TimeSpan } from '../../domain/time-span.js';
import { unknown, type Reading } from './reading.js';
import { refusalOfStatus, refusalOfText } from './refusal.js';
import { readResponse } from './responses.js';
import { readResult } from './results.js';

/** Why an answer to a read is none: an HTTP error, or an error in words. Undefined where it may be one. */
export function refusedRead(
  http: HttpResponse,
  call: 'balance' | 'list',
  reading: Reading,
): Unknown | undefined {
  const { status } = http;
  const refusal =
    status === 200 ? refusalInWords(http, call, reading) : refusalOfStatus(status, call, reading);
  return refusal && unknown(refusal.code, refusal.message);
}

function refusalInWords(
  http: HttpResponse,
  call: 'balance' | 'list',
  reading: Reading,
): ReturnType<typeof refusalOfText> | undefined {
  const said = readResponse(http)?.result;
  const result = said === undefined ? undefined : readResult(said, {}, reading.config);
  return result?.kind === 'error' ? refusalOfText(result.text, call, reading) : undefined;
}

/** The provider's lists go by whole minutes: what lies outside of the span belongs to another question. */
export function isWithin(at: string, { from, to }: TimeSpan): boolean {
  const ms = Date.parse(at);
  return ms >= Date.parse(from) && ms < Date.parse(to);
}
