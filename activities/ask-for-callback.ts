import type { LoadedPayout } from './load-payout.js';
import { statusQueryOf } from './status-query.js';
import { isLacking } from '../providers/port.js';

/**
 * Where a callback is overdue, asks the provider to send it once more: at the last question before each such time. By
 * time alone, so that nothing needs to be kept; a callback is a hint, and one too many does no harm.
 */
export async function askForCallback(
  { stored, provider }: LoadedPayout,
  elapsedMs: number,
  nextQuestionInMs: number,
): Promise<void> {
  const { callbackRepeat, limits } = provider;
  if (isLacking(callbackRepeat)) return;
  const { everyMs } = callbackRepeat;
  const isDue = Math.floor((elapsedMs + nextQuestionInMs) / everyMs) > Math.floor(elapsedMs / everyMs);
  if (isDue) await callbackRepeat.ask(statusQueryOf(stored), AbortSignal.timeout(limits.callTimeoutMs));
}
