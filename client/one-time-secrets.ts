import { z } from 'zod';
import { EngineUnavailableError } from './errors.js';

/** Keeps something sealed until its one use, for minutes at most. @returns the id to take it by */
export type KeepSecret = (sealed: string) => Promise<string>;

/** Where a CVV waits for its one use: the gateway's door for it, or, next to the journal, the journal itself. */
export type OneTimeSecretsDoor =
  | KeepSecret
  | {
      readonly gatewayUrl: string;
      /** With the role create: `payk_…`. */
      readonly apiKey: string;
    };

const keptSchema = z.object({ id: z.string().min(1) });

export function keepSecretBy(door: OneTimeSecretsDoor): KeepSecret {
  if (typeof door === 'function') return door;
  const url = new URL('/v1/one-time-secrets', door.gatewayUrl).href;
  return async (sealed) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${door.apiKey}` },
        body: JSON.stringify({ sealed }),
        signal: AbortSignal.timeout(10_000),
      });
      if (!response.ok) throw new Error(`it answered ${response.status}`);
      return keptSchema.parse(await response.json()).id;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new EngineUnavailableError(
        `The CVV cannot be handed over: ${url} does not take it (${why}). Nothing was started: check the gateway and ` +
          'the API key, then repeat the call',
      );
    }
  };
}
