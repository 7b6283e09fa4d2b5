import type { z } from 'zod';
import { formatMoney } from '../../domain/money.js';
import { reviewPageSchema } from '../../schemas/review.js';
import { renderColumns, type Column } from '../columns.js';
import { commandName } from '../command-name.js';
import type { Engine } from '../context.js';
import { exportPages } from '../export-pages.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine, type CliIo } from '../io.js';
import { plainText } from '../plain-text.js';
import { ageOf } from './age.js';

type Page = z.output<typeof reviewPageSchema>;

export interface ListReviewsOptions {
  readonly merchant?: string;
  readonly account?: string;
  readonly limit: string;
  readonly cursor?: string;
  readonly json?: true;
  readonly csv?: true;
}

const CSV_COLUMNS = [
  'since',
  'merchant',
  'payoutId',
  'account',
  'provider',
  'orderId',
  'minor',
  'currency',
  'destination',
  'reason',
  'message',
  'createdAt',
];

const COLUMNS: readonly Column[] = [
  { title: 'SINCE' },
  { title: 'AGE', align: 'right' },
  { title: 'PAYOUT' },
  { title: 'ACCOUNT' },
  { title: 'AMOUNT', align: 'right' },
  { title: 'ORDER ID' },
  { title: 'REASON' },
];

/** Prints what waits for a person, the longest waiting first. */
export async function listReviews(
  io: CliIo,
  engine: Engine,
  { json, csv, ...query }: ListReviewsOptions,
): Promise<void> {
  const path = '/v1/reviews';
  const parse = (answer: unknown): Page => reviewPageSchema.parse(answer);
  if (csv) return exportPages(io, engine, { path, query, parse, columns: CSV_COLUMNS, row: csvRow });
  const page = parse(await callGateway(engine, { path, query }));
  if (json) printJson(io, page);
  else print(io, page);
}

function csvRow({ since, payout: { amount, reason, ...payout } }: Page['items'][number]): object {
  return { since, ...payout, ...amount, reason: reason?.code, message: reason?.message };
}

function print(io: CliIo, { items, nextCursor }: Page): void {
  if (items.length === 0) return printLine(io, 'Nothing waits for a person.');
  const rows = items.map(({ since, payout }) => [
    since.slice(0, 19).replace('T', ' '),
    ageOf(since, io.now()),
    `${payout.merchant}/${payout.payoutId}`,
    payout.account,
    formatMoney(payout.amount),
    payout.orderId,
    plainText(payout.reason ? `${payout.reason.code}: ${payout.reason.message}` : ''),
  ]);
  for (const line of renderColumns(COLUMNS, rows, { colors: io.colors })) printLine(io, line);
  const { payoutId, merchant } = items[0]?.payout ?? {};
  const hint = nextCursor === undefined ? '' : `More: --cursor ${nextCursor}\n`;
  printLine(
    io,
    io.colors.dim(`${hint}All about one: ${commandName()} review ${payoutId} --merchant ${merchant}`),
  );
}
