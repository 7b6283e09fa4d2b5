import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ConnectionLike, type WorkflowHandle } from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';
import { dataConverter } from '../secrets/data-converter.js';
import type { PayloadKeys } from '../secrets/payload-keys.js';
import { isGivenBack, isOutOfTime, toPayoutError, type CallWords } from './temporal-errors.js';

/** How long a query is waited for before it is asked anew, and how often it is asked, within the call's own limit. */
const QUERY_MS = 5_000;
const QUERIES = 6;
/** The connection's clock may run a little ahead of ours. */
const CLOCK_MS = 100;
/** A task that fails again and again is not waited for here. */
const REPEATS = 3;
const REPEAT_MS = 300;

/** What every part of the client calls Temporal by. */
export interface TemporalCalls {
  readonly temporal: Client;
  /** Within the deadline, and with Temporal's errors in the caller's words. */
  calling<T>(words: CallWords, call: () => Promise<T>): Promise<T>;
  /**
   * A run's state. Temporal's server can lose a query that crosses the run's end (it then answers after half a minute
   * that no worker took it), so it is asked anew; to be called within `calling`.
   */
  query<T>(handle: WorkflowHandle, query: QueryDefinition<T>): Promise<T>;
  /** Settles when the run ends, however long that takes. */
  endOf(handle: WorkflowHandle, signal: AbortSignal): Promise<unknown>;
}

/**
 * Temporal gives a call back undone where something new came in just as its run was about to end: the run's task is
 * then done anew, and so must the call be. Every call of ours can be repeated.
 */
async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let repeats = 0; ; repeats += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isGivenBack(error) || repeats === REPEATS) throw error;
      await sleep(REPEAT_MS);
    }
  }
}

export function temporalCalls(options: {
  readonly connection: ConnectionLike;
  readonly namespace: string;
  readonly payloadKeys: PayloadKeys | undefined;
  readonly callTimeoutMs: number;
}): TemporalCalls {
  const { connection, namespace, payloadKeys, callTimeoutMs } = options;
  return {
    temporal: new Client({ connection, namespace, dataConverter: dataConverter(payloadKeys, namespace) }),
    async calling(words, call) {
      try {
        return await connection.withDeadline(Date.now() + callTimeoutMs, () => patiently(call));
      } catch (error) {
        throw toPayoutError(error, words);
      }
    },
    async query(handle, query) {
      const deadline = Date.now() + Math.min(callTimeoutMs, QUERY_MS * QUERIES);
      for (;;) {
        const until = Math.min(Date.now() + QUERY_MS, deadline);
        try {
          return await connection.withDeadline(until, () => handle.query(query));
        } catch (error) {
          // Not one that was broken off from outside, which looks the same.
          const isOurs = isOutOfTime(error) && Date.now() >= until - CLOCK_MS;
          if (!isOurs || Date.now() >= deadline - CLOCK_MS) throw error;
        }
      }
    },
    endOf: (handle, signal) => connection.withAbortSignal(signal, () => handle.result()),
  };
}
