import { condition } from '@temporalio/workflow';

interface Asked<Result> {
  /** The first answer of this run; undefined while there is nothing worth telling. */
  readonly first: () => Result | undefined;
  /** Did the run take its own request? One that refused takes nothing in any more. */
  readonly isTaken: (result: Result) => boolean;
  /** Of the call that began this run. */
  readonly ownCallId: string;
  /** Of the call that asks now. */
  readonly callId: string;
  /** Compares its content with the journal's. */
  readonly repeat: () => Promise<Result>;
}

/**
 * Answers whoever asks a run by the update that it was started with. The run's own call gets the first answer; so does
 * one that asks a run which refused: it sees whose answer that is, and starts a run of its own. Any other is a repeat.
 */
export async function answerAgain<Result>({
  first,
  isTaken,
  ownCallId,
  callId,
  repeat,
}: Asked<Result>): Promise<Result> {
  await condition(() => first() !== undefined);
  const answer = first() as Result;
  return !isTaken(answer) || callId === ownCallId ? answer : repeat();
}
