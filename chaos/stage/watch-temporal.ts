import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';

export interface TemporalWatch {
  readonly hangs: number;
  stop(): void;
}

const EVERY_MS = 5_000;
const ANSWER_MS = 5_000;
/** Longer than any blow keeps it away. */
const PATIENCE_MS = 60_000;

/**
 * What an orchestrator's health check does for Temporal in production. The development server needs it: its SQLite can
 * come to answer every statement with "interrupted (9)" until it is started again.
 */
export function watchTemporal(address: string, restart: () => Promise<void>): TemporalWatch {
  let isStopped = false;
  let hangs = 0;
  void (async () => {
    for (let answeredAt = Date.now(); !isStopped; await sleep(EVERY_MS, undefined, { ref: false })) {
      if (await works(address)) answeredAt = Date.now();
      if (isStopped || Date.now() < answeredAt + PATIENCE_MS) continue;
      hangs += 1;
      await restart();
      answeredAt = Date.now();
    }
  })();
  return {
    get hangs() {
      return hangs;
    },
    stop: () => void (isStopped = true),
  };
}

/** It reads its database, not only a socket. */
async function works(address: string): Promise<boolean> {
  const connection = Connection.lazy({ address });
  try {
    await connection.withDeadline(Date.now() + ANSWER_MS, () =>
      connection.workflowService.countWorkflowExecutions({ namespace: 'default' }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
