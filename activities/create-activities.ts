import { ApplicationFailure, heartbeat } from '@temporalio/activity';
import { accept } from './accept.js';
import { askStatus, awaitChange } from './ask.js';
import type { JournalActivities, ProviderActivities } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { inquire, lookUp } from './inquire.js';
import { loadPayout } from './load-payout.js';
import { acceptCard } from './stored-cards/accept-card.js';
import { askCard, awaitCard } from './stored-cards/ask-card.js';
import { storeCard } from './stored-cards/store-card.js';
import { takeStep } from './take-step.js';
import { FAILURE } from '../domain/failure-types.js';
import { JournalUnavailableError, UnknownPayoutError } from '../journal/errors.js';
import { IllegalMoveError } from '../journal/port.js';

/** A dead worker is noticed by its missing heartbeats, long before a slow provider's timeout is over. */
const HEARTBEAT_MS = 2_500;

/** Between two tries while the journal is away. */
const JOURNAL_PAUSE_MS = 3_000;

/** The journal's side, for the workflow worker. */
export function createJournalActivities(deps: ActivityDeps): JournalActivities {
  const { payouts } = deps.journal;
  return {
    accept: (input) => naming(accept(deps, input)),
    async cancel({ key, actor, reason }) {
      const to = { to: 'cancelled', reason: { code: 'cancelled', message: reason } } as const;
      const outcome = await naming(payouts.closeUnsent(key, to, { actor, reason }));
      const { payout } = outcome;
      return outcome.closed ? { cancelled: true, payout } : { cancelled: false, why: outcome.why, payout };
    },
    async changeStatus({ key, to, from, reason, actor, why }) {
      try {
        const payout = await naming(payouts.changeStatus(key, to, reason, { actor, reason: why }, from));
        return { changed: true, payout };
      } catch (error) {
        if (!(error instanceof IllegalMoveError)) throw error;
        const { stored } = await naming(loadPayout(deps, key));
        return { changed: false, why: `It is ${error.from} by now`, payout: stored.payout };
      }
    },
    acceptCard: (input) => naming(acceptCard(deps, input)),
    reviewCard: ({ key, reason }) =>
      naming(
        deps.journal.storedCards.recordProgress(
          key,
          { kind: 'contradiction', ...reason },
          { actor: 'engine' },
        ),
      ),
    lookUp: (inquiry) => naming(lookUp(deps, inquiry)),
    recordProof: ({ key, callbackId, proof }) =>
      naming(payouts.recordProgress(key, proof, { actor: 'provider', reason: `callback ${callbackId}` })),
  };
}

/** The provider's side, for each account's worker. */
export function createProviderActivities(deps: ActivityDeps): ProviderActivities {
  return {
    takeStep: (input) => heartbeating(() => naming(takeStep(deps, input))),
    awaitChange: (input) => naming(awaitChange(deps, input)),
    askStatus: (input) => naming(askStatus(deps, input)),
    storeCard: (input) => heartbeating(() => naming(storeCard(deps, input))),
    awaitCard: (input) => naming(awaitCard(deps, input)),
    askCard: (input) => naming(askCard(deps, input)),
    inquire: (inquiry) => inquire(deps, inquiry),
  };
}

/** Gives the journal's errors their own failure types, so that they read plainly in the Temporal UI. */
async function naming<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof JournalUnavailableError) {
      // Of its own: the pause of the retry policy has grown with every poll before the outage.
      throw ApplicationFailure.create({
        type: FAILURE.journalUnavailable,
        message: error.message,
        nextRetryDelay: JOURNAL_PAUSE_MS,
      });
    }
    // Trying again cannot make it exist.
    if (error instanceof UnknownPayoutError) {
      throw ApplicationFailure.nonRetryable(error.message, FAILURE.misconfigured);
    }
    throw error;
  }
}

async function heartbeating<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => heartbeat(), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
