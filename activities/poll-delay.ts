import type { PollStep } from '../providers/port.js';

/**
 * How long to wait before the next status query, `elapsedMs` after the asking began; undefined when the schedule is
 * spent. By time, not by count: a retry after an outage must not eat up the schedule.
 */
export function nextPollDelay(schedule: readonly PollStep[], elapsedMs: number): number | undefined {
  let due = 0;
  for (const { delayMs, times } of schedule) {
    if (due + delayMs * times > elapsedMs) {
      const done = Math.max(0, Math.floor((elapsedMs - due) / delayMs));
      return Math.max(1, due + delayMs * (done + 1) - elapsedMs);
    }
    due += delayMs * times;
  }
  return undefined;
}

/** Between two questions that come after the schedule's end. */
export function lastDelay(schedule: readonly PollStep[]): number {
  return schedule.at(-1)?.delayMs ?? 1;
}
