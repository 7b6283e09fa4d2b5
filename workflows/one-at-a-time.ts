/**
 * The same calls, each begun when the one before it has ended; at once if none is under way.
 *
 * Two local activities in flight together come back to the run in the order of their ends, or both in one activation. A
 * replay finds their markers in one workflow task and gives them back in the order of their begins: what the run does
 * after each of them then comes in another order, and Temporal refuses the history (temporalio/sdk-python issue 1578).
 * A run's modules are its own, so nothing is shared between two runs.
 */
export function oneAtATime<T extends object>(calls: T): T {
  const waiting: (() => void)[] = [];
  let busy = false;

  async function inTurn<Result>(call: () => Promise<Result>): Promise<Result> {
    if (busy) await new Promise<void>((resolve) => waiting.push(resolve));
    busy = true;
    try {
      return await call();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy = false;
    }
  }

  return new Proxy(calls, {
    get(target, name, receiver) {
      const call = Reflect.get(target, name, receiver) as (...input: unknown[]) => Promise<unknown>;
      return (...input: unknown[]) => inTurn(() => call(...input));
    },
  });
}
