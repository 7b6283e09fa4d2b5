import { MAX_STANDSTILL_MS } from '../domain/stop.js';
import type { NotSent } from '../domain/provider-answer.js';

/**
 * Call right before asking for an intent, and the result right before sending: `not_sent` where the process stood still
 * in between (paused, starved, a slow journal). A stop that was committed meanwhile must not be overtaken by a request
 * that was allowed before it; the next try asks anew. By the monotonic clock: setting the time proves nothing.
 */
export function startLeaving(): () => NotSent | undefined {
  const askedAt = performance.now();
  return () => {
    const elapsedMs = performance.now() - askedAt;
    if (elapsedMs <= MAX_STANDSTILL_MS) return undefined;
    const message = `It was ${Math.round(elapsedMs)} ms after asking for the intent that it came to sending`;
    return { kind: 'not_sent', code: 'stood_still', message };
  };
}
