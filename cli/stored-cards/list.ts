import { Command, Option } from 'commander';
import type { z } from 'zod';
import { STORED_CARD_STATUSES } from '../../domain/stored-card-status.js';
import { storedCardPageSchema } from '../../schemas/stored-card.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { renderColumns } from '../columns.js';
import { findEngine } from '../context.js';
import { exportPages } from '../export-pages.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { plainText } from '../plain-text.js';
import { paintCard, signedStatus } from './print-stored-card.js';

type Page = z.output<typeof storedCardPageSchema>;

const CSV_COLUMNS = [
  'createdAt',
  'updatedAt',
  'merchant',
  'storedCardId',
  'account',
  'provider',
  'purpose',
  'ownerId',
  'masked',
  'status',
  'providerCardId',
  'reason',
  'message',
];

function csvRow({ reason, ...card }: Page['items'][number]): object {
  return { ...card, reason: reason?.code, message: reason?.message };
}

interface ListOptions {
  readonly merchant?: string;
  readonly account?: string;
  readonly purpose?: string;
  readonly status?: string;
  readonly limit: string;
  readonly cursor?: string;
  readonly json?: true;
  readonly csv?: true;
}

const COLUMNS = ['CREATED', 'STORED CARD', 'STATUS', 'CARD', 'PURPOSE', 'ACCOUNT', 'OWNER', 'NOTE'].map(
  (title) => ({ title }),
);
const STATUS_COLUMN = 2;

export function listStoredCardsCommand({ io, env }: Cli): Command {
  const command = new Command('list')
    .description('List stored cards, newest first.')
    .option('--merchant <id>', 'of this merchant alone')
    .option('--account <id>', 'stored at this account')
    .addOption(new Option('--purpose <purpose>', 'what for').choices(['destination', 'source']))
    .addOption(new Option('--status <status>', 'in this state now').choices(STORED_CARD_STATUSES))
    .option('--limit <n>', 'cards on a page', '50')
    .option('--cursor <cursor>', 'the page after the one that named this')
    .option('--json', 'one JSON object: items and nextCursor')
    .option('--csv', 'for a spreadsheet: all pages')
    .action(async ({ json, csv, ...query }: ListOptions) => {
      const engine = findEngine(globalsOf(command), env);
      const path = '/v1/stored-cards';
      const parse = (answer: unknown): Page => storedCardPageSchema.parse(answer);
      if (csv) return exportPages(io, engine, { path, query, parse, columns: CSV_COLUMNS, row: csvRow });
      const page = parse(await callGateway(engine, { path, query }));
      if (json) printJson(io, page);
      else print(page);
    });

  function print({ items, nextCursor }: Page): void {
    if (items.length === 0) return printLine(io, 'No stored cards.');
    const rows = items.map((card) => [
      card.createdAt.slice(0, 19).replace('T', ' '),
      `${card.merchant}/${card.storedCardId}`,
      signedStatus(card.status),
      card.masked,
      card.purpose,
      card.account,
      plainText(card.ownerId),
      plainText(card.reason?.message ?? card.action?.url ?? ''),
    ]);
    const paint = (text: string, row: number, column: number): string => {
      const card = items[row];
      return card && column === STATUS_COLUMN ? paintCard(io.colors, card.status, text) : text;
    };
    for (const line of renderColumns(COLUMNS, rows, { colors: io.colors, paint })) printLine(io, line);
    if (nextCursor !== undefined) printLine(io, io.colors.dim(`More: --cursor ${nextCursor}`));
  }

  return teach(command, [
    ['payouts stored-cards list --merchant acme --status active', 'what payouts may name'],
    ['payouts stored-cards list --json', 'for a program'],
  ]);
}
