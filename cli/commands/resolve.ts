import { Command, Option } from 'commander';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { CliError, EXIT } from '../cli-error.js';
import { withCommands } from '../commands-door.js';
import { findEngine } from '../context.js';
import { printJson } from '../io.js';
import { actedOn, type ActOptions } from '../payout-options.js';
import { printPayout } from '../print-payout.js';
import { VERDICTS, type Verdict } from '../../domain/verdict.js';

interface ResolveOptions extends ActOptions {
  readonly verdict: Verdict;
}

export function resolveCommand({ io, env }: Cli): Command {
  const verdict = new Option('--verdict <verdict>', 'what you found out at the provider').choices(VERDICTS);
  const command = actedOn(new Command('resolve').addOption(verdict.makeOptionMandatory()))
    .description('Settle a payout in review: a person has looked at the provider and says what is true.')
    .action(async (payoutId: string, options: ResolveOptions) => {
      const { merchant, reason, verdict, json } = options;
      const result = await withCommands(findEngine(globalsOf(command), env), (commands) =>
        commands.resolve({ merchant, payoutId }, verdict, reason),
      );
      if (json) printJson(io, result);
      else if (result.resolved) printPayout(io, result.payout);
      if (result.resolved) return;
      throw json ? quietExit(EXIT.failed) : new CliError(EXIT.failed, `not resolved: ${result.why}`);
    });
  return teach(command, [
    ['payouts review P-001 --merchant acme', 'what is known, and what the provider says now'],
    [
      'payouts resolve P-001 --merchant acme --verdict ask_again --reason "provider is back"',
      'one more query',
    ],
    [
      'payouts resolve P-001 --merchant acme --verdict not_paid --reason "not on the statement"',
      'you are sure',
    ],
  ]);
}
