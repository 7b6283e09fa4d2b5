/** What the orders have taken from each login's transit account, counted as they change. Kopecks. */
import type { Order } from './order.js';

export interface Money {
  /** Gone: every booking, and the fees beside them. */
  booked(login: string): number;
  /** Promised to pending orders. */
  reserved(login: string): number;
  change(before: Order | undefined, after: Order): void;
  clear(): void;
}

export function createMoney(): Money {
  const booked = new Map<string, number>();
  const reserved = new Map<string, number>();
  const add = (sums: Map<string, number>, login: string, more: number): void => {
    if (more !== 0) sums.set(login, (sums.get(login) ?? 0) + more);
  };
  return {
    booked: (login) => booked.get(login) ?? 0,
    reserved: (login) => reserved.get(login) ?? 0,
    change: (before, after) => {
      add(booked, after.login, bookedBy(after) - bookedBy(before));
      add(reserved, after.login, reservedBy(after) - reservedBy(before));
    },
    clear: () => {
      booked.clear();
      reserved.clear();
    },
  };
}

/** Money from a payer's card never was in the transit account. */
function bookedBy(order: Order | undefined): number {
  if (!order || order.source) return 0;
  return order.bookings.reduce((sum, { amount, feeBeside = 0 }) => sum + amount + feeBeside, 0);
}

function reservedBy(order: Order | undefined): number {
  if (!order || order.source || order.status !== '7') return 0;
  return order.amount * (order.creditsDue ?? 0);
}
