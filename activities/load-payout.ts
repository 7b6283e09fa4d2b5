import { ApplicationFailure } from '@temporalio/activity';
import type { ActivityDeps } from './deps.js';
import { FAILURE } from '../domain/failure-types.js';
import type { PayoutKey } from '../domain/ids.js';
import type { StoredPayout } from '../journal/port.js';
import type { PayoutProvider } from '../providers/port.js';

export interface LoadedPayout {
  readonly stored: StoredPayout;
  readonly provider: PayoutProvider;
}

/** The journal's record of a payout, and its provider. Both exist once a payout was accepted. */
export async function loadPayout({ journal, accounts }: ActivityDeps, key: PayoutKey): Promise<LoadedPayout> {
  const stored = await journal.payouts.read(key);
  if (!stored) {
    throw ApplicationFailure.nonRetryable(
      `The journal has no payout ${key.merchant}/${key.payoutId}: is this worker connected to the right database?`,
      FAILURE.misconfigured,
    );
  }
  const provider = accounts.get(stored.payout.account)?.provider;
  if (!provider) {
    // Retryable: the account comes back with the next deployment of a complete accounts file.
    throw ApplicationFailure.retryable(
      `This worker has no account ${stored.payout.account}: add it to the accounts file`,
      FAILURE.misconfigured,
    );
  }
  return { stored, provider };
}
