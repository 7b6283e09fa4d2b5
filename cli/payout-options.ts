import type { Command } from 'commander';

/** Which payout a command is about. */
export interface KeyOptions {
  readonly merchant: string;
}

/** A payout is named by its merchant and its id. */
export function aboutOnePayout(command: Command): Command {
  return command
    .argument('<payout-id>', "the payout's id")
    .requiredOption('--merchant <id>', 'whose payout it is');
}

/** Why it is done: written to the payout's history. */
export interface ActOptions extends KeyOptions {
  readonly reason: string;
  readonly json?: true;
}

export function actedOn(command: Command): Command {
  return aboutOnePayout(command)
    .requiredOption('--reason <words>', "why; stands in the payout's history")
    .option('--json', 'the answer as one JSON object');
}
