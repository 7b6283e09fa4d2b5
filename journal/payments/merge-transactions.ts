import { sameMoney, type Money } from '../../domain/money.js';
import { transactionChange, type PaymentTransaction } from '../../domain/payment-transaction.js';

export interface Merged {
  readonly transactions: readonly PaymentTransaction[];
  /** Those that are new, or moved on. */
  readonly moved: readonly PaymentTransaction[];
  /** What was told of a transaction that cannot be so any more: a person must look. */
  readonly contradictions: readonly PaymentTransaction[];
}

/** What is known of an order's transactions, with what was told of them now. Old news change nothing. */
export function mergeTransactions(
  known: readonly PaymentTransaction[],
  told: readonly PaymentTransaction[],
): Merged {
  const byId = new Map(known.map((transaction) => [transaction.id, transaction]));
  const moved = new Map<string, PaymentTransaction>();
  const contradictions: PaymentTransaction[] = [];
  for (const now of told) {
    const before = byId.get(now.id);
    const change = before ? transactionChange(before.status, now.status) : 'move';
    if (change === 'older') continue;
    if (change === 'contradiction') {
      contradictions.push(now);
      continue;
    }
    byId.set(now.id, together(before, now));
    if (change === 'move') moved.set(now.id, now);
  }
  return { transactions: [...byId.values()], moved: [...moved.values()], contradictions };
}

/** The newer word, and what it leaves out of the older one. */
function together(before: PaymentTransaction | undefined, now: PaymentTransaction): PaymentTransaction {
  const told = Object.fromEntries(Object.entries(now).filter(([, value]) => value !== undefined));
  return { ...before, ...(told as unknown as PaymentTransaction) };
}

/** Transactions that hold the payer's money, or may yet. */
const AT_STAKE: ReadonlySet<PaymentTransaction['status']> = new Set([
  'started',
  'held',
  'paid',
  'uncertain',
  'release_failed',
  'unmapped',
]);

/** One of another amount or currency than was asked for. */
export function strangeAmount(
  transactions: readonly PaymentTransaction[],
  asked: Money,
): PaymentTransaction | undefined {
  return transactions.find(
    ({ amount, status }) => amount !== undefined && AT_STAKE.has(status) && !sameMoney(amount, asked),
  );
}
