import type { Cli } from './cli.js';
import { refuseCardOnCommandLine } from './card-on-command-line.js';
import { buildProgram } from './program.js';
import { reportError } from './report-error.js';

/**
 * Runs one command line and returns its exit code.
 *
 * @param argv what stands after the program's name
 */
export async function runCli(argv: readonly string[], cli: Cli): Promise<number> {
  const program = buildProgram(cli);
  try {
    refuseCardOnCommandLine(argv);
    if (argv.length === 0) {
      program.outputHelp();
      return 0;
    }
    await program.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    return reportError(error, cli.io, { debug: argv.includes('--debug') });
  }
}
