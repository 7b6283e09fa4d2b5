import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { PayoutRow } from '../../batch/payout-row.js';
import type { Payout } from '../../domain/payout.js';
import type { Embedded } from '../../workers/embedded.js';
import { quietExit, teach, type Cli } from '../cli.js';
import { CliError, EXIT } from '../cli-error.js';
import { allPayments, allPayouts, providersBooks } from '../demo/demo-books.js';
import { reportOf, type DemoReport } from '../demo/demo-report.js';
import { printDemoReport } from '../demo/print-demo-report.js';
import { reconcile, reconcilePayments } from '../demo/reconcile.js';
import { storeDemoCards } from '../demo/store-cards.js';
import { takeDemoPayment } from '../demo/take-payment.js';
import { visitPage } from '../demo/visitor.js';
import { commandName, isCheckout } from '../command-name.js';
import { printJson, printLine, type CliIo } from '../io.js';
import { packageFile } from '../package-file.js';
import { readPayoutFile } from '../read-payout-file.js';
import { runWithDisplay, type ShownRun } from '../run/run-with-display.js';
import { reviewHint, summarize } from '../run/summary.js';
import { removeUpFile, upFileOf, writeUpFile } from '../up-file.js';

interface DemoOptions {
  readonly keep?: boolean;
  readonly json?: boolean;
}

const ACCOUNTS = packageFile('examples', 'accounts.demo.yaml');
/** The second one names the cards that are stored first. */
const FILES = [
  packageFile('examples', 'payouts.csv'),
  packageFile('examples', 'stored-cards', 'payouts.csv'),
];
/** The scripted visitor is quick, and the one who does not come is not to be waited for. */
const QUICK = { sessionSecondMs: 60, threeDsMs: 6_000 };
/** What the scripted visitor types on the provider's page. */
const VISITORS_CARD = '2200000000000020';

export function demoCommand({ io }: Cli): Command {
  const command = new Command('demo')
    .argument('[file]', 'payouts to run instead of the examples')
    .description(
      'Store two cards, run example payouts of every provider from end to end, take one payment, on this machine alone, and check the books.',
    )
    .option('--keep', 'leave everything running for a look, until Ctrl-C')
    .option('--json', 'for programs: an object per change, and the figures as the last line')
    .action(async (file: string | undefined, { keep = false, json = false }: DemoOptions) => {
      const paths = file === undefined ? FILES : [file];
      const files = await Promise.all(
        paths.map((path) => readPayoutFile(io, path, { merchant: 'acme', json })),
      );
      const rows = files.flat();
      await withEmbedded(io, json, async (embedded, dataDir) => {
        // Now, while it answers: without --keep nothing of it is left at the end.
        const address = `Temporal UI: ${embedded.uiUrl ?? embedded.temporalAddress}`;
        if (json) io.stderr.write(`${address}\n`);
        else printLine(io, `${address}\n`);
        await storeDemoCards(io, embedded.client.storedCards, json);
        const run = await runWithDisplay(io, {
          client: embedded.client,
          rows,
          concurrency: 8,
          json,
          onAction: visit,
        });
        if (run.interrupted) throw quietExit(EXIT.interrupted);
        await takeDemoPayment(io, embedded.client.payments, json);
        const report = await checkTheBooks(io, embedded, run, json);
        if (keep) await untilInterrupted(io, embedded, { dataDir, run });
        else if (!json) printLine(io, howToLookAround());
        if (json) printJson(io, report.figures);
        if (!report.ok) throw quietExit(EXIT.failed);
      });
    });
  return teach(command, [
    ['npm run demo', 'exit code 0 only if every row ends as expected and the books agree to the kopeck'],
    ['npm run demo -- --keep', 'and then look around in the Temporal UI'],
  ]);
}

async function withEmbedded(
  io: CliIo,
  json: boolean,
  work: (embedded: Embedded, dataDir: string) => Promise<void>,
): Promise<void> {
  const { startEmbedded } = await import('../../workers/embedded.js');
  const dataDir = await mkdtemp(join(tmpdir(), 'payouts-demo-'));
  try {
    const embedded = await startEmbedded({
      dataDir,
      accountsFile: ACCOUNTS,
      ephemeral: true,
      timings: 'demo',
      simulator: { timings: QUICK },
      onProgress: (line) => (json ? io.stderr.write(`${line}\n`) : printLine(io, io.colors.dim(line))),
    });
    try {
      await work(embedded, dataDir);
    } finally {
      await embedded.stop();
    }
  } catch (error) {
    const interrupted = error instanceof CliError && error.exitCode === EXIT.interrupted;
    if (!interrupted) io.stderr.write(`payouts: the logs are in ${dataDir}\n`);
    else await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
  await rm(dataDir, { recursive: true, force: true });
}

/** The recipient, as the row's `visitor` column has it; without one nobody comes. */
async function visit({ request, visitor }: PayoutRow, { action }: Payout): Promise<void> {
  if (action === undefined || visitor === undefined || visitor === 'abandon') return;
  const { returnUrls } = request;
  await visitPage({
    action,
    visit: visitor,
    cards: [{ number: VISITORS_CARD }],
    returnUrls: [returnUrls?.success, returnUrls?.failure].filter((url) => url !== undefined),
  });
}

async function checkTheBooks(
  io: CliIo,
  embedded: Embedded,
  run: ShownRun,
  json: boolean,
): Promise<DemoReport> {
  const [payouts, payments, theirs, history] = await Promise.all([
    allPayouts(embedded.journal),
    allPayments(embedded.journal),
    providersBooks(embedded.simulators),
    embedded.historyStats(),
  ]);
  const books = {
    ...reconcile(payouts, theirs.payouts),
    payments: reconcilePayments(payments, theirs.payments),
  };
  const report = reportOf(run.rows, { payouts, payments }, books, history);
  printDemoReport({ io, report, books, run, json });
  return report;
}

/** The last line of a demo whose engine is gone. */
export function howToLookAround(): string {
  const demo = isCheckout() ? 'npm run demo --' : `${commandName()} demo`;
  return `To look around afterwards: ${demo} --keep`;
}

async function untilInterrupted(
  io: CliIo,
  embedded: Embedded,
  { dataDir, run }: { dataDir: string; run: ShownRun },
): Promise<void> {
  // So that the other commands find this engine.
  writeUpFile(dataDir, upFileOf(embedded, { accountsFile: ACCOUNTS, now: io.now() }));
  const { uiUrl, codecUrl, gatewayUrl, operatorKey } = embedded;
  const lines = [
    '',
    'Everything stays up until Ctrl-C.',
    `  Temporal UI  ${uiUrl ?? '-'}`,
    `  to read it   ${codecUrl}/login with the API key`,
    `  HTTP API     ${gatewayUrl}/docs`,
    `  API key      ${operatorKey}`,
    ...reviewHint(summarize(run.rows), ` --data-dir ${dataDir}`).map((hint) => `  ${hint}`),
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
  await new Promise<void>((resolve) => {
    const ignore = io.onInterrupt(() => {
      ignore();
      resolve();
    });
  });
  removeUpFile(dataDir);
}
