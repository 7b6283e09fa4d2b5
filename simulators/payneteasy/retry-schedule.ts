/** When a callback that nobody acknowledged is sent again. Payneteasy §8. */
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const FIRST = [2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE);
const THEN = [1, 2, 3, 6, 12, 18].map((hours) => hours * HOUR);

/** Waits in s between one attempt and the next: at most 30 attempts, within 14 days. */
export const RETRY_WAITS_SECS: readonly number[] = [...FIRST, ...THEN, ...dailyAfter(FIRST, THEN)];

function dailyAfter(...waits: readonly (readonly number[])[]): readonly number[] {
  const already = waits.flat();
  const left = 14 * DAY - already.reduce((sum, wait) => sum + wait, 0);
  const times = Math.min(Math.floor(left / DAY), 29 - already.length);
  return Array.from({ length: times }, () => DAY);
}
