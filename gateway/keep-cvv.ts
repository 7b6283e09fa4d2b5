import type { KeepSecret } from '../client/one-time-secrets.js';
import type { Journal } from '../journal/port.js';
import type { GatewayLog } from './deps.js';

/** Long enough for a worker that is being restarted, short for what nobody may keep. */
export const CVV_KEPT_MS = 10 * 60_000;

/** Keeps a sealed CVV next to the journal until its one use. */
export function keepCvvIn({ oneTimeSecrets }: Journal): KeepSecret {
  return (sealed) => oneTimeSecrets.put(sealed, CVV_KEPT_MS);
}

/** Deletes, once a minute, what was never used. Any number of gateways may do so at once. */
export function createPurge(
  { oneTimeSecrets }: Pick<Journal, 'oneTimeSecrets'>,
  log: GatewayLog,
  everyMs = 60_000,
): { start(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    start() {
      timer ??= setInterval(() => {
        oneTimeSecrets.purge().catch((error: unknown) => {
          const words = error instanceof Error ? error.message : 'unknown error';
          log.warn('one-time secrets not purged', { error: words });
        });
      }, everyMs);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
