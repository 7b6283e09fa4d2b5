import { Command } from 'commander';
import { pingSchema } from '../../schemas/accounts.js';
import { askAccounts, type Asked } from '../ask-accounts.js';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT } from '../cli-error.js';
import { renderColumns } from '../columns.js';
import { findEngine } from '../context.js';
import { printJson, printLine } from '../io.js';
import { plainText } from '../plain-text.js';

interface Ping {
  readonly account: string;
  readonly provider: string;
  readonly ok: boolean;
  readonly words: string;
}

export function pingCommand({ io, env }: Cli): Command {
  const command = new Command('ping')
    .argument('[account]', 'all accounts when left out')
    .description('Ask providers whether they are there and know us. Moves no money.')
    .option('--json', 'one JSON object: items')
    .action(async (account: string | undefined, { json }: { readonly json?: true }) => {
      const engine = findEngine(globalsOf(command), env);
      const items = (await askAccounts(engine, 'ping', account, (answer) => pingSchema.parse(answer))).map(
        pingOf,
      );
      if (json) printJson(io, { items });
      else print(items);
      if (items.some(({ ok }) => !ok)) throw quietExit(EXIT.failed);
    });

  function print(items: readonly Ping[]): void {
    if (items.length === 0) return printLine(io, 'No accounts.');
    const rows = items.map(({ account, provider, ok, words }) => [
      ok ? '✔' : '✖',
      account,
      provider,
      plainText(words),
    ]);
    const paint = (text: string, row: number, column: number): string =>
      column > 0 ? text : items[row]?.ok ? io.colors.green(text) : io.colors.red(text);
    const columns = [{ title: ' ' }, { title: 'ACCOUNT' }, { title: 'PROVIDER' }, { title: 'ANSWER' }];
    for (const line of renderColumns(columns, rows, { colors: io.colors, paint })) printLine(io, line);
  }

  return teach(command, [
    ['payouts ping', 'every account; exit code 0 only if all answer'],
    ['payouts ping acme-a2p --json', 'one of them, for a program'],
  ]);
}

function pingOf(asked: Asked<{ ok: boolean; words: string }>): Ping {
  const { account, provider } = asked;
  if ('failed' in asked) return { account, provider, ok: false, words: asked.failed.message };
  const { ok, words } = asked.answer;
  return { account, provider, ok, words };
}
