import type { PaymentKey, PayoutKey } from '../domain/ids.js';
import { isFinalPayment } from '../domain/payment-moves.js';
import type { Payout } from '../domain/payout.js';
import { isFinal } from '../domain/payout-status.js';
import type { Progress } from '../domain/provider-answer.js';
import type { StoredCallback } from '../journal/inbox-port.js';
import type { CallbackSignal, RunKey } from '../client/payout-client.js';
import { within } from './bounded.js';
import type { GatewayDeps } from './deps.js';
import { findOrder, type FoundOrder } from './find-order.js';
import type { DeliveryOutcome, GatewayMetrics } from './metrics.js';

const SIGNAL_MS = 10_000;
/** Signal and journal together. */
const DELIVERY_MS = 30_000;
/** Of an account that this gateway does not know any more. */
const LONG_CALL_MS = 60_000;

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
    // What leads it asks no more. A run that answers a repeat at this moment would take the signal to its grave.
    const answer = isOver(found) ? 'closed' : await within(SIGNAL_MS, signals.callback(runOf(found), signal));
    if (answer === 'delivered') {
      await journal.inbox.mark(id, 'delivered');
      return 'delivered';
    }
    // The workflow has ended: what the provider proves now is still written down, as a correction or a contradiction
    // where it is one (money rule 6). A hint is a reason to ask once more.
    const hinted = hintedAt(found, callback, proof);
    if (hinted) {
      const callTimeoutMs = providers.get(account)?.limits.callTimeoutMs ?? LONG_CALL_MS;
      await within(SIGNAL_MS, signals.lateHint({ key: hinted, callbackId: id, account, callTimeoutMs }));
    }
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

function isOver(found: FoundOrder): boolean {
  switch (found.kind) {
    case 'payout':
      return isFinal(found.payout.status);
    case 'payment':
      return isFinalPayment(found.payment.status);
    case 'stored_card':
      return false;
  }
}

/** What is to be asked about once more: a callback came after the end, and proves nothing that could be read. */
function hintedAt(
  found: FoundOrder,
  callback: StoredCallback,
  proof: Progress | undefined,
): PayoutKey | PaymentKey | undefined {
  if (found.kind === 'payout' && !proof && mayBeNews(found.payout, callback)) {
    const { merchant, payoutId } = found.payout;
    return { merchant, payoutId };
  }
  if (found.kind === 'payment' && !callback.transactions) {
    const { merchant, paymentId } = found.payment;
    return { merchant, paymentId };
  }
  return undefined;
}

/** Nothing adds to a proof of payment but that the money came back, and to that nothing at all. */
function mayBeNews({ status }: Payout, { suggests }: StoredCallback): boolean {
  return status === 'succeeded' ? suggests !== undefined : status !== 'returned';
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
