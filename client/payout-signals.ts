import {
  Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type ConnectionLike,
} from '@temporalio/client';
import type { PayoutSignals, RunKey } from './payout-client.js';
import { lateHintStartOptions } from './start-options.js';
import { paymentWorkflowIdOf, storedCardWorkflowIdOf, workflowIdOf } from '../domain/ids.js';
import { dataConverter } from '../secrets/data-converter.js';
import type { PayloadKeys } from '../secrets/payload-keys.js';
import {
  callbackSignal,
  LATE_HINT_WORKFLOW,
  returnedSignal,
  type LateHintInput,
} from '../workflows/messages.js';

/**
 * What the gateway tells running workflows. A signal never starts one: an unknown order must not become a payout. A late
 * hint starts a question about a payout that the journal knows.
 */
export function createPayoutSignals(options: {
  readonly connection: ConnectionLike;
  readonly namespace?: string | undefined;
  readonly payloadKeys: PayloadKeys | undefined;
  /** @default 5_000 */
  readonly timeoutMs?: number | undefined;
}): PayoutSignals {
  const { connection, namespace = 'default', payloadKeys, timeoutMs = 5_000 } = options;
  const { workflow } = new Client({
    connection,
    namespace,
    dataConverter: dataConverter(payloadKeys, namespace),
  });

  async function signal(send: () => Promise<void>): Promise<'delivered' | 'closed'> {
    try {
      await connection.withDeadline(Date.now() + timeoutMs, send);
      return 'delivered';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'closed';
      throw error;
    }
  }

  async function askOnce(hint: LateHintInput): Promise<void> {
    try {
      await workflow.start<(input: LateHintInput) => Promise<unknown>>(LATE_HINT_WORKFLOW, {
        ...lateHintStartOptions(hint),
        args: [hint],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }

  const idOf = (key: RunKey): string => {
    if ('storedCardId' in key) return storedCardWorkflowIdOf(key);
    return 'paymentId' in key ? paymentWorkflowIdOf(key) : workflowIdOf(key);
  };
  const handleOf = (key: RunKey) => workflow.getHandle(idOf(key));
  return {
    callback: (key, message) => signal(() => handleOf(key).signal(callbackSignal, message)),
    lateHint: (hint) => connection.withDeadline(Date.now() + timeoutMs, () => askOnce(hint)),
    returned: (key) => signal(() => handleOf(key).signal(returnedSignal)),
  };
}
