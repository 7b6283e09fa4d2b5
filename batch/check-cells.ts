import { PAYOUT_STATUSES } from '../domain/payout-status.js';
import { checkDigits } from './check-digits.js';
import { COLUMN_NAMES, column, type ColumnName } from './columns.js';
import { didYouMean } from '../domain/did-you-mean.js';
import { VISITS } from './payout-row.js';
import type { CellProblem } from './problem.js';
import type { RowCells } from './row-cells.js';
import { DESTINATION_TYPES, destinationColumns, isDestinationType } from './row-request.js';
import { safeToShow } from './safe-to-show.js';

const ALLOWED: Partial<Record<ColumnName, readonly string[]>> = {
  destination: DESTINATION_TYPES,
  expect: [...PAYOUT_STATUSES, 'duplicate'],
  visitor: VISITS,
};

/** What a row can get wrong that a request cannot: empty cells, spoilt digits, two destinations. */
export function checkCells(cells: RowCells): readonly CellProblem[] {
  const problems: CellProblem[] = [];
  for (const name of COLUMN_NAMES) {
    const value = cells.get(name);
    if (value === undefined) {
      if (column(name).required === true) {
        problems.push({ column: name, problem: 'is empty', remedy: 'Every row needs it.' });
      }
      continue;
    }
    const complaint =
      column(name).digits === true ? checkDigits(name, value) : checkChoice(value, ALLOWED[name]);
    if (complaint) problems.push({ column: name, ...complaint });
  }
  return [...problems, ...checkDestination(cells)];
}

function checkChoice(value: string, allowed: readonly string[] | undefined): CellProblem | undefined {
  if (allowed === undefined || allowed.includes(value)) return undefined;
  const remedy = `${didYouMean(value, allowed)}Write one of: ${allowed.join(', ')}.`;
  return { problem: `${safeToShow(value)} is not known here`, remedy };
}

/** A row names exactly one place for the money. */
function checkDestination(cells: RowCells): readonly CellProblem[] {
  const type = cells.get('destination');
  if (type === undefined || !isDestinationType(type)) return [];
  const needed = destinationColumns(type);
  const others = DESTINATION_TYPES.flatMap(destinationColumns).filter(
    (name) => !needed.includes(name) && cells.has(name),
  );
  return [
    ...needed
      .filter((name) => !cells.has(name))
      .map((name) => ({
        column: name,
        problem: `is empty, but the destination is ${type}`,
        remedy: `A ${type} row needs ${needed.join(' and ')}.`,
      })),
    ...others.map((name) => ({
      column: name,
      problem: `is filled in, but the destination is ${type}`,
      remedy: 'A row pays to one place: empty this cell, or change the destination.',
    })),
    ...(type === 'hosted_page' && !cells.has('return_url')
      ? [
          {
            column: 'return_url' as const,
            problem: 'is empty, but the destination is hosted_page',
            remedy: "Write the address to which the recipient's browser returns, with https://.",
          },
        ]
      : []),
  ];
}
