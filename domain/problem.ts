/** What is wrong with one field of a request, in words for the person who must mend it. */
export interface Problem {
  /** A path into the request: `destination.phone`. */
  readonly field: string;
  /** What is wrong with the value. Never holds the value of a card number. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
}

export function describeProblem({ field, problem, remedy }: Problem): string {
  return `${field}: ${problem}. ${remedy}`;
}
