import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type {
  JournalActivities,
  Plan,
  ProviderActivities,
  StorePlan,
  WaitingActivities,
} from '../activities/contract.js';
import type { PaymentPlan } from '../activities/payments/contract.js';
import { accountTaskQueue, type AccountId } from '../domain/ids.js';
import { stopReason, type Stop } from '../domain/stop.js';
import { oneAtATime } from './one-at-a-time.js';

type AnyPlan = Plan | StorePlan | PaymentPlan;

/** Time for a call's journal writes on top of the call itself. */
const JOURNAL_MARGIN_MS = 30_000;
/** How long an account's queue may be without a worker. */
const UNSERVED = '24h';

/**
 * Journal writes, one history event each and one at a time; tried until the journal is there again. A longer pause between two tries
 * becomes a timer: waiting inside the workflow task would keep its slot from other payouts.
 */
export const journal = oneAtATime(
  proxyLocalActivities<JournalActivities>({
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
  }),
);

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
    scheduleToStartTimeout: UNSERVED,
    // A request may need a key of the provider's, and a resend asks once more before it sends: three calls.
    startToCloseTimeout: 3 * plan.callTimeoutMs + JOURNAL_MARGIN_MS,
    heartbeatTimeout: '10s',
    retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
    cancellationType: 'ABANDON',
    summary,
  });
}

/**
 * The poll: one activity however many questions; its schedule is the account's. A queue that no worker serves ends in review,
 * since nobody there can spend the schedule.
 */
export function polling(
  plan: AnyPlan,
  summary: string,
): Pick<ProviderActivities, 'awaitChange' | 'awaitProof' | 'awaitCard' | 'awaitPayment' | 'awaitOperation'> {
  return proxyActivities<ProviderActivities>({
    taskQueue: accountTaskQueue(plan.account),
    scheduleToStartTimeout: UNSERVED,
    startToCloseTimeout: plan.callTimeoutMs + JOURNAL_MARGIN_MS,
    // The pauses between questions are the account's; these are for an attempt that got lost, however late that happens.
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5s' },
    cancellationType: 'TRY_CANCEL',
    summary,
  });
}

/** What an operator stopped waits here, visibly: one activity for however long that takes, on no account's queue. */
export function waiting(stop: Stop): WaitingActivities {
  return proxyActivities<WaitingActivities>({
    startToCloseTimeout: '15s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5s' },
    cancellationType: 'TRY_CANCEL',
    summary: stopReason(stop).message,
  });
}

/** One question, because something hinted at news. If it gets no answer, the poll goes on. */
export function asking(
  plan: AnyPlan,
  summary: string,
): Pick<ProviderActivities, 'askStatus' | 'askCard' | 'askPayment'> {
  return proxyActivities<ProviderActivities>({
    taskQueue: accountTaskQueue(plan.account),
    scheduleToStartTimeout: UNSERVED,
    startToCloseTimeout: plan.callTimeoutMs + JOURNAL_MARGIN_MS,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: 6 },
    summary,
  });
}

/**
 * One question after the end, which no poll follows: asked until it is answered, for a day. The run then fails, which is
 * found in Temporal.
 */
export function askingLate(
  plan: Pick<AnyPlan, 'account' | 'callTimeoutMs'>,
  summary: string,
): Pick<ProviderActivities, 'askStatus' | 'askPayment'> {
  return proxyActivities<ProviderActivities>({
    taskQueue: accountTaskQueue(plan.account),
    startToCloseTimeout: plan.callTimeoutMs + JOURNAL_MARGIN_MS,
    scheduleToCloseTimeout: '24h',
    retry: { initialInterval: '5s', backoffCoefficient: 3, maximumInterval: '1h' },
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
