import { onTestFinished, vi } from 'vitest';

/** `Date` stands still until the test has finished, but for what is put forward here. Timers go on as ever. */
export function stopClock(): { advance(ms: number): void } {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  return { advance: (ms) => void vi.setSystemTime(Date.now() + ms) };
}

/** `performance.now` stands still until the test has finished: nothing that is limited by time gets old meanwhile. */
export function stopStopwatch(): void {
  // A whole number: the limits reckon from it, and would be wrong by the last bit of a fraction.
  const now = vi.spyOn(performance, 'now').mockReturnValue(Math.ceil(performance.now()));
  onTestFinished(() => now.mockRestore());
}
