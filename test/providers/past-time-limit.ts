import { expect, vi } from 'vitest';

/**
 * What a call comes to whose time limit passes as soon as the provider has it, and not before: on a machine that stands
 * still, the clock would pass over the one as over the other. Timers that begin meanwhile end with it.
 */
export async function pastTimeLimit<T>(
  limitMs: number,
  call: () => Promise<T>,
  arrived: () => boolean,
): Promise<T> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const answer = call();
    await expect.poll(arrived).toBe(true);
    vi.advanceTimersByTime(limitMs);
    return await answer;
  } finally {
    vi.useRealTimers();
  }
}
