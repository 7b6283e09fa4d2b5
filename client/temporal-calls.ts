import { Client, type ConnectionLike, type WorkflowHandle } from '@temporalio/client';
import { toPayoutError, type CallWords } from './temporal-errors.js';

/** What every part of the client calls Temporal by. */
export interface TemporalCalls {
  readonly temporal: Client;
  /** Within the deadline, and with Temporal's errors in the caller's words. */
  calling<T>(words: CallWords, call: () => Promise<T>): Promise<T>;
  /** Settles when the run ends, however long that takes. */
  endOf(handle: WorkflowHandle, signal: AbortSignal): Promise<unknown>;
}

export function temporalCalls(options: {
  readonly connection: ConnectionLike;
  readonly namespace: string;
  readonly callTimeoutMs: number;
}): TemporalCalls {
  const { connection, namespace, callTimeoutMs } = options;
  return {
    temporal: new Client({ connection, namespace }),
    async calling(words, call) {
      try {
        return await connection.withDeadline(Date.now() + callTimeoutMs, call);
      } catch (error) {
        throw toPayoutError(error, words);
      }
    },
    endOf: (handle, signal) => connection.withAbortSignal(signal, () => handle.result()),
  };
}
