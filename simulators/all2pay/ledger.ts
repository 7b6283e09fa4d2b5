/** Orders, their bookings and the stored cards, across restarts. All2pay payouts document §3, §7a.1, §11.3 and §18. */
import type { Binding, LineFile } from './line-file.js';
import type { Order } from './order.js';
import { orderKey } from './order.js';

export interface Ledger {
  /** Remembers the order, on disk first, and gives it back. */
  save(order: Order): Order;
  find(login: string, orderNumber: string): Order | undefined;
  findById(orderId: string): Order | undefined;
  /** Everything that has this order number, whosoever it is. */
  named(orderNumber: string): Order[];
  all(): Order[];
  /** The sum of the login's bookings, in kopecks. */
  booked(login: string): number;
  saveBinding(binding: Binding): Binding;
  binding(bindingId: string): Binding | undefined;
  /** Forgets all orders and the bindings made since the start. */
  reset(): void;
}

export function createLedger(file: LineFile, givenBindings: readonly Binding[]): Ledger {
  const orders = new Map<string, Order>();
  const keysById = new Map<string, string>();
  const bindings = new Map<string, Binding>();
  const bookedBy = new Map<string, number>();

  function remember(order: Order): void {
    const key = orderKey(order.login, order.orderNumber);
    const more = sumOf(order) - sumOf(orders.get(key));
    if (more !== 0) bookedBy.set(order.login, (bookedBy.get(order.login) ?? 0) + more);
    orders.set(key, order);
    keysById.set(order.orderId, key);
  }

  function forget(): void {
    for (const memory of [orders, keysById, bindings, bookedBy]) memory.clear();
    for (const binding of givenBindings) bindings.set(binding.bindingId, binding);
  }

  forget();
  for (const line of file.lines) {
    if (line.kind === 'order') remember(line.order);
    if (line.kind === 'binding') bindings.set(line.binding.bindingId, line.binding);
    if (line.kind === 'reset') forget();
  }

  return {
    save: (order) => {
      file.append({ kind: 'order', order });
      remember(order);
      return order;
    },
    find: (login, orderNumber) => orders.get(orderKey(login, orderNumber)),
    findById: (orderId) => orders.get(keysById.get(orderId) ?? ''),
    named: (orderNumber) => [...orders.values()].filter((order) => order.orderNumber === orderNumber),
    all: () => [...orders.values()],
    booked: (login) => bookedBy.get(login) ?? 0,
    saveBinding: (binding) => {
      file.append({ kind: 'binding', binding });
      bindings.set(binding.bindingId, binding);
      return binding;
    },
    binding: (bindingId) => bindings.get(bindingId),
    reset: () => {
      file.append({ kind: 'reset' });
      forget();
    },
  };
}

function sumOf(order: Order | undefined): number {
  return (order?.bookings ?? []).reduce((sum, { amount }) => sum + amount, 0);
}
