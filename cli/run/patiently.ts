import { setTimeout as sleep } from 'node:timers/promises';
import { EngineUnavailableError } from '../../client/errors.js';

export interface Patience {
  /** How long the engine may be out of reach, in ms. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  /** Told why, before each wait. */
  readonly onWait?: ((words: string) => void) | undefined;
}

/** Repeats a call while the engine is out of reach: with the same payout id that is always safe. */
export async function patiently<T>(
  call: () => Promise<T>,
  { patienceMs, signal, onWait }: Patience,
): Promise<T> {
  const giveUpAt = Date.now() + patienceMs;
  for (let pause = 500; ; pause = Math.min(pause * 2, 5_000)) {
    try {
      return await call();
    } catch (error) {
      const over = signal.aborted || Date.now() + pause > giveUpAt;
      if (!(error instanceof EngineUnavailableError) || over) throw error;
      onWait?.(`no answer, asking again: ${error.message}`);
      await sleep(pause);
    }
  }
}
