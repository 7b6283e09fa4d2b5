import type { PollStep } from '../port.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * How often the status is asked for (Payneteasy §10). `constant`: the document's "every 3–5 s until the final status".
 * `ladder`: what the fuller documentation makes of it: 4 s for 5 min, 5 min up to the hour, then hourly. Both end after
 * 72 h, when a person must look.
 */
export const POLL_SCHEDULES = {
  constant: [{ delayMs: 4 * SECOND, times: (72 * HOUR) / (4 * SECOND) }],
  ladder: [
    { delayMs: 4 * SECOND, times: (5 * MINUTE) / (4 * SECOND) },
    { delayMs: 5 * MINUTE, times: 11 },
    { delayMs: HOUR, times: 71 },
  ],
} as const satisfies Readonly<Record<string, readonly PollStep[]>>;

export type PollScheduleName = keyof typeof POLL_SCHEDULES;
