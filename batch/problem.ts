/** What is wrong with one cell, one line or the whole file, in words for the person who must mend it. */
export interface FileProblem {
  /** As an editor counts: the header is line 1. Absent where the whole file is meant. */
  readonly line?: number | undefined;
  /** A column's name, or the path of a request's field that has none. */
  readonly column?: string | undefined;
  /** Never holds a card number. */
  readonly problem: string;
  readonly remedy: string;
}

export type CellProblem = Omit<FileProblem, 'line'>;

/** `line 4, amount: is not a whole number. Write …`. */
export function describeFileProblem({ line, column, problem, remedy }: FileProblem): string {
  const where = [line === undefined ? 'the file' : `line ${line}`, ...(column ? [column] : [])].join(', ');
  return `${where}: ${problem}. ${remedy}`;
}
