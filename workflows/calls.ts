import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { JournalActivities, Plan, ProviderActivities, StorePlan } from '../activities/contract.js';
import type { PaymentPlan } from '../activities/payments/contract.js';
import { accountTaskQueue, type AccountId } from '../domain/ids.js';

type AnyPlan = Plan | StorePlan | PaymentPlan;

/** Time for a call's journal writes on top of the call itself. */
const JOURNAL_MARGIN_MS = 30_000;

/**
 * Journal writes, one history event each; tried until the journal is there again. A longer pause between two tries
 * becomes a timer: waiting inside the workflow task would keep its slot from other payouts.
 */
export const journal = proxyLocalActivities<JournalActivities>({
  summary: 'written in the journal',
  startToCloseTimeout: '10s',
  localRetryThreshold: '2s',
  retry: {
    initialInterval: '200ms',
    backoffCoefficient: 2,
    maximumInterval: '30s',
    // A page that the caller cannot ask for: no later try makes it one.
    nonRetryableErrorTypes: ['InvalidCursorError'],
  },
});

/**
 * A request that could move money, or have a card stored. The server may start it again after a worker's death: the journal then knows of
 * the intent and nothing is sent twice. Time in the queue does not count against its budget, but a queue that no
 * worker serves ends in review.
 */
export function sending(
  plan: AnyPlan,
  summary: string,
): Pick<ProviderActivities, 'takeStep' | 'storeCard' | 'startPayment' | 'operatePayment'> {
  return proxyActivities<ProviderActivities>({
    taskQueue: accountTaskQueue(plan.account),
    scheduleToStartTimeout: '24h',
    // A request may need a key of the provider's, and a resend asks once more before it sends: three calls.
    startToCloseTimeout: 3 * plan.callTimeoutMs + JOURNAL_MARGIN_MS,
    heartbeatTimeout: '10s',
    retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
    cancellationType: 'ABANDON',
    summary,
  });
}

/** The poll: one activity however many questions; its schedule is the account's. */
export function polling(
  plan: AnyPlan,
  summary: string,
): Pick<ProviderActivities, 'awaitChange' | 'awaitCard' | 'awaitPayment' | 'awaitOperation'> {
  return proxyActivities<ProviderActivities>({
    taskQueue: accountTaskQueue(plan.account),
    startToCloseTimeout: plan.callTimeoutMs + JOURNAL_MARGIN_MS,
    // The pauses between questions are the account's; these are for an attempt that got lost, however late that happens.
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5s' },
    cancellationType: 'TRY_CANCEL',
    summary,
  });
}

/** One question, because something hinted at news. If it gets no answer, the poll goes on. */
export function asking(
  plan: AnyPlan,
  summary: string,
): Pick<ProviderActivities, 'askStatus' | 'askCard' | 'askPayment'> {
  return proxyActivities<ProviderActivities>({
    taskQueue: accountTaskQueue(plan.account),
    startToCloseTimeout: plan.callTimeoutMs + JOURNAL_MARGIN_MS,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: 6 },
    summary,
  });
}

/** A question that no payout hangs on: answered soon, or not at all. */
export function inquiring(account: AccountId, summary: string): Pick<ProviderActivities, 'inquire'> {
  return proxyActivities<ProviderActivities>({
    taskQueue: accountTaskQueue(account),
    scheduleToStartTimeout: '20s',
    startToCloseTimeout: '70s',
    retry: { initialInterval: '1s', maximumAttempts: 2 },
    summary,
  });
}
