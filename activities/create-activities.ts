import { accept } from './accept.js';
import { askStatus, awaitChange } from './ask.js';
import { awaitProof } from './await-proof.js';
import { awaitResume } from './await-resume.js';
import type { JournalActivities, ProviderActivities, WaitingActivities } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { heartbeating, naming } from './guards.js';
import { inquire, lookUp } from './inquire.js';
import { loadPayout } from './load-payout.js';
import {
  createPaymentJournalActivities,
  createPaymentProviderActivities,
} from './payments/create-payment-activities.js';
import { acceptCard } from './stored-cards/accept-card.js';
import { askCard, awaitCard } from './stored-cards/ask-card.js';
import { storeCard } from './stored-cards/store-card.js';
import { takeStep } from './take-step.js';
import { IllegalMoveError } from '../journal/port.js';

/** What needs no provider, for the workflow worker. */
export function createJournalActivities(deps: ActivityDeps): JournalActivities & WaitingActivities {
  const { payouts } = deps.journal;
  return {
    ...createPaymentJournalActivities(deps),
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
    awaitResume: (what) => naming(awaitResume(deps, what)),
    lookUp: (inquiry) => naming(lookUp(deps, inquiry)),
    recordProof: ({ key, callbackId, proof }) =>
      naming(payouts.recordProgress(key, proof, { actor: 'provider', reason: `callback ${callbackId}` })),
  };
}

/** The provider's side, for each account's worker. */
export function createProviderActivities(deps: ActivityDeps): ProviderActivities {
  return {
    ...createPaymentProviderActivities(deps),
    takeStep: (input) => heartbeating(() => naming(takeStep(deps, input))),
    awaitChange: (input) => naming(awaitChange(deps, input)),
    awaitProof: (input) => naming(awaitProof(deps, input)),
    askStatus: (input) => naming(askStatus(deps, input)),
    storeCard: (input) => heartbeating(() => naming(storeCard(deps, input))),
    awaitCard: (input) => naming(awaitCard(deps, input)),
    askCard: (input) => naming(askCard(deps, input)),
    inquire: (inquiry) => inquire(deps, inquiry),
  };
}
