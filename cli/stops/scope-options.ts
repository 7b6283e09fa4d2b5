import type { Command } from 'commander';
import type { StopScope } from '../../domain/stop.js';
import { CliError, EXIT } from '../cli-error.js';

/** What a command is to stop or lift. */
export interface ScopeOptions {
  readonly account?: string;
  readonly provider?: string;
  readonly merchant?: string;
  readonly all?: true;
}

export function withScope(command: Command): Command {
  return command
    .option('--account <id>', 'one account')
    .option('--provider <name>', 'every account at this provider: all2pay, payneteasy, …')
    .option('--merchant <id>', 'everything of this merchant')
    .option('--all', 'everything');
}

/** Undefined if none was given; never a guess between two. */
export function scopeIn({ account, provider, merchant, all }: ScopeOptions): StopScope | undefined {
  const given: StopScope[] = [
    ...(account === undefined ? [] : [{ kind: 'account', value: account } as const]),
    ...(provider === undefined ? [] : [{ kind: 'provider', value: provider } as const]),
    ...(merchant === undefined ? [] : [{ kind: 'merchant', value: merchant } as const]),
    ...(all ? [{ kind: 'all' } as const] : []),
  ];
  if (given.length <= 1) return given[0];
  throw new CliError(EXIT.usage, `${ONE_OF} go one at a time: make a stop for each.`);
}

export const ONE_OF = '--account, --provider, --merchant and --all';
