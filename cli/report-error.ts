import { CommanderError } from 'commander';
import {
  CapabilityLackingError,
  EngineUnavailableError,
  PayoutError,
  PayoutInvalidError,
} from '../client/errors.js';
import { ConfigError } from '../config/config-error.js';
import { describeProblem } from '../domain/problem.js';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import type { CliIo } from './io.js';
import { plainText } from './plain-text.js';

/** Tells the person what went wrong, one readable line per problem, and says with which code to exit. */
export function reportError(error: unknown, io: CliIo, options: { debug: boolean }): number {
  // Commander has written its own words already; asking for help is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  for (const line of linesOf(error)) {
    // Indented lines go on with what the line before says.
    io.stderr.write(line.startsWith('  ') ? `  ${plainText(line)}\n` : `payouts: ${plainText(line)}\n`);
  }
  if (options.debug && error instanceof Error) io.stderr.write(`${stackOf(error)}\n`);
  return exitCodeOf(error);
}

/** Errors whose words are for the person at the terminal; all others need `--debug` to be understood. */
const KNOWN = new Set(['NoTemporalError', 'DirectoryInUseError', 'JournalUnavailableError']);

function linesOf(error: unknown): readonly string[] {
  if (error instanceof PayoutInvalidError) return error.problems.map(describeProblem);
  const message = error instanceof Error ? error.message : String(error);
  if (message === '') return [];
  const known =
    error instanceof CliError ||
    error instanceof ConfigError ||
    error instanceof PayoutError ||
    (error instanceof Error && KNOWN.has(error.name));
  return known ? message.split('\n') : [`${message} (run again with --debug to see where this came from)`];
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode;
  if (error instanceof PayoutInvalidError || error instanceof ConfigError) return EXIT.usage;
  if (error instanceof CapabilityLackingError) return EXIT.lacking;
  const away = error instanceof Error && KNOWN.has(error.name);
  return away || error instanceof EngineUnavailableError ? EXIT.unreachable : EXIT.failed;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
