import { TooManyRequestsError } from './errors.js';

/** Of what is allowed in the long run, so many seconds' worth may come at once. */
const BURST_SECS = 10;
/** So many names are remembered; past that the one seen longest ago is forgotten. */
const MAX_NAMES = 20_000;
/** One who goes on all the same is news once in a while. */
const NEWS_EVERY_MS = 60_000;

/** What each name may do, in this process. */
export interface RateLimit {
  /** @throws TooManyRequestsError if this name has used up what it may */
  take(name: string): void;
  /** What was taken does not count after all. */
  giveBack(name: string): void;
}

interface Use {
  /** When all that was taken will have been given back (the generic cell rate algorithm). */
  readonly until: number;
  readonly toldAt: number;
}

/**
 * @param perSec in the long run
 * @param burstSecs how many seconds' worth of it may come at once
 * @example
 * const limit = createRateLimit(50);
 * limit.take(address);
 */
export function createRateLimit(
  perSec: number,
  now: () => number = () => performance.now(),
  burstSecs = BURST_SECS,
): RateLimit {
  const uses = new Map<string, Use>();
  const oneMs = 1_000 / perSec;
  const burstMs = burstSecs * 1_000;

  function remember(name: string, use: Use): void {
    uses.delete(name);
    const [oldest] = uses.size >= MAX_NAMES ? uses.keys() : [];
    if (oldest !== undefined) uses.delete(oldest);
    uses.set(name, use);
  }

  return {
    take(name) {
      const at = now();
      const { until = at, toldAt = -Infinity } = uses.get(name) ?? {};
      const next = Math.max(until, at) + oneMs;
      const waitMs = next - at - burstMs;
      if (waitMs <= 0) return remember(name, { until: next, toldAt });
      const isNews = at - toldAt >= NEWS_EVERY_MS;
      if (isNews) remember(name, { until, toldAt: at });
      throw new TooManyRequestsError(waitMs, isNews);
    },
    giveBack(name) {
      const use = uses.get(name);
      if (use) uses.set(name, { ...use, until: use.until - oneMs });
    },
  };
}
