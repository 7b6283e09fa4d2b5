import { setTimeout as sleep } from 'node:timers/promises';
import { EngineUnavailableError } from '../client/index.js';

const FIRST_PAUSE_MS = 300;
const LAST_PAUSE_MS = 1_500;

/** How long a scenario waits for any one thing: a lost poll, the worst, comes again within a minute and a half. */
export const PATIENCE_MS = 150_000;

/**
 * Looks, at growing intervals, until there is something to see.
 *
 * @throws Error saying what was awaited, after `limitMs`
 */
export async function until<T>(
  what: string,
  limitMs: number,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.4, LAST_PAUSE_MS)) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > deadline) throw new Error(`waited ${limitMs / 1_000} s in vain for ${what}`);
    await sleep(pause);
  }
}

/**
 * As a caller should: an engine that does not answer in time is asked again, with the same id.
 *
 * @throws the last `EngineUnavailableError` once patience is over
 */
export async function asCallersDo<T>(call: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof EngineUnavailableError) || performance.now() > deadline) throw error;
      await sleep(LAST_PAUSE_MS);
    }
  }
}
