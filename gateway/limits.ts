import type { FastifyRequest } from 'fastify';
import { isConflict } from '../client/errors.js';
import type { GatewayDeps } from './deps.js';
import { TooManyRequestsError } from './errors.js';
import type { GatewayMetrics } from './metrics.js';
import { createRateLimit, type RateLimit } from './rate-limit.js';
import { senderOf } from './sender.js';

const KEY_REQUESTS_PER_SEC = 200;
const ADDRESS_REQUESTS_PER_SEC = 50;
/**
 * Of one id that is asked for with other content: by mistake it is so a few times, to find out its card a hundred thousand
 * times. At first 60, and as many repeats at once; then ten an hour.
 */
const CONTRADICTIONS_PER_SEC = 10 / 3_600;
const CONTRADICTIONS_SECS = 6 * 3_600;

/** `guess`: a key that never opened anything here; `callback`: one that proved nothing; `page`: what is open to all. */
export type Unproven = 'guess' | 'callback' | 'page';

/**
 * How much is too much, in this process. Whoever proves who it is, by a key or by a callback's signature, is never
 * counted together with strangers, so that no flood from anywhere can use up what is its own.
 *
 * Each throws TooManyRequestsError.
 */
export interface Limits {
  key(keyId: string): void;
  /** `account`: each has its own count. */
  unproven(request: FastifyRequest, what: Unproven, account?: string): void;
  /**
   * Tries a request under an id that is taken. The answer tells of its card whether it is the same or another one: only
   * so many times "another".
   */
  repeating<T>(id: string, call: () => Promise<T>): Promise<T>;
}

export function createLimits({ doors = {}, log }: GatewayDeps, metrics: GatewayMetrics): Limits {
  const keys = createRateLimit(doors.keyRequestsPerSec ?? KEY_REQUESTS_PER_SEC);
  const strangers = createRateLimit(doors.addressRequestsPerSec ?? ADDRESS_REQUESTS_PER_SEC);
  const contradictions = createRateLimit(CONTRADICTIONS_PER_SEC, undefined, CONTRADICTIONS_SECS);

  function take(limit: RateLimit, name: string, what: Unproven | 'key', who: object): void {
    try {
      limit.take(name);
    } catch (error) {
      metrics.rateLimited(what);
      if (error instanceof TooManyRequestsError && error.isNews) log.warn('rate limit reached', who);
      throw error;
    }
  }

  return {
    key: (keyId) => take(keys, keyId, 'key', { what: 'key', keyId }),
    unproven(request, what, account) {
      const address = senderOf(request.ip);
      take(strangers, `${what} ${account ?? ''} ${address}`, what, { what, account, address });
    },
    async repeating(id, call) {
      take(contradictions, id, 'guess', { what: 'other content under an id that is taken' });
      let isOther = false;
      try {
        return await call();
      } catch (error) {
        isOther = isConflict(error);
        throw error;
      } finally {
        if (!isOther) contradictions.giveBack(id);
      }
    },
  };
}
