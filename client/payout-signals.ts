import { Client, WorkflowNotFoundError, type ConnectionLike } from '@temporalio/client';
import type { PayoutSignals, RunKey } from './payout-client.js';
import { paymentWorkflowIdOf, storedCardWorkflowIdOf, workflowIdOf } from '../domain/ids.js';
import { callbackSignal, returnedSignal } from '../workflows/messages.js';

/** What the gateway tells running workflows. A signal never starts one: an unknown order must not become a payout. */
export function createPayoutSignals(options: {
  readonly connection: ConnectionLike;
  readonly namespace?: string | undefined;
  /** @default 5_000 */
  readonly timeoutMs?: number | undefined;
}): PayoutSignals {
  const { connection, namespace = 'default', timeoutMs = 5_000 } = options;
  const { workflow } = new Client({ connection, namespace });

  async function signal(send: () => Promise<void>): Promise<'delivered' | 'closed'> {
    try {
      await connection.withDeadline(Date.now() + timeoutMs, send);
      return 'delivered';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'closed';
      throw error;
    }
  }

  const idOf = (key: RunKey): string => {
    if ('storedCardId' in key) return storedCardWorkflowIdOf(key);
    return 'paymentId' in key ? paymentWorkflowIdOf(key) : workflowIdOf(key);
  };
  const handleOf = (key: RunKey) => workflow.getHandle(idOf(key));
  return {
    callback: (key, message) => signal(() => handleOf(key).signal(callbackSignal, message)),
    returned: (key) => signal(() => handleOf(key).signal(returnedSignal)),
  };
}
