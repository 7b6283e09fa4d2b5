import { Command, Option } from 'commander';
import { callbackPageSchema, LISTED_CALLBACKS, retriedSchema } from '../../schemas/callbacks.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { renderColumns, type Column } from '../columns.js';
import { findEngine } from '../context.js';
import { exportPages } from '../export-pages.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { plainText } from '../plain-text.js';
import { ageOf } from '../review/age.js';

interface CallbacksOptions {
  readonly state: string;
  readonly account?: string;
  readonly limit: string;
  readonly cursor?: string;
  readonly json?: true;
  readonly csv?: true;
}

const CSV_COLUMNS = ['receivedAt', 'id', 'account', 'orderId', 'state', 'proof'];
const COLUMNS: readonly Column[] = [
  { title: 'RECEIVED' },
  { title: 'AGE', align: 'right' },
  { title: 'ID', align: 'right' },
  { title: 'ACCOUNT' },
  { title: 'STATE' },
  { title: 'SAYS' },
  { title: 'ORDER ID' },
];

export function callbacksCommand({ io, env }: Cli): Command {
  const command = new Command('callbacks')
    .description("Providers' callbacks that reached no running payout, oldest first.")
    .addOption(new Option('--state <state>', 'which').choices(LISTED_CALLBACKS).default('orphan'))
    .option('--account <id>', 'sent to this account')
    .option('--limit <n>', 'callbacks on a page', '50')
    .option('--cursor <cursor>', 'the page after the one that named this')
    .option('--json', 'one JSON object: items and nextCursor')
    .option('--csv', 'for a spreadsheet: all pages')
    .action(async ({ json, csv, ...query }: CallbacksOptions) => {
      const engine = findEngine(globalsOf(command), env);
      const path = '/v1/callbacks';
      const parse = (answer: unknown) => callbackPageSchema.parse(answer);
      if (csv)
        return exportPages(io, engine, { path, query, parse, columns: CSV_COLUMNS, row: (item) => item });
      const page = parse(await callGateway(engine, { path, query }));
      if (json) return printJson(io, page);
      if (page.items.length === 0) return printLine(io, 'None.');
      const rows = page.items.map(({ receivedAt, id, account, orderId, state, proof }) => [
        receivedAt.slice(0, 19).replace('T', ' '),
        ageOf(receivedAt, io.now()),
        id,
        account,
        state,
        proof ?? 'a hint',
        plainText(orderId),
      ]);
      for (const line of renderColumns(COLUMNS, rows, { colors: io.colors })) printLine(io, line);
      if (page.nextCursor !== undefined) printLine(io, io.colors.dim(`More: --cursor ${page.nextCursor}`));
    });
  command.addCommand(retryCommand({ io, env }));
  return teach(command, [
    ['payouts callbacks', 'orphans: their order id is none of ours'],
    ['payouts callbacks --state received', 'not delivered yet'],
    ['payouts callbacks retry 17', 'look for its order once more'],
  ]);
}

function retryCommand({ io, env }: Cli): Command {
  const command = new Command('retry')
    .argument('<id>', 'of the orphan')
    .description('Look for the order of an orphan once more, and deliver the callback if it is there by now.')
    .action(async (id: string) => {
      const path = `/v1/callbacks/${encodeURIComponent(id)}/retry`;
      retriedSchema.parse(await callGateway(findEngine(globalsOf(command), env), { method: 'POST', path }));
      printLine(io, `Callback ${plainText(id)} waits for its delivery again.`);
    });
  return teach(command, [['payouts callbacks retry 17', 'the one that the list calls 17']]);
}
