import { Command } from 'commander';
import type { Cli } from './cli.js';
import { commandName } from './command-name.js';
import { accountsCommand } from './commands/accounts.js';
import { apiKeyCommand } from './commands/api-key.js';
import { auditCommand } from './commands/audit.js';
import { balanceCommand } from './commands/balance.js';
import { registryCommand } from './commands/registry.js';
import { statementCommand } from './commands/statement.js';
import { callbacksCommand } from './commands/callbacks.js';
import { cancelCommand } from './commands/cancel.js';
import { codecServerCommand } from './commands/codec-server.js';
import { correctCommand } from './commands/correct.js';
import { createCommand } from './commands/create.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { gatewayCommand } from './commands/gateway.js';
import { getCommand } from './commands/get.js';
import { hookCommand } from './commands/hook.js';
import { keysCommand } from './commands/keys.js';
import { listCommand } from './commands/list.js';
import { paymentsCommand } from './commands/payments.js';
import { pingCommand } from './commands/ping.js';
import { resolveCommand } from './commands/resolve.js';
import { resumeCommand } from './commands/resume.js';
import { reviewCommand } from './commands/review.js';
import { runCommand } from './commands/run.js';
import { stopCommand } from './commands/stop.js';
import { stopsCommand } from './commands/stops.js';
import { storedCardsCommand } from './commands/stored-cards.js';
import { upCommand } from './commands/up.js';
import { watchCommand } from './commands/watch.js';
import { workerCommand } from './commands/worker.js';

type MakeCommand = (cli: Cli) => Command;

/** In the order in which a newcomer needs them. */
const GROUPS: readonly (readonly [heading: string, commands: readonly MakeCommand[]])[] = [
  ['Try it:', [demoCommand, upCommand, doctorCommand]],
  ['Pay:', [createCommand, runCommand, storedCardsCommand]],
  ['Take payments:', [paymentsCommand]],
  [
    'Look and settle:',
    [
      listCommand,
      getCommand,
      watchCommand,
      reviewCommand,
      cancelCommand,
      resolveCommand,
      correctCommand,
      stopCommand,
      resumeCommand,
      stopsCommand,
      callbacksCommand,
      hookCommand,
    ],
  ],
  ['Ask the providers:', [pingCommand, balanceCommand, statementCommand, registryCommand]],
  [
    'Run it in production:',
    [
      workerCommand,
      gatewayCommand,
      codecServerCommand,
      accountsCommand,
      apiKeyCommand,
      auditCommand,
      keysCommand,
    ],
  ],
];

/** The command line as a whole. Errors are thrown, never exited on, so that tests can call it in their own process. */
export function buildProgram(cli: Cli): Command {
  const program = new Command('payouts')
    .description('Durable payouts: never paid twice, never lost, never unanswered.')
    .option(
      '--data-dir <folder>',
      'where "payouts up" keeps its data (default: PAYOUTS_DATA_DIR or .payouts)',
    )
    .option('--debug', 'show where an error came from');
  for (const [heading, commands] of GROUPS) {
    for (const make of commands) program.addCommand(make(cli).helpGroup(heading));
  }
  program
    .commandsGroup('More:')
    .addHelpText(
      'after',
      '\nThe commands find the engine by TEMPORAL_ADDRESS, PAYOUTS_GATEWAY_URL and PAYOUTS_API_KEY, or else by the' +
        '\n"payouts up" that runs in the data folder. More on each: ' +
        `${commandName()} <command> --help` +
        '\n\nExit codes: 0 done, 1 it did not come to what was asked, 2 bad input, 3 the engine cannot be reached,' +
        '\n4 the provider cannot do this.',
    );
  prepare(program, cli);
  return program;
}

/** The same manners for a command and all its own: throw, and write where the test or the person reads. */
function prepare(command: Command, cli: Cli): void {
  const { io } = cli;
  command
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'payouts: ')),
    });
  for (const child of command.commands) prepare(child, cli);
}
