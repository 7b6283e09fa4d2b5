import type { Command } from 'commander';
import { CliError, type ExitCode } from './cli-error.js';
import { typedHere } from './command-name.js';
import type { GlobalOptions } from './context.js';
import type { CliIo } from './io.js';

/** What every command is given. */
export interface Cli {
  readonly io: CliIo;
  /** Of tests; the process's own when left out. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** A command with its examples: people read those first. */
export function teach(
  command: Command,
  examples: readonly (readonly [line: string, comment: string])[],
): Command {
  const typed = examples.map(([line, comment]) => [typedHere(line), comment] as const);
  const width = Math.max(...typed.map(([line]) => line.length));
  const lines = typed.map(([line, comment]) => {
    // A line that is indented goes on with the one before.
    const shown = `  ${line.startsWith(' ') ? ' ' : '$'} ${line}`;
    return comment === '' ? shown : `${shown.padEnd(width + 4)}  # ${comment}`;
  });
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/** The options that stand before or after any command. */
export function globalsOf(command: Command): GlobalOptions {
  return command.optsWithGlobals<GlobalOptions>();
}

/** Ends with this code; what there is to say was said. */
export function quietExit(code: ExitCode): CliError {
  return new CliError(code, []);
}
