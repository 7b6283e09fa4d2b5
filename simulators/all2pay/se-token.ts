/** Opens `target.seToken` and believes nothing in it. All2pay payouts document §8 "Simulator checks". */
import { isCardNumber } from './card.js';
import type { Clock } from './clock.js';
import type { Keys } from './keys.js';
import { refusal } from './refusal.js';

/** The card number in the token. Any fault of it is row 7: the document has no words of its own for that. */
export type TokenReader = (token: unknown, orderNumber: string) => string;

const WINDOW_MS = 30 * 60_000;
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export function createTokenReader(keys: Keys, clock: Clock): TokenReader {
  /** When each token was made: one older than the window is refused for that already. */
  const seen = new Map<string, number>();

  function isFirst(uuid: string, madeAt: number): boolean {
    for (const [known, at] of seen) {
      // In order of arrival, which is near enough to the order of making.
      if (at > clock.now() - 2 * WINDOW_MS) break;
      seen.delete(known);
    }
    const key = uuid.toLowerCase();
    if (seen.has(key)) return false;
    seen.set(key, madeAt);
    return true;
  }

  return (token, orderNumber) => {
    const plain = typeof token === 'string' ? keys.open(token) : undefined;
    const parts = plain?.split('/') ?? [];
    const [timestamp = '', uuid = '', pan = ''] = parts;
    const madeAt = TIMESTAMP.test(timestamp) ? Date.parse(timestamp) : NaN;
    const good =
      parts.length === 10 &&
      parts.slice(3, 9).every((part) => part === '') &&
      parts[9] === orderNumber &&
      Math.abs(clock.now() - madeAt) <= WINDOW_MS &&
      UUID_V4.test(uuid) &&
      isCardNumber(pan);
    if (!good || !isFirst(uuid, madeAt)) throw refusal(7);
    return pan;
  };
}
