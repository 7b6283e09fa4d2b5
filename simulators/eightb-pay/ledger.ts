/** Orders, transactions with their bookings, sessions and kept cards, in memory. 8b.world /pay §10. */
import type { KeptCard, Order, Transaction } from './order.js';

export interface Ledger {
  saveOrder(order: Order): Order;
  order(apiKey: string, reference: string): Order | undefined;
  bySession(session: string): Order | undefined;
  orders(): Order[];
  nextId(): number;
  saveTransaction(transaction: Transaction): Transaction;
  transaction(id: number): Transaction | undefined;
  /** In the order of their ids. */
  transactionsOf(apiKey: string, reference: string): Transaction[];
  transactions(): Transaction[];
  keep(card: KeptCard): void;
  kept(apiKey: string, token: string): KeptCard | undefined;
  reset(): void;
}

const FIRST_ID = 197;

export function createLedger(): Ledger {
  const orders = new Map<string, Order>();
  const sessions = new Map<string, string>();
  const transactions = new Map<number, Transaction>();
  const cards = new Map<string, KeptCard>();
  let lastId = FIRST_ID - 1;
  const keyOf = (apiKey: string, reference: string): string => JSON.stringify([apiKey, reference]);

  return {
    saveOrder: (order) => {
      const key = keyOf(order.apiKey, order.reference);
      orders.set(key, order);
      for (const session of order.sessions) sessions.set(session, key);
      return order;
    },
    order: (apiKey, reference) => orders.get(keyOf(apiKey, reference)),
    bySession: (session) => orders.get(sessions.get(session) ?? ''),
    orders: () => [...orders.values()],
    nextId: () => (lastId += 1),
    saveTransaction: (transaction) => {
      transactions.set(transaction.id, transaction);
      return transaction;
    },
    transaction: (id) => transactions.get(id),
    transactionsOf: (apiKey, reference) =>
      [...transactions.values()].filter((one) => one.apiKey === apiKey && one.reference === reference),
    transactions: () => [...transactions.values()],
    keep: (card) => void cards.set(card.token, card),
    kept: (apiKey, token) => {
      const card = cards.get(token);
      return card?.apiKey === apiKey ? card : undefined;
    },
    reset: () => {
      for (const memory of [orders, sessions, transactions, cards]) memory.clear();
    },
  };
}
