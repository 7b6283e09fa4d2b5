import { ApplicationFailure } from '@temporalio/common';
import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { EngineUnavailableError, PayoutError, PayoutNotFoundError } from './errors.js';
import { FAILURE } from '../domain/failure-types.js';
import type { PayoutKey } from '../domain/ids.js';

/** gRPC codes: 1 cancelled, 4 deadline exceeded, 8 resource exhausted, 14 unavailable. */
const NO_ANSWER: ReadonlySet<number> = new Set([1, 4, 8, 14]);

/** Temporal's errors in the caller's words, in one place. */
export function toPayoutError(error: unknown, key: PayoutKey): unknown {
  if (error instanceof PayoutError) return error;
  if (error instanceof WorkflowNotFoundError) {
    return new PayoutNotFoundError(
      `There is no payout ${key.merchant}/${key.payoutId} in Temporal. Check the id; an old one is still in the HTTP API`,
      { cause: error },
    );
  }
  if (error instanceof WorkflowUpdateFailedError && isRefused(error.cause)) {
    return new PayoutNotFoundError(`${key.merchant}/${key.payoutId} was refused and never became a payout`);
  }
  if (isNoAnswer(error)) {
    return new EngineUnavailableError(
      'Temporal, the payout workers or the provider do not answer in time. The payout may still go on: ask for it, or ' +
        'repeat the call with the same payout id',
      { cause: error },
    );
  }
  return error;
}

function isRefused(cause: unknown): boolean {
  return cause instanceof ApplicationFailure && cause.type === FAILURE.refused;
}

function isNoAnswer(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  if (isGrpcServiceError(error)) return NO_ANSWER.has(error.code);
  if (!(error instanceof Error)) return false;
  return isGrpcServiceError(error.cause) ? NO_ANSWER.has(error.cause.code) : false;
}
