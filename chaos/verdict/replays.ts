import { Client, Connection } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { replayOptions } from '../../test/support/built.js';
import { createLog } from '../../workers/log.js';
import { installRuntime } from '../../workers/runtime.js';
import type { Stage } from '../stage/start-stage.js';

/** More than these take longer to read than they tell. */
const AT_MOST = 1_500;

/** Runs whose history another worker could not take up: those would stand still after the next crash. */
export async function unrepeatableRuns({ temporal, payloadKeys }: Stage): Promise<string[]> {
  installRuntime(createLog({ level: 'error' }));
  const connection = await Connection.connect({ address: temporal.address });
  try {
    const { workflow } = new Client({ connection });
    const runs = workflow.list({ pageSize: AT_MOST }).intoHistories({ concurrency: 4 });
    const replays = Worker.runReplayHistories(replayOptions(payloadKeys), first(runs, AT_MOST));
    const failed: string[] = [];
    for await (const { workflowId, error } of replays) {
      if (error) failed.push(`the history of ${workflowId} does not replay: ${error.message.slice(0, 300)}`);
    }
    return failed;
  } finally {
    await connection.close();
  }
}

async function* first<T>(items: AsyncIterable<T>, count: number): AsyncIterable<T> {
  let given = 0;
  for await (const item of items) {
    if (given++ >= count) return;
    yield item;
  }
}
