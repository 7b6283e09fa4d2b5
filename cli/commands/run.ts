import { Command, Option } from 'commander';
import { COLUMN_NAMES } from '../../batch/columns.js';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT } from '../cli-error.js';
import { commandName } from '../command-name.js';
import { findEngine } from '../context.js';
import { printJson, printLine } from '../io.js';
import { withClient } from '../open-client.js';
import { readPayoutFile } from '../read-payout-file.js';
import { renderPlainLine, rowAsJson } from '../run/plain-line.js';
import { runWithDisplay, type ShownRun } from '../run/run-with-display.js';
import { renderSummary, reviewHint, summarize } from '../run/summary.js';
import { wholeNumber } from '../whole-number.js';

interface RunCommandOptions {
  readonly merchant?: string;
  readonly concurrency: number;
  readonly patience: number;
  readonly until: 'settled' | 'answered';
  readonly json?: true;
}

export function runCommand({ io, env }: Cli): Command {
  const command = new Command('run')
    .argument('<file>', 'a CSV file of payouts')
    .description(
      'Run a file of payouts and follow each one to its end. Safe to repeat: no payout is made twice.',
    )
    .option('--merchant <id>', 'the merchant of the rows that name none')
    .option('--concurrency <n>', 'payouts under way at once', wholeNumber(1, 500), 10)
    .option('--patience <seconds>', 'how long the engine may be out of reach', wholeNumber(0, 86_400), 120)
    .addOption(
      new Option(
        '--until <when>',
        'settled: wait for recipients on a provider’s page too; answered: leave them to it',
      )
        .choices(['settled', 'answered'])
        .default('settled'),
    )
    .option('--json', 'one JSON object per change, the summary last')
    .action(async (path: string, options: RunCommandOptions) => {
      const { json = false, concurrency, patience, until } = options;
      const rows = await readPayoutFile(io, path, options);
      const run = await withClient(findEngine(globalsOf(command), env), (client) =>
        runWithDisplay(io, { client, rows, concurrency, until, patienceMs: patience * 1000, json }),
      );
      report(path, run, json);
    });

  function report(path: string, { rows, interrupted, elapsedMs }: ShownRun, json: boolean): void {
    const summary = summarize(rows);
    const { notAsWished, repeated: _repeated, ...counts } = summary;
    if (json) {
      printJson(io, {
        summary: { ...counts, interrupted, elapsedMs, notAsWished: notAsWished.map(rowAsJson) },
      });
    } else {
      for (const line of [
        '',
        ...renderSummary(summary, { elapsedMs, colors: io.colors }),
        ...reviewHint(summary),
      ])
        printLine(io, line);
    }
    if (interrupted) {
      io.stderr.write(
        `payouts: stopped. What was started goes on; to follow it and do the rest: ${commandName()} run ${path}\n`,
      );
      throw quietExit(EXIT.interrupted);
    }
    if (notAsWished.length === 0) return;
    if (!json) for (const row of notAsWished) printLine(io, renderPlainLine(row, row.endedAt ?? io.now()));
    throw quietExit(EXIT.failed);
  }

  command.addHelpText('after', `\nColumns: ${COLUMN_NAMES.join(', ')}.`);
  command.addHelpText('after', 'Exit code 0: every row succeeded, or ended as its "expect" column says.');
  return teach(command, [
    ['payouts run payouts.csv --merchant acme', 'a live table; Ctrl-C and the same command again go on'],
    ['payouts run payouts.csv --json > log.jsonl', 'for a program'],
  ]);
}
