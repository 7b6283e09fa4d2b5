import { Command, Option } from 'commander';
import type { z } from 'zod';
import { formatMoney } from '../../domain/money.js';
import { PAYOUT_STATUSES } from '../../domain/payout-status.js';
import { payoutPageSchema } from '../../schemas/payout.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { findEngine } from '../context.js';
import { exportPages } from '../export-pages.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { pad, plainText } from '../plain-text.js';
import { paint, signOf, STATUS_WIDTH } from '../run/status-style.js';

type Page = z.output<typeof payoutPageSchema>;

const CSV_COLUMNS = [
  'createdAt',
  'updatedAt',
  'merchant',
  'payoutId',
  'account',
  'provider',
  'orderId',
  'status',
  'minor',
  'currency',
  'feeMinor',
  'destination',
  'cardFingerprint',
  'reference',
  'batch',
  'reason',
  'message',
];

function csvRow({ amount, reason, ...payout }: Page['items'][number]): object {
  return { ...payout, ...amount, reason: reason?.code, message: reason?.message };
}

interface ListOptions {
  readonly merchant?: string;
  readonly account?: string;
  readonly status?: string;
  readonly batch?: string;
  readonly card?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: string;
  readonly cursor?: string;
  readonly json?: true;
  readonly csv?: true;
}

export function listCommand({ io, env }: Cli): Command {
  const command = new Command('list')
    .description('List payouts, newest first. Reads the journal, which never forgets.')
    .option('--merchant <id>', 'of this merchant alone')
    .option('--account <id>', 'paid through this account')
    .addOption(new Option('--status <status>', 'in this state now').choices(PAYOUT_STATUSES))
    .option('--batch <name>', 'of this batch')
    .option('--card <fingerprint>', 'to this card, as "payouts get" shows it')
    .option('--from <time>', 'created at or after this time (ISO 8601)')
    .option('--to <time>', 'created before this time')
    .option('--limit <n>', 'payouts on a page', '50')
    .option('--cursor <cursor>', 'the page after the one that named this')
    .option('--json', 'one JSON object: items and nextCursor')
    .option('--csv', 'for a spreadsheet: all pages, amounts in minor units')
    .action(async (options: ListOptions) => {
      const { json, csv, from, to, card, ...filter } = options;
      const engine = findEngine(globalsOf(command), env);
      const path = '/v1/payouts';
      const query = { ...filter, cardFingerprint: card, createdFrom: from, createdTo: to };
      if (csv) {
        const parse = (answer: unknown): Page => payoutPageSchema.parse(answer);
        return exportPages(io, engine, { path, query, parse, columns: CSV_COLUMNS, row: csvRow });
      }
      const page = payoutPageSchema.parse(await callGateway(engine, { path, query }));
      if (json) printJson(io, page);
      else printPage(page);
    });

  function printPage({ items, nextCursor }: Page): void {
    if (items.length === 0) printLine(io, 'No payouts.');
    const ids = items.map(({ merchant, payoutId }) => `${merchant}/${payoutId}`);
    const amounts = items.map(({ amount }) => formatMoney(amount));
    const width = { id: widest(ids), amount: widest(amounts) };
    items.forEach((payout, index) => {
      const cells = [
        payout.createdAt.slice(0, 19).replace('T', ' '),
        pad(ids[index] ?? '', width.id),
        paint(io.colors, payout.status, pad(`${signOf(payout.status)} ${payout.status}`, STATUS_WIDTH + 2)),
        pad(amounts[index] ?? '', width.amount, 'right'),
        payout.destination,
        ...(payout.reason ? [io.colors.dim(plainText(payout.reason.message))] : []),
      ];
      printLine(io, cells.join('  '));
    });
    if (nextCursor !== undefined) printLine(io, io.colors.dim(`More: --cursor ${nextCursor}`));
  }

  return teach(command, [
    ['payouts list --status processing', 'what is under way'],
    ['payouts list --batch 2026-07 --json', 'one batch, for a program'],
    ['payouts list --from 2026-07-01T00:00:00Z --csv > july.csv', 'for a spreadsheet'],
  ]);
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}
