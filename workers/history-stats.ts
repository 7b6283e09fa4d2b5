import type { Client } from '@temporalio/client';
import { PAYOUT_WORKFLOW } from '../workflows/messages.js';

export interface HistoryStats {
  /** Events per payout. */
  readonly p50: number;
  readonly max: number;
}

/** How many history events the payouts of a namespace cost. */
export async function historyStats({ workflow }: Client): Promise<HistoryStats> {
  const lengths: number[] = [];
  for await (const { workflowId, runId } of workflow.list({ query: `WorkflowType = '${PAYOUT_WORKFLOW}'` })) {
    const { historyLength } = await workflow.getHandle(workflowId, runId).describe();
    lengths.push(Number(historyLength));
  }
  lengths.sort((a, b) => a - b);
  return { p50: lengths[Math.floor((lengths.length - 1) / 2)] ?? 0, max: lengths.at(-1) ?? 0 };
}
