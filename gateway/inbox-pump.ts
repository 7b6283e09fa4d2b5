import type { CallbackInbox, StoredCallback } from '../journal/inbox-port.js';
import { within } from './bounded.js';
import type { CallbackDelivery } from './callback-delivery.js';
import type { GatewayLog, InboxPumpOptions } from './deps.js';
import { createRounds, type Rounds } from './rounds.js';

const BATCH = 200;
const AT_ONCE = 8;
const READ_MS = 15_000;

export interface InboxPump extends Rounds {
  /** One round now; also what the timer does. Never throws. */
  round(): Promise<void>;
}

/**
 * Delivers again what is stored but not yet delivered: callbacks that came while Temporal was away, before their
 * payout was written down, or whose gateway died after storing. Any number of gateways may pump at once; a callback
 * delivered twice is harmless.
 */
export function createInboxPump(
  inbox: CallbackInbox,
  delivery: CallbackDelivery,
  log: GatewayLog,
  { everyMs = 5_000, minAgeMs = 5_000, orphanAfterMs = 600_000 }: InboxPumpOptions = {},
): InboxPump {
  async function round(): Promise<void> {
    try {
      const waiting = [...(await within(READ_MS, inbox.pending(minAgeMs, BATCH)))];
      await Promise.all(Array.from({ length: AT_ONCE }, () => drain(waiting)));
    } catch (error) {
      log.warn('callback inbox cannot be read', {
        error: error instanceof Error ? error.message : 'unknown error',
      });
    }
  }

  async function drain(waiting: StoredCallback[]): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const ageMs = Date.now() - Date.parse(next.receivedAt);
      await delivery.deliver(next, ageMs >= orphanAfterMs);
    }
  }

  return { ...createRounds(round, everyMs), round };
}
