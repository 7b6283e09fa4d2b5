/** Lets at most `most` pieces of work run at once; the others wait for their turn. */
export function createLimiter(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes the place over, so that the count stays.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
