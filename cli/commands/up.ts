import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Embedded } from '../../workers/embedded.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { CliError, EXIT } from '../cli-error.js';
import { commandName } from '../command-name.js';
import { environmentFor, type GlobalOptions } from '../context.js';
import { printLine, type CliIo } from '../io.js';
import { packageFile } from '../package-file.js';
import { readUpFile, removeUpFile, upFileOf, writeUpFile } from '../up-file.js';
import { wholeNumber } from '../whole-number.js';

const EXAMPLE_ACCOUNTS = packageFile('examples', 'accounts.demo.yaml');

interface UpOptions {
  readonly accounts?: string;
  readonly gatewayPort?: number;
  readonly temporalPort?: number;
  readonly uiPort?: number;
  readonly codecPort?: number;
}

export function upCommand({ io, env }: Cli): Command {
  const port = wholeNumber(1, 65_535);
  const command = new Command('up')
    .description(
      'Run everything on this machine: Temporal with its UI, journal, provider simulator, worker, gateway, codec server.',
    )
    .option(
      '--accounts <file>',
      'the accounts file (default: PAYOUTS_ACCOUNTS, or the example with the simulator)',
    )
    .option('--gateway-port <port>', 'of the HTTP API', port)
    .option('--temporal-port <port>', 'of Temporal', port)
    .option('--ui-port <port>', 'of Temporal’s UI', port)
    .option('--codec-port <port>', 'of the codec server, which shows the UI what is encrypted', port)
    .action((options: UpOptions) => up(io, options, globalsOf(command), env));
  command.addHelpText(
    'after',
    '\nEverything is kept in the data folder; the other commands find the engine there.',
  );
  return teach(command, [
    ['payouts up', 'Ctrl-C stops it; unfinished payouts go on at the next start'],
    ['payouts up --data-dir /tmp/try', 'somewhere else; give --data-dir to the other commands too'],
  ]);
}

async function up(
  io: CliIo,
  options: UpOptions,
  globals: GlobalOptions,
  env?: NodeJS.ProcessEnv,
): Promise<void> {
  const { dataDir, accountsFile: configured } = environmentFor(globals, env);
  const running = readUpFile(dataDir);
  if (running) {
    const words = `an engine runs already in ${dataDir} (process ${running.pid}, since ${running.startedAt}).`;
    throw new CliError(EXIT.failed, `${words} Use that one, stop it, or name another --data-dir.`);
  }
  const accountsFile = options.accounts ?? (existsSync(configured) ? configured : EXAMPLE_ACCOUNTS);
  const { startEmbedded } = await import('../../workers/embedded.js');
  const stopped = interruption(io);
  const embedded = await startEmbedded({
    ...options,
    dataDir,
    accountsFile,
    timings: timingsFor(accountsFile),
    onProgress: (line) => printLine(io, io.colors.dim(line)),
  });
  try {
    writeUpFile(dataDir, upFileOf(embedded, { accountsFile, now: io.now() }));
    for (const line of welcome(embedded, { dataDir, accountsFile, colors: io.colors })) printLine(io, line);
    await stopped;
    printLine(io, 'Stopping: calls under way may finish. Unfinished payouts go on at the next start.');
  } finally {
    removeUpFile(dataDir);
    await embedded.stop();
  }
}

/** The example is for a look: its simulator is quick, and yet leaves a person time for the pages that it shows. */
export function timingsFor(accountsFile: string): 'demo' | 'real' {
  return resolve(accountsFile) === EXAMPLE_ACCOUNTS ? 'demo' : 'real';
}

/** Resolves at the first Ctrl-C; a second one does not wait. */
function interruption(io: CliIo): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    io.onInterrupt(() => {
      if (asked) io.exit(EXIT.interrupted);
      asked = true;
      resolve();
    });
  });
}

export function welcome(
  {
    gatewayUrl,
    uiUrl,
    codecUrl,
    temporalAddress,
  }: Pick<Embedded, 'gatewayUrl' | 'uiUrl' | 'codecUrl' | 'temporalAddress'>,
  { dataDir, accountsFile, colors }: { dataDir: string; accountsFile: string; colors: CliIo['colors'] },
): string[] {
  const payouts = commandName();
  return [
    '',
    colors.bold('The payout engine is up.'),
    `  HTTP API      ${gatewayUrl}/docs`,
    `  Temporal UI   ${uiUrl ?? `of your own server at ${temporalAddress}`}`,
    `    to read it  ${codecUrl}/login, with the apiKey of ${join(dataDir, 'up.json')}`,
    `  accounts      ${accountsFile}`,
    `  data, logs    ${dataDir}, ${join(dataDir, 'payouts.log')}`,
    '',
    'Try, in another terminal:',
    `  ${payouts} create --merchant acme --account acme-a2p --payout-id first --amount 10050 --currency RUB \\`,
    '      --stored-card-id bind-anna-0004 --recipient-id anna',
    `  ${payouts} run ${packageFile('examples', 'payouts.csv')}   # open the hosted pages that it shows, or let them expire`,
    `  ${payouts} review`,
    '',
    'Ctrl-C stops it.',
  ];
}
