/** Work that is done over and over, with a pause after each round; never two rounds of it at once. */
export interface Rounds {
  start(): void;
  /** Ends the timer and waits for a round that is under way. */
  stop(): Promise<void>;
}

/** @param round never throws */
export function createRounds(round: () => Promise<void>, everyMs: number): Rounds {
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;
  let current: Promise<void> = Promise.resolve();

  function schedule(): void {
    if (stopped) return;
    timer = setTimeout(() => {
      current = round().finally(schedule);
    }, everyMs);
    timer.unref();
  }

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      schedule();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
