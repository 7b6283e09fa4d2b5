import type { z } from 'zod';
import type { Problem } from '../domain/problem.js';
import { holdsCardNumber } from './card-lookalike.js';
import { splitFault } from './fault.js';
import { unknownFieldRemedy } from './strict.js';

/** More than a person reads; keeps a hostile request from costing much. */
const MAX_PROBLEMS = 100;

/**
 * What is wrong with each field, in words: one problem per field, in the order of the schema. Never repeats a value.
 *
 * @example toProblems(error) // [{ field: 'amount.minor', problem: 'is zero', remedy: 'Give a whole number …' }]
 */
export function toProblems(error: z.core.$ZodError): Problem[] {
  const byField = new Map<string, Problem>();
  for (const problem of error.issues.flatMap(problemsOf)) {
    if (byField.size >= MAX_PROBLEMS) break;
    if (!byField.has(problem.field)) byField.set(problem.field, problem);
  }
  return [...byField.values()];
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const { problem, remedy } = splitFault(issue.message);
    return issue.keys.slice(0, MAX_PROBLEMS).map((key) => ({
      field: fieldOf([...issue.path, key]),
      problem,
      remedy: unknownFieldRemedy(key, remedy),
    }));
  }
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return [{ field: fieldOf(issue.path), ...splitFault(message) }];
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'request' : path.map(nameOf).join('.');
}

/** A caller may have put anything at all into the name of a field, even a card number. */
function nameOf(part: PropertyKey): string {
  const name = String(part);
  const fit =
    name !== '' && name.length <= 40 && !/\p{Cc}|\p{Surrogate}/u.test(name) && !holdsCardNumber(name);
  return fit ? name : '(name not shown)';
}
