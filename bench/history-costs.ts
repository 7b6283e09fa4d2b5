import { Client, Connection } from '@temporalio/client';
import { dataConverter } from '../secrets/data-converter.js';
import type { PayloadKeys } from '../secrets/payload-keys.js';
import { PAYOUT_WORKFLOW } from '../workflows/messages.js';

/** What each payout's history weighs. */
export async function historyCosts(engine: {
  readonly temporalAddress: string;
  readonly namespace: string;
  readonly payloadKeys: PayloadKeys;
}): Promise<{ events: number[]; bytes: number[] }> {
  const connection = await Connection.connect({ address: engine.temporalAddress });
  const { namespace, payloadKeys } = engine;
  const { workflow } = new Client({
    connection,
    namespace,
    dataConverter: dataConverter(payloadKeys, namespace),
  });
  const events: number[] = [];
  const bytes: number[] = [];
  for await (const { workflowId } of workflow.list({ query: `WorkflowType = '${PAYOUT_WORKFLOW}'` })) {
    const { historyLength, raw } = await workflow.getHandle(workflowId).describe();
    events.push(historyLength);
    bytes.push(Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0));
  }
  await connection.close();
  return { events, bytes };
}
