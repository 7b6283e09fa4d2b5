import type { TransactionStatus } from '../../domain/payment-transaction.js';

export interface StatusRow {
  /** The provider's number. */
  readonly code: string;
  readonly status: TransactionStatus;
  /** The document's own words. */
  readonly words: string;
}

/** 8b.world /pay §6. A code that is not here is unmapped: a person must look. */
export const STATUS_TABLE: readonly StatusRow[] = [
  { code: '0', status: 'started', words: 'created; payer redirected' },
  { code: '1', status: 'held', words: 'authorized, funds held' },
  { code: '2', status: 'released', words: 'hold released' },
  { code: '3', status: 'paid', words: 'paid' },
  { code: '4', status: 'refunded', words: 'refunded' },
  { code: '7', status: 'release_failed', words: 'error while releasing the hold at the issuer' },
  { code: '8', status: 'uncertain', words: 'processing incomplete: the gateway re-checks' },
  { code: '98', status: 'expired', words: 'expired' },
  { code: '99', status: 'failed', words: 'processing error, unsuccessful' },
];

/** What an account's configuration may map a code to. */
export const TRANSACTION_STATUSES = [
  'started',
  'held',
  'released',
  'paid',
  'refunded',
  'release_failed',
  'uncertain',
  'expired',
  'failed',
  'unmapped',
] as const satisfies readonly TransactionStatus[];

/** By the account's changes first. `unmapped` is never a guess. */
export function transactionStatus(
  code: string,
  changes: Readonly<Record<string, TransactionStatus>>,
): TransactionStatus {
  const changed = Object.hasOwn(changes, code) ? changes[code] : undefined;
  return changed ?? STATUS_TABLE.find((row) => row.code === code)?.status ?? 'unmapped';
}
