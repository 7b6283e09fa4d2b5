import { ApplicationFailure, NamespaceNotFoundError } from '@temporalio/common';
import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { EngineUnavailableError, PayloadKeyMissingError, PayoutError } from './errors.js';
import { FAILURE } from '../domain/failure-types.js';
import { PayloadKeyError } from '../secrets/payload-codec.js';

/**
 * gRPC codes: 1 cancelled, 4 deadline exceeded, 8 resource exhausted, 14 unavailable; 9 failed precondition, which is how
 * Temporal says that no worker got through with this run a few times in a row ("Workflow Task in failed state"): it asks
 * for patience, and says nothing of the payout. 5 not found, of anything but the run (which is an error of its own): a
 * server that cannot read its database says so of the namespace.
 */
const NO_ANSWER: ReadonlySet<number> = new Set([1, 4, 5, 8, 9, 14]);

/** What a call was about, in the words of its errors. */
export interface CallWords {
  /** There is no such run in Temporal. */
  readonly unknown: (options: ErrorOptions) => PayoutError;
  /** There was one, and it was refused. */
  readonly refused: () => PayoutError;
  readonly noAnswer: string;
}

/** Temporal's errors in the caller's words, in one place. */
export function toPayoutError(error: unknown, words: CallWords): unknown {
  if (error instanceof PayoutError) return error;
  const unread = keyErrorIn(error);
  if (unread) return new PayloadKeyMissingError(unreadWords(unread), { cause: error });
  if (error instanceof WorkflowNotFoundError) return words.unknown({ cause: error });
  if (error instanceof WorkflowUpdateFailedError && isRefused(error.cause)) return words.refused();
  if (isNoAnswer(error)) return new EngineUnavailableError(words.noAnswer, { cause: error });
  return error;
}

/** The codec's own error, however far down Temporal's client put it. */
function keyErrorIn(error: unknown): PayloadKeyError | undefined {
  if (error instanceof PayloadKeyError) return error;
  return error instanceof Error ? keyErrorIn(error.cause) : undefined;
}

function unreadWords({ message }: PayloadKeyError): string {
  return `The engine's answer cannot be read. ${message}. The call may have had effect: repeat it with the same id then`;
}

function isRefused(cause: unknown): boolean {
  return cause instanceof ApplicationFailure && cause.type === FAILURE.refused;
}

/** The call's deadline has passed: a worker's connection calls that cancelled (1), a client's own deadline exceeded (4). */
export function isOutOfTime(error: unknown): boolean {
  const code = grpcCodeOf(error);
  return code === 1 || code === 4;
}

/** Failed precondition: the task that carried the call did not come to its end. */
export function isGivenBack(error: unknown): boolean {
  return grpcCodeOf(error) === 9;
}

function isNoAnswer(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || error instanceof NamespaceNotFoundError)
    return true;
  const code = grpcCodeOf(error);
  return code !== undefined && NO_ANSWER.has(code);
}

function grpcCodeOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof Error && isGrpcServiceError(error.cause) ? error.cause.code : undefined;
}
