import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { EngineUnavailableError, PayoutError, PayoutNotFoundError } from './errors.js';
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
  if (isNoAnswer(error)) {
    return new EngineUnavailableError(
      'Temporal or the payout workers do not answer. Check both; the call is safe to repeat with the same payout id',
      { cause: error },
    );
  }
  return error;
}

function isNoAnswer(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  if (isGrpcServiceError(error)) return NO_ANSWER.has(error.code);
  if (!(error instanceof Error)) return false;
  return isGrpcServiceError(error.cause) ? NO_ANSWER.has(error.cause.code) : false;
}
