const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Resolves with the name of the first signal that asks this process to stop. A second one stops it at once. */
export function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) {
      process.once(signal, () => {
        for (const other of SIGNALS) process.once(other, () => process.exit(130));
        resolve(signal);
      });
    }
  });
}
