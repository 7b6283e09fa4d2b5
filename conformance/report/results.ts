import type { Result } from '../result.js';
import type { Row, SuiteRun } from '../suite-run.js';

/** A row that is through. */
export interface Outcome {
  readonly name: string;
  readonly expected: string;
  readonly different?: string | undefined;
  readonly result: Result;
}

/** A run that is through. */
export interface Results {
  readonly groups: readonly { readonly title: string; readonly outcomes: readonly Outcome[] }[];
  readonly variants: readonly {
    readonly variant: SuiteRun['variants'][number]['variant'];
    readonly outcomes: readonly Outcome[];
  }[];
}

/** Waits for every row. */
export async function resultsOf({ groups, variants }: SuiteRun): Promise<Results> {
  const through = (rows: readonly Row[]): Promise<Outcome[]> =>
    Promise.all(rows.map(async ({ result, ...row }) => ({ ...row, result: await result })));
  return {
    groups: await Promise.all(
      groups.map(async ({ title, rows }) => ({ title, outcomes: await through(rows) })),
    ),
    variants: await Promise.all(
      variants.map(async ({ variant, rows }) => ({ variant, outcomes: await through(rows) })),
    ),
  };
}

/** True unless the engine or the adapter broke a rule. What a provider lacks breaks none. */
export function held({ result }: Pick<Outcome, 'result'>): boolean {
  return result.kind === 'lacking' || (result.kind === 'played' && result.problems.length === 0);
}

/** What came of a row, in a few words without times and ids. */
export function describeResult(result: Result): string {
  switch (result.kind) {
    case 'lacking':
      return `not played: ${result.words}`;
    case 'broken':
      return `**broken**: ${result.problems.join('; ')}`;
    case 'played':
      return result.problems.length === 0
        ? result.status
        : `**${result.status}**: ${result.problems.join('; ')}`;
  }
}
