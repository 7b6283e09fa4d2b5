import { ApplicationFailure, heartbeat } from '@temporalio/activity';
import { accept } from './accept.js';
import { askStatus, awaitChange } from './ask.js';
import type { JournalActivities, ProviderActivities } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { takeStep } from './take-step.js';
import { FAILURE } from '../domain/failure-types.js';
import { JournalUnavailableError } from '../journal/errors.js';

/** A dead worker is noticed by its missing heartbeats, long before a slow provider's timeout is over. */
const HEARTBEAT_MS = 2_500;

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
    changeStatus: ({ key, to, reason, actor, why }) =>
      naming(payouts.changeStatus(key, to, reason, { actor, reason: why })),
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
  };
}

/** Gives an outage of the journal its own failure type, so that it reads plainly in the Temporal UI. */
async function naming<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof JournalUnavailableError)) throw error;
    throw ApplicationFailure.retryable(error.message, FAILURE.journalUnavailable);
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
