import { ApplicationFailure } from '@temporalio/activity';
import { FAILURE } from '../domain/failure-types.js';
import type { AccountId } from '../domain/ids.js';

/** Retryable: the account comes back with the next deployment of a complete accounts file. */
export function noAccount(account: AccountId): ApplicationFailure {
  return ApplicationFailure.retryable(
    `This worker has no account ${account}: add it to the accounts file`,
    FAILURE.misconfigured,
  );
}
