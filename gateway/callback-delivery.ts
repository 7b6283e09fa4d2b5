import type { StoredCallback } from '../journal/port.js';
import type { CallbackSignal } from '../client/payout-client.js';
import { within } from './bounded.js';
import type { GatewayDeps } from './deps.js';
import { findOrder } from './find-order.js';
import type { DeliveryOutcome, GatewayMetrics } from './metrics.js';

const SIGNAL_MS = 10_000;
/** Signal and journal together. */
const DELIVERY_MS = 30_000;

/** Hands stored callbacks to their payouts and stored cards, outside of any request. */
export interface CallbackDelivery {
  /** Starts a delivery and returns at once; what fails stays in the inbox for the pump. */
  start(callback: StoredCallback): void;
  /** Never throws. `giveUp`: call it an orphan if its order is still unknown. */
  deliver(callback: StoredCallback, giveUp: boolean): Promise<DeliveryOutcome>;
  /** Resolves when every started delivery has ended. */
  idle(): Promise<void>;
}

export function createCallbackDelivery(
  { journal, signals, log }: GatewayDeps,
  metrics: GatewayMetrics,
): CallbackDelivery {
  const running = new Set<Promise<unknown>>();

  async function tryOnce(callback: StoredCallback, giveUp: boolean): Promise<DeliveryOutcome> {
    const { id, account, orderId, proof } = callback;
    const found = await findOrder(journal, account, orderId);
    if (!found) {
      if (!giveUp) return 'waiting';
      await journal.inbox.mark(id, 'orphan');
      return 'orphan';
    }
    // A proof is one of payment: of a stored card every callback is a hint.
    const signal: CallbackSignal = { callbackId: id, ...(found.kind === 'payout' && proof && { proof }) };
    const run = found.kind === 'payout' ? found.payout : found.card;
    const answer = await within(SIGNAL_MS, signals.callback(run, signal));
    if (answer === 'delivered') {
      await journal.inbox.mark(id, 'delivered');
      return 'delivered';
    }
    // The workflow has ended: what the provider proves now is still written down, as a correction or a contradiction
    // where it is one (design rule 6). A hint that proves nothing is kept in the inbox.
    if (proof && found.kind === 'payout') {
      await journal.payouts.recordProgress(found.payout, proof, {
        actor: `provider:${account}`,
        reason: 'late callback',
      });
    }
    await journal.inbox.mark(id, 'late');
    return 'late';
  }

  async function deliver(callback: StoredCallback, giveUp: boolean): Promise<DeliveryOutcome> {
    const { id, account } = callback;
    try {
      const outcome = await within(DELIVERY_MS, tryOnce(callback, giveUp));
      metrics.delivery(account, outcome);
      if (outcome === 'orphan') log.warn('callback belongs to no order of ours', { callbackId: id, account });
      return outcome;
    } catch (error) {
      metrics.delivery(account, 'failed');
      const words = error instanceof Error ? error.message : 'unknown error';
      log.warn('callback not delivered yet', { callbackId: id, account, error: words });
      return 'failed';
    }
  }

  return {
    start(callback) {
      const work = deliver(callback, false).finally(() => running.delete(work));
      running.add(work);
    },
    deliver,
    idle: async () => {
      await Promise.all(running);
    },
  };
}
