import { Command } from 'commander';
import { stopListSchema } from '../../schemas/stops.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { renderColumns } from '../columns.js';
import { findEngine } from '../context.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { plainText } from '../plain-text.js';
import { madeBy, scopeWords, type ShownStop } from '../stops/print-stop.js';

export function stopsCommand({ io, env }: Cli): Command {
  const command = new Command('stops')
    .description('What is stopped, by whom and why. Needs the role operate.')
    .option('--all', 'those that were lifted, too')
    .option('--json', 'one JSON object: items')
    .action(async ({ all, json }: { readonly all?: true; readonly json?: true }) => {
      const query = { all: all && 'true' };
      const engine = findEngine(globalsOf(command), env);
      const list = stopListSchema.parse(await callGateway(engine, { path: '/v1/stops', query }));
      if (json) printJson(io, list);
      else print(list.items);
    });

  function print(stops: readonly ShownStop[]): void {
    if (stops.length === 0) return printLine(io, 'Nothing is stopped.');
    const columns = [{ title: 'STOP' }, { title: 'OF' }, { title: 'SINCE' }];
    const rows = stops.map(({ id, scope, stoppedAt, actor, reason, resumed }) => {
      const lifted = resumed ? `; lifted ${madeBy(resumed.at, resumed.actor, resumed.reason)}` : '';
      return [id, plainText(scopeWords(scope)), madeBy(stoppedAt, actor, reason) + lifted];
    });
    for (const line of renderColumns(columns, rows, { colors: io.colors })) printLine(io, line);
  }

  return teach(command, [
    ['payouts stops', 'what is in force'],
    ['payouts stops --all --json', 'all that ever were, for a program'],
  ]);
}
