import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { CARDS } from '../marks.js';

/** A run whose search attribute names a card: nobody works on it, Temporal keeps it all the same. */
export async function leakBySearchAttribute(address: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    await new Client({ connection }).workflow.start('nobodys', {
      workflowId: `planted-${randomUUID()}`,
      taskQueue: 'nobodys',
      searchAttributes: { PayoutBatch: [CARDS.byClient] },
    });
  } finally {
    await connection.close();
  }
}
