import type { Command } from 'commander';
import { userInfo } from 'node:os';

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

/** Who did it and why: written to the payout's history. */
export interface ActOptions extends KeyOptions {
  readonly reason: string;
  readonly actor: string;
  readonly json?: true;
}

export function actedOn(command: Command): Command {
  return aboutOnePayout(command)
    .requiredOption('--reason <words>', "why; stands in the payout's history")
    .option('--actor <name>', 'who decides', operatorName())
    .option('--json', 'the answer as one JSON object');
}

/** In the history, `operator:anna`. */
export function actorOf({ actor }: Pick<ActOptions, 'actor'>): string {
  return actor.includes(':') ? actor : `operator:${actor}`;
}

export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a user id without a name.
    return 'cli';
  }
}
