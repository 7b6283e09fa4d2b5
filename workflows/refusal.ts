import { ApplicationFailure } from '@temporalio/workflow';
import { FAILURE } from '../domain/failure-types.js';
import { describeProblem, type Problem } from '../domain/problem.js';

type Refused =
  { readonly kind: 'refused'; readonly problems: readonly Problem[] } | { readonly kind: 'conflict' };

/** How a run ends that must not become what was asked for. */
export function refusal(result: Refused, conflict: string): ApplicationFailure {
  return result.kind === 'refused'
    ? ApplicationFailure.nonRetryable(result.problems.map(describeProblem).join(' · '), FAILURE.refused)
    : ApplicationFailure.nonRetryable(conflict, FAILURE.conflict);
}
