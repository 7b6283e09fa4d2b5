import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { StartOptions } from './start-options.js';

/** A run whose first answer is to an update sent with its start. */
interface Asked<Input extends { readonly callId: string }, Result> {
  readonly workflow: string;
  readonly options: StartOptions;
  readonly update: UpdateDefinition<Result, [Input]>;
  readonly input: Omit<Input, 'callId'>;
  /** Did the run take its request? One that did answers whoever asks it. */
  readonly isTaken: (result: Result) => boolean;
}

/**
 * Starts a run and waits for its first answer, or asks the one that leads it already. A repeat after the end is a short
 * new run, whose first act compares the content in the journal and returns what is there.
 */
export async function askWithStart<
  Input extends { readonly callId: string },
  Result extends { readonly callId: string },
>(temporal: Client, asked: Asked<Input, Result>, tries = 5): Promise<Result> {
  const { workflow, options, update, isTaken } = asked;
  const input = { ...asked.input, callId: randomUUID() } as Input;
  const operation = new WithStartWorkflowOperation<(input: Input) => Promise<unknown>>(workflow, {
    ...options,
    args: [input] as never,
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  });
  operation.workflowHandle().catch(() => undefined);
  const answer = await temporal.workflow.executeUpdateWithStart(update, {
    updateId: `ask-${input.callId}`,
    args: [input],
    startWorkflowOperation: operation,
  });
  // A run that refused another caller's request takes nothing in any more: this one starts a run of its own.
  if (answer.callId !== input.callId && !isTaken(answer) && tries > 1) {
    return askWithStart(temporal, asked, tries - 1);
  }
  return answer;
}
