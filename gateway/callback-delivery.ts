import type { Progress } from '../domain/provider-answer.js';
import type { StoredCallback } from '../journal/port.js';
import type { CallbackSignal, RunKey } from '../client/payout-client.js';
import { within } from './bounded.js';
import type { GatewayDeps } from './deps.js';
import { findOrder, type FoundOrder } from './find-order.js';
import type { DeliveryOutcome, GatewayMetrics } from './metrics.js';

const SIGNAL_MS = 10_000;
/** Signal and journal together. */
const DELIVERY_MS = 30_000;

/** Hands stored callbacks to their payouts, stored cards and payments, outside of any request. */
export interface CallbackDelivery {
  /** Starts a delivery and returns at once; what fails stays in the inbox for the pump. */
  start(callback: StoredCallback): void;
  /** Never throws. `giveUp`: call it an orphan if its order is still unknown. */
  deliver(callback: StoredCallback, giveUp: boolean): Promise<DeliveryOutcome>;
  /** Resolves when every started delivery has ended. */
  idle(): Promise<void>;
}

export function createCallbackDelivery(
  { journal, providers, signals, log }: GatewayDeps,
  metrics: GatewayMetrics,
): CallbackDelivery {
  const running = new Set<Promise<unknown>>();

  async function tryOnce(callback: StoredCallback, giveUp: boolean): Promise<DeliveryOutcome> {
    const { id, account, orderId } = callback;
    const found = await findOrder(journal, account, orderId);
    if (!found) {
      if (!giveUp) return 'waiting';
      await journal.inbox.mark(id, 'orphan');
      return 'orphan';
    }
    const proof = proofFor(found, callback);
    const transactions = found.kind === 'payment' ? callback.transactions : undefined;
    if (found.kind === 'payment' && callback.sealedToken !== undefined) {
      await journal.payments.keepToken(found.payment, callback.sealedToken);
    }
    const signal: CallbackSignal = {
      callbackId: id,
      ...(proof && { proof }),
      ...(transactions && { transactions }),
    };
    const run = runOf(found);
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
    if (transactions && found.kind === 'payment') {
      const limits = providers.get(account)?.limits;
      const graceMs = limits && 'expiryGraceMs' in limits ? limits.expiryGraceMs : Infinity;
      const by = { actor: `provider:${account}`, reason: 'late callback' };
      await journal.payments.recordNews(found.payment, { transactions, mayEnd: false, graceMs }, by);
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

function runOf(found: FoundOrder): RunKey {
  switch (found.kind) {
    case 'payout':
      return found.payout;
    case 'stored_card':
      return found.card;
    case 'payment':
      return found.payment;
  }
}

/** A proof is one of payment: of a stored card every callback is a hint, and so is one that names another amount. */
function proofFor(found: FoundOrder, { proof }: StoredCallback): Progress | undefined {
  if (!proof || found.kind !== 'payout') return undefined;
  const { amountMinor, ...progress } = proof;
  return amountMinor === undefined || amountMinor === found.payout.amount.minor ? progress : undefined;
}
