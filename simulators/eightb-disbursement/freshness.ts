/** Whether a request's `dt` may still come: 8b Disbursement §12 question 3 leaves the window open. */
import { readDateTime } from './dates.js';
import type { Service } from './settings.js';

export function isFresh(dt: string, { variant: { timeZone, dtWindowMs } }: Service): boolean {
  const at = readDateTime(dt, timeZone);
  if (at === undefined) return false;
  return dtWindowMs === null || Math.abs(Date.now() - at) <= dtWindowMs;
}
