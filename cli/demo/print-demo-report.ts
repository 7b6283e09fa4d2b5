import { printJson, printLine, type CliIo } from '../io.js';
import { renderPlainLine, rowAsJson } from '../run/plain-line.js';
import type { ShownRun } from '../run/run-with-display.js';
import { renderSummary, summarize } from '../run/summary.js';
import type { Books, DemoReport } from './demo-report.js';

export interface DemoOutcome {
  readonly io: CliIo;
  readonly report: DemoReport;
  readonly books: Books;
  readonly run: ShownRun;
  readonly json: boolean;
}

/** The demo's last words: what happened, whether it was as expected, and whether the books agree. */
export function printDemoReport({ io, report, books, run, json }: DemoOutcome): void {
  const { surprises, figures } = report;
  const mismatches = [...books.mismatches, ...books.payments];
  if (json) {
    for (const row of surprises) printJson(io, { unexpected: rowAsJson(row) });
    for (const mismatch of mismatches) printJson(io, { mismatch });
    return;
  }
  const { colors } = io;
  const sign = (ok: boolean): string => (ok ? colors.green('✔') : colors.red('✖'));
  const summary = renderSummary(summarize(run.rows), { elapsedMs: run.elapsedMs, colors });
  for (const line of ['', ...summary, '']) printLine(io, line);

  printLine(
    io,
    `${sign(surprises.length === 0)} ${run.rows.length - surprises.length} of ${run.rows.length} rows ended as expected`,
  );
  for (const row of surprises) {
    printLine(
      io,
      `    line ${row.line}, expected ${row.expect ?? 'succeeded'}: ${renderPlainLine(row, io.now())}`,
    );
  }
  const agree = mismatches.length === 0;
  printLine(
    io,
    `${sign(agree)} the providers' ledgers and our journal ${agree ? 'agree' : 'do not agree'}: ` +
      `${books.payouts} payouts, ${books.bookings} bookings, ${books.doubleBookings} booked twice; ${figures['payments']} payment`,
  );
  for (const { orderId, id, words } of mismatches) printLine(io, `    ${id ?? orderId} ${words}`);
  printLine(
    io,
    `  history events per payout: ${figures['history_events_p50']} (median), ${figures['history_events_max']} (most)`,
  );
}
