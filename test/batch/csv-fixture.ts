import { readPayoutsCsv, type ReadOptions } from '../../batch/read-payouts-csv.js';
import { describeFileProblem } from '../../batch/problem.js';
import type { PayoutRow } from '../../batch/payout-row.js';

export const CARD = '2200000000000004';
export const HEADER = 'payout_id,merchant,account,amount,currency,destination,card_number';
export const ROW = `P-1,acme,acme-a2p,10050,RUB,card,${CARD}`;

/** A row with every good value, some of them replaced. */
export function csvOf(cells: Readonly<Record<string, string>>): string {
  const good = {
    payout_id: 'P-1',
    merchant: 'acme',
    account: 'acme-a2p',
    amount: '10050',
    currency: 'RUB',
    destination: 'card',
    card_number: CARD,
  };
  const row = { ...good, ...cells };
  return `${Object.keys(row).join(',')}\n${Object.values(row).map(quoted).join(',')}\n`;
}

export function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

export function read(text: string | Uint8Array, options?: ReadOptions): ReturnType<typeof readPayoutsCsv> {
  return readPayoutsCsv(typeof text === 'string' ? new TextEncoder().encode(text) : text, options);
}

export function rowsOf(text: string | Uint8Array, options?: ReadOptions): readonly PayoutRow[] {
  const file = read(text, options);
  if (!file.ok) throw new Error(file.problems.map(describeFileProblem).join('\n'));
  return file.rows;
}

/** What the reader says about a bad file, a line per problem; empty for a good one. */
export function problemsOf(text: string | Uint8Array, options?: ReadOptions): string[] {
  const file = read(text, options);
  return file.ok ? [] : file.problems.map(describeFileProblem);
}
