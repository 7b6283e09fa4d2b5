import {
  COLUMN_NAMES,
  column,
  describeColumns,
  isColumnName,
  normalizeColumnName,
  type ColumnName,
} from './columns.js';
import { didYouMean } from '../domain/did-you-mean.js';
import type { FileProblem } from './problem.js';
import { safeToShow } from './safe-to-show.js';
import type { CsvRecord } from './split-records.js';

export interface Header {
  /** What each cell of a row holds; `undefined` where the header's own cell is wrong. */
  readonly columns: readonly (ColumnName | undefined)[];
  readonly problems: readonly FileProblem[];
}

/** Reads the names of the columns; `merchant` is needed only where there is no default. */
export function readHeader({ line, cells }: CsvRecord, options: { needsMerchant: boolean }): Header {
  const problems: FileProblem[] = [];
  const seen = new Set<ColumnName>();
  const columns = cells.map((cell, index) => {
    const name = normalizeColumnName(cell);
    if (!isColumnName(name)) {
      problems.push({ line, ...unknownColumn(cell, name, index) });
      return undefined;
    }
    if (seen.has(name)) {
      problems.push({
        line,
        column: name,
        problem: 'this column appears twice',
        remedy: 'Leave one of them.',
      });
    }
    seen.add(name);
    return name;
  });

  const missing = COLUMN_NAMES.filter((name) => column(name).required === true && !seen.has(name));
  const remedy = `Add it to the header line. The columns are: ${describeColumns()}.`;
  for (const name of missing)
    problems.push({ line, column: name, problem: 'this column is missing', remedy });
  if (options.needsMerchant && !seen.has('merchant')) {
    problems.push({
      line,
      column: 'merchant',
      problem: 'this column is missing and there is no default merchant',
      remedy: 'Add the column, or name the merchant of all rows with --merchant.',
    });
  }
  return { columns, problems };
}

function unknownColumn(cell: string, name: string, index: number): Omit<FileProblem, 'line'> {
  if (name === '') {
    return {
      problem: `column ${index + 1} has no name`,
      remedy: 'Name it, or delete it with all its cells.',
    };
  }
  return {
    problem: `${safeToShow(cell)} is not a known column`,
    remedy: `${didYouMean(name, COLUMN_NAMES)}The columns are: ${describeColumns()}.`,
  };
}
