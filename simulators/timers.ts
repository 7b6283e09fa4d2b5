/** Timers that all stop together, so that a closing simulator leaves nothing behind. */

export interface Timers {
  after(ms: number, run: () => void): void;
  /** Never resolves once stopped. */
  sleep(ms: number): Promise<void>;
  stop(): void;
}

const LONGEST_MS = 2 ** 31 - 1;

export function createTimers(): Timers {
  const running = new Set<NodeJS.Timeout>();
  let stopped = false;
  function after(ms: number, run: () => void): void {
    if (stopped) return;
    const timer = setTimeout(
      () => {
        running.delete(timer);
        run();
      },
      Math.min(Math.max(ms, 0), LONGEST_MS),
    );
    timer.unref();
    running.add(timer);
  }
  return {
    after,
    sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
    stop: () => {
      stopped = true;
      for (const timer of running) clearTimeout(timer);
      running.clear();
    },
  };
}
