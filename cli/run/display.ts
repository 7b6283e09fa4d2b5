import { createLogUpdate } from 'log-update';
import { printJson, printLine, type CliIo } from '../io.js';
import { renderPlainLine, rowAsJson } from './plain-line.js';
import { isSettled, type RowState } from './row-state.js';
import { renderTable } from './table.js';

/** Shows a run while it goes on. */
export interface RunDisplay {
  change(row: RowState, rows: readonly RowState[]): void;
  /** Draws the last picture and leaves it on the screen. */
  end(rows: readonly RowState[]): void;
}

/** A live table on a terminal, a line per change elsewhere, an object per change for programs. */
export function displayFor(io: CliIo, options: { json: boolean }): RunDisplay {
  if (options.json) return lines(io, (row) => printJson(io, rowAsJson(row)));
  return io.stdout.isTTY === true
    ? liveTable(io)
    : lines(io, (row) => printLine(io, renderPlainLine(row, io.now())));
}

/** Only what a reader of a log wants: who must act, and how it ended. */
function lines(io: CliIo, print: (row: RowState) => void): RunDisplay {
  const told = new Map<number, string>();
  return {
    change: (row, rows) => {
      const worthTelling = isSettled(row.status) || row.status === 'action_required';
      // By place: rows of several files may have the same line.
      const place = rows.indexOf(row);
      if (!worthTelling || told.get(place) === row.status) return;
      told.set(place, row.status);
      print(row);
    },
    end: () => undefined,
  };
}

const FRAME_MS = 120;
/** Of the lines of the last picture. */
const MAX_LEFT_BEHIND = 500;

function liveTable(io: CliIo): RunDisplay {
  const screen = createLogUpdate(io.stdout);
  const startedAt = io.now();
  let latest: readonly RowState[] = [];
  const draw = (): void => {
    const { columns: width = 100, rows: height = 30 } = io.stdout;
    screen(renderTable(latest, { width, height, now: io.now(), startedAt, colors: io.colors }));
  };
  // Redrawn by the clock, so that the seconds run and a burst of changes costs one picture.
  const timer = setInterval(draw, FRAME_MS);
  return {
    change: (_row, rows) => {
      latest = rows;
    },
    end: (rows) => {
      clearInterval(timer);
      // The whole table stays on the screen, also what was too tall for it while it moved.
      screen.clear();
      screen.done();
      const { columns: width = 100 } = io.stdout;
      const view = { width, height: MAX_LEFT_BEHIND, now: io.now(), startedAt, colors: io.colors };
      if (rows.length > 0) printLine(io, renderTable(rows, view));
    },
  };
}
