import { Command } from 'commander';
import { retriedSchema } from '../../schemas/callbacks.js';
import { noticesSchema } from '../../schemas/notices.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { renderColumns, type Column } from '../columns.js';
import { findEngine } from '../context.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { plainText } from '../plain-text.js';

const COLUMNS: readonly Column[] = [
  { title: 'AT' },
  { title: 'ID', align: 'right' },
  { title: 'NOTICE' },
  { title: 'ABOUT' },
  { title: 'STATE' },
  { title: 'TRIES', align: 'right' },
  { title: 'LAST ERROR' },
];

export function hookCommand({ io, env }: Cli): Command {
  const command = new Command('hook')
    .description('What the endpoint of PAYOUTS_HOOK_URL was not told yet, oldest first.')
    .option('--json', 'one JSON object: items')
    .action(async ({ json }: { readonly json?: true }) => {
      const engine = findEngine(globalsOf(command), env);
      const notices = noticesSchema.parse(await callGateway(engine, { path: '/v1/notices' }));
      if (json) return printJson(io, notices);
      if (notices.items.length === 0) return printLine(io, 'Nothing waits for its delivery.');
      const rows = notices.items.map(
        ({ at, id, kind, subject, merchant, subjectId, state, tries, lastError }) => [
          at.slice(0, 19).replace('T', ' '),
          id,
          kind,
          `${subject} ${merchant}/${subjectId}`,
          state,
          String(tries),
          plainText(lastError ?? ''),
        ],
      );
      for (const line of renderColumns(COLUMNS, rows, { colors: io.colors })) printLine(io, line);
    });
  command.addCommand(retryCommand({ io, env }));
  return teach(command, [
    ['payouts hook', 'what waits, and what was given up'],
    ['payouts hook retry 17', 'deliver it now'],
  ]);
}

function retryCommand({ io, env }: Cli): Command {
  const command = new Command('retry')
    .argument('<id>', 'of the notice')
    .description('Deliver a notice now, also one that was given up.')
    .action(async (id: string) => {
      const path = `/v1/notices/${encodeURIComponent(id)}/retry`;
      retriedSchema.parse(await callGateway(findEngine(globalsOf(command), env), { method: 'POST', path }));
      printLine(io, `Notice ${plainText(id)} is due.`);
    });
  return teach(command, [['payouts hook retry 17', 'the one that the list calls 17']]);
}
