const WINDOW_MS = 60_000;
const MAX_FAILURES = 10;
const MAX_ADDRESSES = 10_000;

/** Counts failed attempts by address: ten a minute, then nothing is tried any more until the minute is over. */
export interface Attempts {
  mayTry(address: string): boolean;
  failed(address: string): void;
}

export function createAttempts(now: () => number = () => Date.now()): Attempts {
  const failures = new Map<string, { count: number; readonly until: number }>();
  const current = (address: string) => {
    const found = failures.get(address);
    return found && found.until > now() ? found : undefined;
  };
  return {
    mayTry: (address) => (current(address)?.count ?? 0) < MAX_FAILURES,
    failed(address) {
      const found = current(address);
      if (found) {
        found.count += 1;
        return;
      }
      if (failures.size >= MAX_ADDRESSES) failures.clear();
      failures.set(address, { count: 1, until: now() + WINDOW_MS });
    },
  };
}
