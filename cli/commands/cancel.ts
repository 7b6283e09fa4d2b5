import { Command } from 'commander';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { CliError, EXIT } from '../cli-error.js';
import { withCommands } from '../commands-door.js';
import { findEngine } from '../context.js';
import { printJson } from '../io.js';
import { actedOn, type ActOptions } from '../payout-options.js';
import { printPayout } from '../print-payout.js';

export function cancelCommand({ io, env }: Cli): Command {
  const command = actedOn(new Command('cancel'))
    .description(
      'Cancel a payout of which nothing has been sent. Refused, truthfully, once something may have been.',
    )
    .action(async (payoutId: string, options: ActOptions) => {
      const { merchant, reason, json } = options;
      const result = await withCommands(findEngine(globalsOf(command), env), (commands) =>
        commands.cancel({ merchant, payoutId }, reason),
      );
      if (json) printJson(io, result);
      else if (result.cancelled) printPayout(io, result.payout);
      if (result.cancelled) return;
      throw json ? quietExit(EXIT.failed) : new CliError(EXIT.failed, `not cancelled: ${result.why}`);
    });
  return teach(command, [
    ['payouts cancel P-001 --merchant acme --reason "ordered twice"', 'before it is sent'],
  ]);
}
