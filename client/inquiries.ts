import { randomUUID } from 'node:crypto';
import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import { CapabilityLackingError, EngineUnavailableError, PayoutInvalidError } from './errors.js';
import { ABOUT_INQUIRY } from './call-words.js';
import type { TemporalCalls } from './temporal-calls.js';
import { WORKFLOW_TASK_QUEUE, type PaymentKey, type PayoutKey, type StoredCardKey } from '../domain/ids.js';
import type { Inquiry, InquiryResult } from '../domain/inquiry.js';
import { INQUIRY_WORKFLOW } from '../workflows/messages.js';

/** Nobody waits longer for an answer. */
const LONGEST_MS = 120_000;

/** What comes back of a question that the provider can answer. */
export type Answered = Exclude<InquiryResult, { kind: 'lacking' }>;

/**
 * Asks one question by a short workflow, so that whoever may reach Temporal needs nothing else.
 *
 * @throws CapabilityLackingError · EngineUnavailableError if no worker answers
 */
export async function inquire(calls: TemporalCalls, inquiry: Inquiry): Promise<Answered> {
  const result = await calls
    .calling(ABOUT_INQUIRY, () =>
      calls.temporal.workflow.execute<(inquiry: Inquiry) => Promise<InquiryResult>>(INQUIRY_WORKFLOW, {
        workflowId: `inquiry:${inquiry.ask}:${randomUUID()}`,
        taskQueue: WORKFLOW_TASK_QUEUE,
        args: [inquiry],
        workflowExecutionTimeout: LONGEST_MS,
        staticSummary: nameOf(inquiry),
      }),
    )
    .catch((error: unknown) => {
      throw error instanceof WorkflowFailedError ? unanswered(inquiry, error) : error;
    });
  if (result.kind === 'lacking') throw new CapabilityLackingError(result.words);
  return result;
}

/** An answer to another question: client and workers are of different versions. */
export function unexpected(result: InquiryResult): Error {
  return new Error(`The workers answered a question with "${result.kind}": are they of this version?`);
}

function unanswered(inquiry: Inquiry, failed: WorkflowFailedError): Error {
  const cause = failed.cause instanceof ActivityFailure ? failed.cause.cause : failed.cause;
  if (cause instanceof ApplicationFailure && cause.type === 'InvalidCursorError') {
    const remedy = 'Give nextCursor of the page before.';
    return new PayoutInvalidError([{ field: 'cursor', problem: 'is not a cursor of this list', remedy }]);
  }
  const what = nameOf(inquiry);
  const words =
    cause instanceof TimeoutFailure
      ? `No worker answered in time (${what}). Check the name, and that a worker with it runs`
      : `The workers could not answer (${what}): ${cause?.message ?? failed.message}`;
  return new EngineUnavailableError(words, { cause: failed });
}

/** `balance of acme-a2p`: for people. */
function nameOf(inquiry: Inquiry): string {
  const what = inquiry.ask.replaceAll('_', ' ');
  if ('account' in inquiry) return `${what} of ${inquiry.account}`;
  if (!('key' in inquiry)) return what;
  const { key } = inquiry;
  return `${what} ${key.merchant}/${idIn(key)}`;
}

function idIn(key: PayoutKey | StoredCardKey | PaymentKey): string {
  if ('payoutId' in key) return key.payoutId;
  return 'storedCardId' in key ? key.storedCardId : key.paymentId;
}
