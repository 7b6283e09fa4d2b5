import type { CliIo } from './io.js';
import { pad } from './plain-text.js';

/** A table for people, its columns as wide as what stands in them; the last one may be as long as it likes. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Paints a cell that is padded already, so that colours do not count as width. */
export type Paint = (text: string, row: number, column: number) => string;

/** The header and one line per row. */
export function renderColumns(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { colors, paint = (text) => text }: { readonly colors: CliIo['colors']; readonly paint?: Paint },
): string[] {
  const widths = columns.map(({ title }, column) =>
    Math.max(title.length, ...rows.map((row) => [...(row[column] ?? '')].length)),
  );
  const line = (cells: readonly string[], paintCell: (text: string, column: number) => string): string =>
    columns
      .map(({ align }, column) => {
        const isLast = column === columns.length - 1 && align !== 'right';
        const cell = cells[column] ?? '';
        return paintCell(isLast ? cell : pad(cell, widths[column] ?? 0, align), column);
      })
      .join('  ')
      .trimEnd();
  return [
    colors.bold(
      line(
        columns.map(({ title }) => title),
        (text) => text,
      ),
    ),
    ...rows.map((cells, row) => line(cells, (text, column) => paint(text, row, column))),
  ];
}
