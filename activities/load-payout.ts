import { ApplicationFailure } from '@temporalio/activity';
import type { ActivityDeps } from './deps.js';
import { FAILURE } from '../domain/failure-types.js';
import type { PayoutKey } from '../domain/ids.js';
import type { StoredPayout } from '../journal/port.js';
import type { PayoutProvider } from '../providers/port.js';
import { noAccount } from './no-account.js';
import { providerAt } from './usable-account.js';

export interface LoadedPayout {
  readonly stored: StoredPayout;
  readonly provider: PayoutProvider;
}

/** The journal's record of a payout, and its provider. Both exist once a payout was accepted. */
export async function loadPayout(deps: ActivityDeps, key: PayoutKey): Promise<LoadedPayout> {
  const stored = await deps.journal.payouts.read(key);
  if (!stored) {
    throw ApplicationFailure.nonRetryable(
      `The journal has no payout ${key.merchant}/${key.payoutId}: is this worker connected to the right database?`,
      FAILURE.misconfigured,
    );
  }
  const provider = providerAt(deps, stored.payout.account, 'payout');
  if (!provider) throw noAccount(stored.payout.account);
  return { stored, provider };
}
