import type { HttpAnswer } from './http-call.js';

/** Nobody may stop us for longer, in ms. */
const LONGEST = 3_600_000;

/** How long the provider asks to be left alone (HTTP 429 or 503 with `Retry-After`: seconds or a date), in ms. */
export function retryAfterMs(answer: HttpAnswer, now: number): number | undefined {
  if (answer.kind !== 'response' || (answer.status !== 429 && answer.status !== 503)) return undefined;
  const text = answer.headers['retry-after']?.trim() ?? '';
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  // An unreadable date is NaN, and a date that has passed asks for nothing.
  return wait > 0 ? Math.min(wait, LONGEST) : undefined;
}

/** The interpreted answer, with that wish where the answer is `unknown`. */
export function withRetryAfter<Answer extends { readonly kind: string }>(
  answer: Answer,
  http: HttpAnswer,
  now: number,
): Answer {
  const wait = answer.kind === 'unknown' ? retryAfterMs(http, now) : undefined;
  return wait === undefined ? answer : { ...answer, retryAfterMs: wait };
}
