import { setTimeout as sleep } from 'node:timers/promises';
import {
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  type ConnectionOptions,
} from '@temporalio/client';

export interface TemporalConnection {
  readonly connection: Connection;
  readonly close: () => Promise<void>;
}

/**
 * The longest pause between two attempts to connect. By default it grows to two minutes, for which a gateway would go
 * on saying that Temporal is away after it is back.
 */
const RECONNECT_MS = 5_000;

/**
 * A connection that can be closed while Temporal is away. The SDK repeats a failed call after a pause, and a call
 * repeated on a closed connection throws where nobody can catch it: so `close` ends the repeating first, and waits
 * for a pause under way (5 s at the most; normally there is none).
 */
export function lazyTemporalConnection(options: ConnectionOptions): TemporalConnection {
  const usual = defaultGrpcRetryOptions();
  let closing = false;
  let lastPauseEnds = 0;
  const interceptor = makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => !closing && usual.retryableDecider(attempt, status),
    delayFunction(attempt, status) {
      const pause = usual.delayFunction(attempt, status);
      lastPauseEnds = Math.max(lastPauseEnds, Date.now() + pause);
      return pause;
    },
  });
  const connection = Connection.lazy({
    ...options,
    channelArgs: { 'grpc.max_reconnect_backoff_ms': RECONNECT_MS, ...options.channelArgs },
    interceptors: [interceptor],
  });
  return {
    connection,
    async close() {
      closing = true;
      const left = lastPauseEnds - Date.now();
      if (left > 0) await sleep(left + 100);
      await connection.close();
    },
  };
}
