import { Command } from 'commander';
import type { z } from 'zod';
import { formatMoney } from '../../domain/money.js';
import { balanceSchema } from '../../schemas/accounts.js';
import { askAccounts, type Asked } from '../ask-accounts.js';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT, type ExitCode } from '../cli-error.js';
import { renderColumns } from '../columns.js';
import { findEngine } from '../context.js';
import { printJson, printLine } from '../io.js';
import { plainText } from '../plain-text.js';
import { printCsv } from '../print-csv.js';

type Balance = z.output<typeof balanceSchema>;

export function balanceCommand({ io, env }: Cli): Command {
  const command = new Command('balance')
    .argument('[account]', 'all accounts when left out')
    .description('What accounts hold at their providers. Needs the role operate.')
    .option(
      '--json',
      'one JSON object: items, each with balances, lacking or problem; amounts in minor units',
    )
    .option('--csv', 'for a spreadsheet: a line for each balance; amounts in minor units')
    .action(
      async (account: string | undefined, { json, csv }: { readonly json?: true; readonly csv?: true }) => {
        const engine = findEngine(globalsOf(command), env);
        const asked = await askAccounts(engine, 'balance', account, (answer) => balanceSchema.parse(answer));
        const code = exitCodeOf(asked);
        if (json) printJson(io, { items: asked.map(itemOf) });
        // One account that has no answer is an error like any other: one line, on stderr.
        else if (account !== undefined && asked[0] && 'failed' in asked[0]) throw asked[0].failed;
        else if (csv) printCsv(io, CSV_COLUMNS, asked.flatMap(csvRows));
        else print(asked);
        if (code !== undefined) throw quietExit(code);
      },
    );

  function print(asked: readonly Asked<Balance>[]): void {
    if (asked.length === 0) return printLine(io, 'No accounts.');
    const rows = asked.flatMap(rowsOf);
    const columns = [
      { title: 'ACCOUNT' },
      { title: 'PROVIDER' },
      { title: 'AVAILABLE', align: 'right' },
      { title: 'RESERVED', align: 'right' },
      { title: '' },
    ] as const;
    for (const line of renderColumns(columns, rows, { colors: io.colors })) printLine(io, line);
  }

  return teach(command, [
    ['payouts balance', 'every account; what a provider cannot tell is said in words'],
    ['payouts balance acme-a2p --json', 'exit code 4 if the provider has no such thing'],
  ]);
}

const CSV_COLUMNS = ['account', 'provider', 'currency', 'availableMinor', 'reservedMinor', 'problem'];

function csvRows(asked: Asked<Balance>): object[] {
  const { account, provider } = asked;
  if ('failed' in asked) return [{ account, provider, problem: asked.failed.message }];
  return asked.answer.balances.map((balance) => ({ account, provider, ...balance }));
}

function rowsOf(asked: Asked<Balance>): string[][] {
  const { account, provider } = asked;
  if ('failed' in asked) return [[account, provider, '', '', plainText(asked.failed.message)]];
  const { balances } = asked.answer;
  if (balances.length === 0) return [[account, provider, '', '', 'The provider names no balance.']];
  return balances.map(({ currency, availableMinor, reservedMinor }) => [
    account,
    provider,
    formatMoney({ minor: availableMinor, currency }),
    reservedMinor === undefined ? '' : formatMoney({ minor: reservedMinor, currency }),
  ]);
}

function itemOf(asked: Asked<Balance>): object {
  const { account, provider } = asked;
  if (!('failed' in asked)) return { provider, ...asked.answer };
  const name = asked.failed.exitCode === EXIT.lacking ? 'lacking' : 'problem';
  return { account, provider, [name]: asked.failed.message };
}

/** Not to have it is no failure where others have it; not to answer is one. */
function exitCodeOf(asked: readonly Asked<Balance>[]): ExitCode | undefined {
  const codes = asked.map((one) => ('failed' in one ? one.failed.exitCode : undefined));
  const bad = codes.find((code) => code !== undefined && code !== EXIT.lacking);
  if (bad !== undefined) return bad;
  return codes.length > 0 && codes.every((code) => code === EXIT.lacking) ? EXIT.lacking : undefined;
}
