/** Orders and what was booked for them. Payneteasy §12. */
import { randomInt } from 'node:crypto';

import type { Booking, Order } from './order.js';
import { orderKey } from './order.js';

export interface Ledger {
  add(order: Order): Order;
  find(login: string, clientOrderId: string): Order | undefined;
  findByForm(token: string): Order | undefined;
  all(): readonly Order[];
  /** Moves the money, once more. */
  book(order: Order): Booking;
  /** Booked and not reversed, of one merchant in one currency, in minor units. */
  bookedMinor(login: string, currency: string): number;
  nextOrderId(): string;
  reset(): void;
}

export function createLedger(): Ledger {
  const orders = new Map<string, Order>();
  let lastId = 6_768_000 + randomInt(1_000);
  return {
    add: (order) => {
      orders.set(orderKey(order.login, order.clientOrderId), order);
      return order;
    },
    find: (login, clientOrderId) => orders.get(orderKey(login, clientOrderId)),
    findByForm: (token) => [...orders.values()].find(({ form }) => form?.token === token),
    all: () => [...orders.values()],
    book: (order) => {
      const { amountMinor, currency } = order;
      const reference = String(randomInt(10 ** 12)).padStart(12, '0');
      const booking = { reference, amountMinor, currency, at: Date.now(), reversed: false };
      order.bookings.push(booking);
      return booking;
    },
    bookedMinor: (login, currency) =>
      [...orders.values()]
        .filter((order) => order.login === login && order.currency === currency)
        .flatMap(({ bookings }) => bookings)
        .reduce((sum, { amountMinor, reversed }) => sum + (reversed ? 0 : amountMinor), 0),
    nextOrderId: () => String((lastId += 1)),
    reset: () => orders.clear(),
  };
}
