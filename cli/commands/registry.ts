import { Command } from 'commander';
import { formatMoney } from '../../domain/money.js';
import { registrySchema } from '../../schemas/accounts.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { renderColumns } from '../columns.js';
import { findEngine } from '../context.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { plainText } from '../plain-text.js';
import { printCsv } from '../print-csv.js';
import { PROVIDER_PATIENCE_MS, spanOf, withSpan, type SpanOptions } from '../time-span.js';

const CSV_COLUMNS = [
  'orderId',
  'providerOrderId',
  'createdAt',
  'finishedAt',
  'minor',
  'currency',
  'outcome',
  'providerStatus',
  'destination',
  'error',
  'feeMinor',
];
const COLUMNS = [
  { title: 'CREATED' },
  { title: 'ORDER' },
  { title: 'OUTCOME' },
  { title: 'AMOUNT', align: 'right' },
  { title: 'FEE', align: 'right' },
  { title: 'TO' },
  { title: '' },
] as const;

export function registryCommand({ io, env }: Cli): Command {
  const command = withSpan(
    new Command('registry')
      .argument('<account>')
      .description('The orders of an account, as its provider has them. Needs the role operate.'),
  ).action(async (account: string, options: SpanOptions) => {
    const answer = await callGateway(findEngine(globalsOf(command), env), {
      path: `/v1/accounts/${encodeURIComponent(account)}/registry`,
      query: spanOf(options, io.now()),
      timeoutMs: PROVIDER_PATIENCE_MS,
    });
    const { items } = registrySchema.parse(answer);
    if (options.json) return printJson(io, { account, items });
    if (options.csv) return printCsv(io, CSV_COLUMNS, items);
    if (items.length === 0) return printLine(io, 'Nothing in that time.');
    const rows = items.map((line) => [
      line.createdAt.slice(0, 19).replace('T', ' '),
      plainText(line.orderId),
      line.outcome === 'unknown' ? plainText(line.providerStatus) : line.outcome,
      formatMoney(line),
      line.feeMinor === undefined ? '' : formatMoney({ minor: line.feeMinor, currency: line.currency }),
      plainText(line.destination ?? ''),
      plainText(line.error ?? ''),
    ]);
    for (const line of renderColumns(COLUMNS, rows, { colors: io.colors })) printLine(io, line);
  });

  return teach(command, [
    ['payouts registry acme-8b', 'the last 24 hours'],
    ['payouts registry acme-8b --csv > registry.csv', 'for a spreadsheet'],
  ]);
}
