import { Command } from 'commander';
import { formatMoney } from '../../domain/money.js';
import { statementSchema } from '../../schemas/accounts.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { renderColumns } from '../columns.js';
import { findEngine } from '../context.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { plainText } from '../plain-text.js';
import { printCsv } from '../print-csv.js';
import { PROVIDER_PATIENCE_MS, spanOf, withSpan, type SpanOptions } from '../time-span.js';

const CSV_COLUMNS = ['id', 'at', 'direction', 'minor', 'currency', 'orderId', 'comment'];
const COLUMNS = [
  { title: 'TIME' },
  { title: 'ID' },
  { title: 'IN', align: 'right' },
  { title: 'OUT', align: 'right' },
  { title: 'ORDER' },
  { title: '' },
] as const;

export function statementCommand({ io, env }: Cli): Command {
  const command = withSpan(
    new Command('statement')
      .argument('<account>')
      .description('The movements on an account, as its provider has them. Needs the role operate.'),
  ).action(async (account: string, options: SpanOptions) => {
    const answer = await callGateway(findEngine(globalsOf(command), env), {
      path: `/v1/accounts/${encodeURIComponent(account)}/statement`,
      query: spanOf(options, io.now()),
      timeoutMs: PROVIDER_PATIENCE_MS,
    });
    const { items } = statementSchema.parse(answer);
    if (options.json) return printJson(io, { account, items });
    if (options.csv) return printCsv(io, CSV_COLUMNS, items);
    if (items.length === 0) return printLine(io, 'Nothing in that time.');
    const rows = items.map((line) => [
      line.at.slice(0, 19).replace('T', ' '),
      plainText(line.id),
      line.direction === 'in' ? formatMoney(line) : '',
      line.direction === 'out' ? formatMoney(line) : '',
      plainText(line.orderId ?? ''),
      plainText(line.comment ?? ''),
    ]);
    for (const line of renderColumns(COLUMNS, rows, { colors: io.colors })) printLine(io, line);
  });

  return teach(command, [
    ['payouts statement acme-8b', 'the last 24 hours'],
    [
      'payouts statement acme-8b --from 2026-07-01T00:00:00Z --to 2026-07-02T00:00:00Z --csv',
      'for a spreadsheet',
    ],
  ]);
}
