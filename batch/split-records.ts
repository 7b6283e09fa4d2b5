import { CsvError, parse } from 'csv-parse/sync';
import type { FileProblem } from './problem.js';

const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export interface CsvRecord {
  /** Where the record starts; a quoted cell may go on over further lines. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type Records = { readonly records: readonly CsvRecord[] } | { readonly problem: FileProblem };

/** The delimiter that the header line uses most, quoted names aside; a comma where it uses none. */
export function detectDelimiter(headerLine: string): Delimiter {
  const bare = headerLine.replace(/"[^"]*"/g, '');
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

/** Splits text whose line breaks are `\n` into records, each cell trimmed outside its quotes. Blank lines are left out. */
export function splitRecords(text: string): Records {
  try {
    const delimiter = detectDelimiter(/^\n*([^\n]*)/.exec(text)?.[1] ?? '');
    const rows = parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: false,
      trim: true,
    });
    const records: CsvRecord[] = [];
    let line = 1;
    for (const cells of rows) {
      if (cells.some((cell) => cell.trim() !== '')) records.push({ line, cells });
      line += 1 + cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
    }
    return { records };
  } catch (error) {
    // The library's own message quotes the cell, which may be a card number.
    if (error instanceof CsvError) return { problem: problemOf(error) };
    throw error;
  }
}

function problemOf(error: CsvError): FileProblem {
  const line = typeof error['lines'] === 'number' ? error['lines'] : undefined;
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return { line, problem: 'a quote that opens here is never closed', remedy: 'Add the closing quote.' };
    case 'CSV_INVALID_CLOSING_QUOTE':
      return {
        line,
        problem: 'a quoted cell goes on after its closing quote',
        remedy: 'Write a quote inside a quoted cell twice ("").',
      };
    case 'INVALID_OPENING_QUOTE':
      return {
        line,
        problem: 'a quote stands in the middle of a cell',
        remedy: 'Put the whole cell in quotes and write each quote inside it twice ("").',
      };
    default:
      return {
        line,
        problem: 'is not well-formed CSV',
        remedy: 'Save it as CSV once more from your spreadsheet.',
      };
  }
}
