import { ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { EngineUnavailableError, PayoutNotFoundError } from '../../client/errors.js';
import { temporalCalls } from '../../client/temporal-calls.js';

const WORDS = {
  unknown: (options: ErrorOptions) => new PayoutNotFoundError('unknown', options),
  refused: () => new PayoutNotFoundError('refused'),
  noAnswer: 'no answer',
};

/** As Temporal's server says it (service/history/workflow/update/errors_failures.go). */
const GIVEN_BACK = 'Unable to perform workflow execution update due to unexpected workflow task failure.';

function refusal(code: number, details: string): ServiceError {
  const cause = Object.assign(new Error(details), { code, details, metadata: {} });
  return new ServiceError('Workflow Update failed', { cause });
}

/** A call that fails so often before it answers. */
async function calling(times: number, error: Error): Promise<{ answer: unknown; calls: number }> {
  const connection = {
    withDeadline: (_deadline: number, call: () => Promise<unknown>) => call(),
    workflowService: {},
  };
  let calls = 0;
  const temporal = temporalCalls({
    connection: connection as never,
    namespace: 'default',
    payloadKeys: undefined,
    callTimeoutMs: 10_000,
  });
  const answer: unknown = await temporal
    .calling(WORDS, async () => {
      calls += 1;
      if (calls <= times) throw error;
      return 'done';
    })
    .catch((thrown: unknown) => thrown);
  return { answer, calls };
}

describe('a call that Temporal gives back undone', () => {
  it('is made again', async () => {
    expect(await calling(2, refusal(9, GIVEN_BACK))).toEqual({ answer: 'done', calls: 3 });
  });

  it('and again is not made for ever', async () => {
    const { answer, calls } = await calling(99, refusal(9, GIVEN_BACK));
    expect(answer).toBeInstanceOf(EngineUnavailableError);
    expect(calls).toBe(4);
  });

  it('is another one than a call without an answer', async () => {
    const { answer, calls } = await calling(1, refusal(14, 'unavailable'));
    expect(answer).toBeInstanceOf(EngineUnavailableError);
    expect(calls).toBe(1);
  });
});

describe('a server that does not know its own namespace', () => {
  it.each([
    ['of a call', new NamespaceNotFoundError('default')],
    ['of an update-with-start', refusal(5, 'Namespace default is not found.')],
  ])('does not say that there is no such payout: %s', async (_which, error) => {
    expect((await calling(1, error)).answer).toBeInstanceOf(EngineUnavailableError);
  });

  it('is another one than a server that has no such run', async () => {
    const { answer } = await calling(
      1,
      new WorkflowNotFoundError('no such run', 'payout:acme:P-1', undefined),
    );
    expect(answer).toBeInstanceOf(PayoutNotFoundError);
  });
});
