import { CancellationScope } from '@temporalio/workflow';

/** A provider call on its way: looked at, never awaited, so that news can overtake it. */
export interface Underway<Result> {
  result?: Result;
  error?: unknown;
  /** A poll that is no longer needed is taken back, so that nothing looks unfinished in the Temporal UI. */
  stop?: () => void;
}

export function watch<Result>(call: Promise<Result>): Underway<Result> {
  const underway: Underway<Result> = {};
  call.then(
    (result) => (underway.result = result),
    (error: unknown) => (underway.error = error ?? new Error('failed')),
  );
  return underway;
}

/** A call that can be taken back. */
export function watchStoppable<Result>(call: () => Promise<Result>): Underway<Result> {
  const scope = new CancellationScope();
  return Object.assign(watch(scope.run(call)), { stop: () => scope.cancel() });
}

export function isSettled(call: Underway<unknown> | undefined): boolean {
  return call?.result !== undefined || call?.error !== undefined;
}
