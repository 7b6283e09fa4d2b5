import { checkRow } from './check-row.js';
import { decodeText } from './decode-text.js';
import type { Expectation, PayoutFile, PayoutRow, Visit } from './payout-row.js';
import type { FileProblem } from './problem.js';
import { readHeader, type Header } from './read-header.js';
import { cellsByColumn } from './row-cells.js';
import { splitRecords, type CsvRecord } from './split-records.js';

export interface ReadOptions {
  /** The merchant of the rows that name none. */
  readonly defaultMerchant?: string | undefined;
}

/**
 * Reads a file of payouts: UTF-8 with or without byte order mark, any line breaks, cells parted by comma, semicolon or
 * tab. Everything stays text, so leading zeros survive. Answers with all rows or with all problems, never with some
 * rows. The same payout twice is no problem: a repeat is harmless, and a differing one is the engine's to refuse.
 *
 * @example
 * const file = readPayoutsCsv(await readFile('payouts.csv'), { defaultMerchant: 'acme' });
 * if (!file.ok) for (const problem of file.problems) console.error(describeFileProblem(problem));
 */
export function readPayoutsCsv(bytes: Uint8Array, options: ReadOptions = {}): PayoutFile {
  const decoded = decodeText(bytes);
  if ('problem' in decoded) return refused(decoded.problem);
  const split = splitRecords(decoded.text);
  if ('problem' in split) return refused(split.problem);

  const [first, ...records] = split.records;
  if (first === undefined) {
    return refused({ problem: 'is empty', remedy: 'Write the header line and one line per payout.' });
  }
  const header = readHeader(first, { needsMerchant: options.defaultMerchant === undefined });
  if (header.problems.length > 0) return refused(...header.problems);
  if (records.length === 0) {
    return refused({ problem: 'has a header and no payouts', remedy: 'Add one line per payout.' });
  }

  const readings = records.map((record) => readRow(record, header, options));
  const problems = readings.flatMap((reading) => ('problems' in reading ? reading.problems : []));
  if (problems.length > 0) return refused(...problems);
  return { ok: true, rows: readings.flatMap((reading) => ('row' in reading ? [reading.row] : [])) };
}

function refused(...problems: readonly FileProblem[]): PayoutFile {
  return { ok: false, problems };
}

type RowReading = { readonly row: PayoutRow } | { readonly problems: readonly FileProblem[] };

function readRow(record: CsvRecord, header: Header, { defaultMerchant }: ReadOptions): RowReading {
  const { line } = record;
  const [has, expected] = [record.cells.length, header.columns.length];
  if (has !== expected) {
    return {
      problems: [
        {
          line,
          problem: `has ${has} cells, the header has ${expected}`,
          remedy: 'Put cells that hold a delimiter or a line break in quotes; leave empty cells empty.',
        },
      ],
    };
  }
  const cells = cellsByColumn(record, header);
  const checked = checkRow(cells, defaultMerchant);
  if (!checked.ok) return { problems: checked.problems.map((problem) => ({ line, ...problem })) };
  return {
    row: {
      line,
      request: checked.request,
      // Both were checked against their lists.
      ...(cells.has('expect') && { expect: cells.get('expect') as Expectation }),
      ...(cells.has('visitor') && { visitor: cells.get('visitor') as Visit }),
    },
  };
}
