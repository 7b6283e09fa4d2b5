import { formatMoney } from '../../domain/money.js';
import { plainText } from '../plain-text.js';
import type { RowState } from './row-state.js';

/** `12:00:01  P-001  succeeded  100.50 RUB  card 220000******0004`, and the note where there is one. */
export function renderPlainLine(row: RowState, now: number): string {
  const cells = [
    timeOfDay(now),
    row.payoutId,
    row.status,
    formatMoney(row.amount),
    row.destination,
    ...(row.note ? [plainText(row.note)] : []),
  ];
  return cells.join('  ');
}

/** Local time: what the clock beside the reader says. */
export function timeOfDay(now: number): string {
  const at = new Date(now);
  return [at.getHours(), at.getMinutes(), at.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** The same row for programs: one object per line. */
export function rowAsJson(row: RowState): Record<string, unknown> {
  return {
    line: row.line,
    merchant: row.merchant,
    payoutId: row.payoutId,
    status: row.status,
    amount: row.amount,
    destination: row.destination,
    ...(row.note !== undefined && { note: row.note }),
    ...(row.repeats !== undefined && { repeats: row.repeats }),
    ...(row.expect !== undefined && { expect: row.expect }),
    ...(row.payout?.action !== undefined && { action: row.payout.action }),
    ...(row.payout?.reason !== undefined && { reason: row.payout.reason }),
    ...(row.payout?.reference !== undefined && { reference: row.payout.reference }),
    ...(row.startedAt !== undefined && row.endedAt !== undefined && { ms: row.endedAt - row.startedAt }),
  };
}
