import { ApplicationFailure } from '@temporalio/activity';
import type { ActivityDeps } from '../deps.js';
import { providerAt } from '../usable-account.js';
import { FAILURE } from '../../domain/failure-types.js';
import type { StoredCardKey } from '../../domain/ids.js';
import type { StoredCardRecord } from '../../journal/stored-cards/port.js';
import { isLacking, type CardStorage, type PayoutProvider } from '../../providers/port.js';

export interface LoadedCard {
  readonly record: StoredCardRecord;
  readonly provider: PayoutProvider;
  readonly storage: CardStorage;
}

/** The journal's record of a stored card, and its provider. Both exist once it was accepted. */
export async function loadCard(deps: ActivityDeps, key: StoredCardKey): Promise<LoadedCard> {
  const record = await deps.journal.storedCards.read(key);
  if (!record) {
    throw ApplicationFailure.nonRetryable(
      `The journal has no stored card ${key.merchant}/${key.storedCardId}: is this worker connected to the right database?`,
      FAILURE.misconfigured,
    );
  }
  const provider = providerAt(deps, record.card.account, 'payout');
  if (!provider || isLacking(provider.cards)) {
    // Retryable: the account comes back with the next deployment of a complete accounts file.
    throw ApplicationFailure.retryable(
      `This worker has no account ${record.card.account} that stores cards: add it to the accounts file`,
      FAILURE.misconfigured,
    );
  }
  return { record, provider, storage: provider.cards };
}
