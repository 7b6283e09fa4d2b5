import { Command, Option } from 'commander';
import type { z } from 'zod';
import { formatMoney } from '../../domain/money.js';
import { PAYMENT_STATUSES } from '../../domain/payment-moves.js';
import { paymentPageSchema } from '../../schemas/payment.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { renderColumns, type Column } from '../columns.js';
import { findEngine } from '../context.js';
import { exportPages } from '../export-pages.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { plainText } from '../plain-text.js';
import { paintPayment, signedPayment } from './print-payment.js';

type Page = z.output<typeof paymentPageSchema>;

const CSV_COLUMNS = [
  'createdAt',
  'updatedAt',
  'merchant',
  'paymentId',
  'account',
  'provider',
  'orderId',
  'purpose',
  'status',
  'minor',
  'currency',
  'refundedMinor',
  'reason',
  'message',
];

function csvRow({ amount, reason, ...payment }: Page['items'][number]): object {
  return { ...payment, ...amount, reason: reason?.code, message: reason?.message };
}

interface ListOptions {
  readonly merchant?: string;
  readonly account?: string;
  readonly status?: string;
  readonly limit: string;
  readonly cursor?: string;
  readonly json?: true;
  readonly csv?: true;
}

const COLUMNS: readonly Column[] = [
  { title: 'CREATED' },
  { title: 'PAYMENT' },
  { title: 'STATUS' },
  { title: 'AMOUNT', align: 'right' },
  { title: 'GIVEN BACK', align: 'right' },
  { title: 'ACCOUNT' },
  { title: 'NOTE' },
];
const STATUS_COLUMN = 2;

export function listPaymentsCommand({ io, env }: Cli): Command {
  const command = new Command('list')
    .description('List payments, newest first. Reads the journal, which never forgets.')
    .option('--merchant <id>', 'of this merchant alone')
    .option('--account <id>', 'taken by this account')
    .addOption(new Option('--status <status>', 'in this state now').choices(PAYMENT_STATUSES))
    .option('--limit <n>', 'payments on a page', '50')
    .option('--cursor <cursor>', 'the page after the one that named this')
    .option('--json', 'one JSON object: items and nextCursor')
    .option('--csv', 'for a spreadsheet: all pages, amounts in minor units')
    .action(async ({ json, csv, ...query }: ListOptions) => {
      const engine = findEngine(globalsOf(command), env);
      const path = '/v1/payments';
      const parse = (answer: unknown): Page => paymentPageSchema.parse(answer);
      if (csv) return exportPages(io, engine, { path, query, parse, columns: CSV_COLUMNS, row: csvRow });
      const page = parse(await callGateway(engine, { path, query }));
      if (json) printJson(io, page);
      else print(page);
    });

  function print({ items, nextCursor }: Page): void {
    if (items.length === 0) return printLine(io, 'No payments.');
    const rows = items.map(({ amount, refundedMinor, ...payment }) => [
      payment.createdAt.slice(0, 19).replace('T', ' '),
      `${payment.merchant}/${payment.paymentId}`,
      signedPayment(payment.status),
      formatMoney(amount),
      refundedMinor === undefined ? '' : formatMoney({ ...amount, minor: refundedMinor }),
      payment.account,
      plainText(payment.reason?.message ?? payment.action?.url ?? ''),
    ]);
    const paint = (text: string, row: number, column: number): string => {
      const payment = items[row];
      return payment && column === STATUS_COLUMN ? paintPayment(io.colors, payment.status, text) : text;
    };
    for (const line of renderColumns(COLUMNS, rows, { colors: io.colors, paint })) printLine(io, line);
    if (nextCursor !== undefined) printLine(io, io.colors.dim(`More: --cursor ${nextCursor}`));
  }

  return teach(command, [
    ['payouts payments list --status in_review', 'what waits for a person'],
    ['payouts payments list --merchant acme --json', 'for a program'],
  ]);
}
