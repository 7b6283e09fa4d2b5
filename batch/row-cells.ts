import type { ColumnName } from './columns.js';
import type { Header } from './read-header.js';
import type { CsvRecord } from './split-records.js';

/** One row's filled cells by column; an empty cell is the same as none. */
export type RowCells = ReadonlyMap<ColumnName, string>;

export function cellsByColumn(record: CsvRecord, header: Header): RowCells {
  const byColumn = new Map<ColumnName, string>();
  header.columns.forEach((name, index) => {
    const value = record.cells[index]?.trim();
    if (name !== undefined && value !== undefined && value !== '') byColumn.set(name, value);
  });
  return byColumn;
}
