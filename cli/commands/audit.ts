import { Command } from 'commander';
import { auditPageSchema } from '../../schemas/audit.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { renderColumns, type Column } from '../columns.js';
import { findEngine } from '../context.js';
import { exportPages } from '../export-pages.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { plainText } from '../plain-text.js';

interface AuditOptions {
  readonly actor?: string;
  readonly action?: string;
  readonly merchant?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit: string;
  readonly cursor?: string;
  readonly json?: true;
  readonly csv?: true;
}

const CSV_COLUMNS = ['at', 'actor', 'action', 'outcome', 'merchant', 'subject', 'reason', 'requestId', 'id'];
const COLUMNS: readonly Column[] = [
  { title: 'AT' },
  { title: 'WHO' },
  { title: 'DID' },
  { title: 'OUTCOME' },
  { title: 'MERCHANT' },
  { title: 'ABOUT' },
];

export function auditCommand({ io, env }: Cli): Command {
  const command = new Command('audit')
    .description(
      'Who did what, when and why, newest first. Needs the role admin; to look is a line of it, too.',
    )
    .option('--actor <who>', 'as the list shows it, or the id of a key')
    .option('--action <operation>', 'by its name in the HTTP API: resolvePayout, addStop, addApiKey …')
    .option('--merchant <id>', 'concerning this merchant')
    .option('--since <time>', 'at or after this time (ISO 8601)')
    .option('--until <time>', 'before this time')
    .option('--limit <n>', 'lines on a page', '50')
    .option('--cursor <cursor>', 'the page after the one that named this')
    .option('--json', 'one JSON object: items and nextCursor')
    .option('--csv', 'for a spreadsheet: all pages')
    .action(async ({ json, csv, ...query }: AuditOptions) => {
      const engine = findEngine(globalsOf(command), env);
      const path = '/v1/audit';
      const parse = (answer: unknown) => auditPageSchema.parse(answer);
      if (csv)
        return exportPages(io, engine, { path, query, parse, columns: CSV_COLUMNS, row: (item) => item });
      const page = parse(await callGateway(engine, { path, query }));
      if (json) return printJson(io, page);
      if (page.items.length === 0) return printLine(io, 'Nobody did anything.');
      const rows = page.items.map(({ at, actor, action, outcome, merchant = '', subject = '', reason }) => [
        at.slice(0, 19).replace('T', ' '),
        plainText(actor),
        action,
        outcome,
        merchant,
        plainText(reason === undefined ? subject : `${subject}: ${reason}`),
      ]);
      for (const line of renderColumns(COLUMNS, rows, { colors: io.colors })) printLine(io, line);
      if (page.nextCursor !== undefined) printLine(io, io.colors.dim(`more: --cursor ${page.nextCursor}`));
    });
  return teach(command, [
    ['payouts audit --since 2026-07-01T00:00:00Z --csv > who-did-what.csv', 'for the auditors'],
    ['payouts audit --action resolvePayout --merchant acme', 'who signed for outcomes'],
    ['payouts audit --actor 0123456789abcdef', 'what one key was used for'],
  ]);
}
