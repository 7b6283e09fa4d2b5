/** The provider's clock, which a test may put forward. 8b.world /pay §10 "virtual clock". */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Runs once the clock shows so much more. */
  after(ms: number, run: () => void): void;
  /** Puts the clock forward; what is due by then runs at once, in its order. */
  advance(ms: number): void;
  stop(): void;
}

interface Task {
  readonly due: number;
  readonly run: () => void;
}

const LONGEST_MS = 2 ** 31 - 1;

export function createClock(): Clock {
  let ahead = 0;
  let tasks: Task[] = [];
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const now = (): number => Date.now() + ahead;

  function runDue(): void {
    for (;;) {
      const [next] = tasks;
      if (!next || next.due > now() || stopped) break;
      tasks.shift();
      next.run();
    }
    wait();
  }

  function wait(): void {
    clearTimeout(timer);
    const [next] = tasks;
    if (!next || stopped) return;
    // One ms late rather than early: a timer may fire before the clock shows its time.
    timer = setTimeout(runDue, Math.min(Math.max(next.due - now() + 1, 0), LONGEST_MS));
    timer.unref();
  }

  return {
    now,
    after: (ms, run) => {
      tasks = [...tasks, { due: now() + ms, run }].sort((a, b) => a.due - b.due);
      wait();
    },
    advance: (ms) => {
      ahead += ms;
      runDue();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      tasks = [];
    },
  };
}
