import { Client, Connection } from '@temporalio/client';
import { workflowIdOf, type PayoutKey } from '../../domain/ids.js';
import { dataConverter } from '../../secrets/data-converter.js';
import { stateQuery } from '../../workflows/messages.js';
import type { Stage } from '../stage/start-stage.js';
import { queryJournal } from './query-journal.js';

/** So many runs in review are asked whether they hear: each is read anew from its history. */
const MOST_ASKED = 100;

/** Workflows that are still open although nothing waits for a person, or that are stuck in a failing task. */
export async function openWorkflows(stage: Stage): Promise<string[]> {
  const waiting = new Set((await reviewed(stage)).map(workflowIdOf));
  return withTemporal(stage, async ({ workflow }) => {
    const open: string[] = [];
    for await (const { workflowId, type } of workflow.list({ query: 'ExecutionStatus = "Running"' })) {
      if (type === 'payout' && waiting.has(workflowId)) continue;
      open.push(`workflow ${workflowId} (${type}): still open`);
    }
    return open;
  });
}

/** Payouts in review whose workflow is not there, or does not hear: no verdict could reach them. And runs that failed. */
export async function leaderlessReviews(stage: Stage): Promise<string[]> {
  const waiting = (await reviewed(stage)).map(workflowIdOf);
  return withTemporal(stage, async ({ workflow }) => {
    const running = new Set<string>();
    for await (const { workflowId } of workflow.list({ query: 'ExecutionStatus = "Running"' })) {
      running.add(workflowId);
    }
    const found = waiting
      .filter((id) => !running.has(id))
      .map((id) => `workflow ${id}: its payout is in review, and nobody leads it`);
    for (const id of waiting.filter((id) => running.has(id)).slice(0, MOST_ASKED)) {
      const state = await workflow.getHandle(id).query(stateQuery).catch(String);
      if (typeof state === 'string')
        found.push(`workflow ${id}: its payout is in review, and it hears nothing: ${state}`);
    }
    for await (const { workflowId, type } of workflow.list({ query: 'ExecutionStatus = "Failed"' })) {
      // A question that nobody answered in time is asked again.
      if (type !== 'inquiry') found.push(`workflow ${workflowId} (${type}): failed`);
    }
    return found;
  });
}

function reviewed({ databaseUrl }: Stage): Promise<readonly PayoutKey[]> {
  return queryJournal<PayoutKey>(
    databaseUrl,
    `select merchant, payout_id as "payoutId" from payouts where status = 'in_review'`,
  );
}

async function withTemporal<T>(
  { temporal, payloadKeys }: Stage,
  look: (client: Client) => Promise<T>,
): Promise<T> {
  const connection = await Connection.connect({ address: temporal.address });
  try {
    return await look(new Client({ connection, dataConverter: dataConverter(payloadKeys, 'default') }));
  } finally {
    await connection.close();
  }
}
