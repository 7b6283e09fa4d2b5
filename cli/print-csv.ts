import { stringify } from 'csv-stringify/sync';
import type { CliIo } from './io.js';

/**
 * Rows for a spreadsheet: comma, UTF-8, a header line, lines that end in CR LF. A cell that a spreadsheet would take
 * for a formula is quoted as text, because a provider's words come from strangers.
 */
export function printCsv(
  io: CliIo,
  columns: readonly string[],
  rows: readonly object[],
  { header = true }: { readonly header?: boolean } = {},
): void {
  io.stdout.write(
    stringify([...rows], {
      header,
      columns: [...columns],
      record_delimiter: 'windows',
      escape_formulas: true,
    }),
  );
}
