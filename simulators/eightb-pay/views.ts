/** How the control shows orders and money. */
import type { Ledger } from './ledger.js';
import type { Order, Status, Transaction } from './order.js';
import { sumOf } from './order.js';

export interface PayTransactionView {
  readonly id: string;
  /** What is true now, whatever a status query would be told. */
  readonly status: Status;
  readonly card: string;
  readonly token: string | null;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
}

export interface PayOrderView {
  readonly apiKey: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly recurrent: boolean;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly sessions: readonly string[];
  readonly transactions: readonly PayTransactionView[];
  /** How often money was taken. */
  readonly bookings: number;
  /** All that was taken, in minor units of the order's currency. */
  readonly bookedMinor: number;
  readonly refundedMinor: number;
  /** Held now. */
  readonly heldMinor: number;
}

export function orderView(order: Order, ledger: Ledger): PayOrderView {
  const { apiKey, reference, amount, currency, recurrent, expiresAt, sessions } = order;
  const transactions = ledger.transactionsOf(apiKey, reference);
  const captured = transactions.flatMap(({ bookings }) => bookings.filter(({ kind }) => kind === 'capture'));
  const total = (of: (transaction: Transaction) => number): number =>
    transactions.reduce((sum, transaction) => sum + of(transaction), 0);
  return {
    ...{ apiKey, reference, amount, currency, recurrent, sessions },
    expiresAt: new Date(expiresAt).toISOString(),
    transactions: transactions.map(transactionView),
    bookings: captured.length,
    bookedMinor: total((one) => sumOf(one, 'capture')),
    refundedMinor: total((one) => sumOf(one, 'refund')),
    heldMinor: total((one) => (one.status === '1' || one.status === '7' ? sumOf(one, 'hold') : 0)),
  };
}

function transactionView(transaction: Transaction): PayTransactionView {
  const { id, status, card, token = null } = transaction;
  return {
    ...{ id: String(id), status, token, card: `${card.pan6}******${card.pan4}` },
    capturedMinor: sumOf(transaction, 'capture'),
    refundedMinor: sumOf(transaction, 'refund'),
  };
}
