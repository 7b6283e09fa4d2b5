/** Orders, their bookings and the stored cards, across restarts. All2pay payouts document §3, §7a, §11.3 and §18. */
import type { Binding } from './binding.js';
import type { CardOrder } from './card-order.js';
import type { LineFile } from './line-file.js';
import type { Money } from './money.js';
import { createMoney } from './money.js';
import type { Order } from './order.js';
import { orderKey } from './order.js';

/** Payouts and requests to store a card share one row of numbers. */
export interface Ledger {
  /** Remembers the order, on disk first, and gives it back. */
  save(order: Order): Order;
  find(login: string, orderNumber: string): Order | undefined;
  findById(orderId: string): Order | undefined;
  /** Every payout that has this order number, whosoever it is. */
  named(orderNumber: string): Order[];
  all(): Order[];

  saveCardOrder(cardOrder: CardOrder): CardOrder;
  findCardOrder(login: string, orderNumber: string): CardOrder | undefined;
  findCardOrderById(orderId: string): CardOrder | undefined;
  cardOrders(): CardOrder[];

  saveBinding(binding: Binding): Binding;
  binding(bindingId: string): Binding | undefined;
  bindings(): Binding[];

  /** What waits for the 3DS with this `mdOrder`, or did. */
  challenged(mdOrder: string): Order | CardOrder | undefined;
  /** Takes down what became of the callback of either kind. */
  noteCallback(login: string, orderNumber: string, callback: Order['callback']): void;
  readonly money: Money;
  /** Forgets all orders and the bindings made since the start. */
  reset(): void;
}

export function createLedger(file: LineFile, givenBindings: readonly Binding[]): Ledger {
  const orders = new Map<string, Order>();
  const cardOrders = new Map<string, CardOrder>();
  /** By orderId, and by mdOrder where there was a challenge. */
  const keysById = new Map<string, string>();
  const bindings = new Map<string, Binding>();
  const money = createMoney();

  function remember(order: Order): void {
    const key = orderKey(order.login, order.orderNumber);
    money.change(orders.get(key), order);
    orders.set(key, order);
    index(key, order);
  }

  function rememberCard(cardOrder: CardOrder): void {
    const key = orderKey(cardOrder.login, cardOrder.orderNumber);
    cardOrders.set(key, cardOrder);
    index(key, cardOrder);
  }

  function index(key: string, { orderId, challenge }: Order | CardOrder): void {
    keysById.set(orderId, key);
    if (challenge) keysById.set(challenge.mdOrder, key);
  }

  function forget(): void {
    for (const memory of [orders, cardOrders, keysById, bindings]) memory.clear();
    money.clear();
    for (const binding of givenBindings) bindings.set(binding.bindingId, binding);
  }

  function saveCardOrder(cardOrder: CardOrder): CardOrder {
    file.append({ kind: 'card-order', cardOrder });
    rememberCard(cardOrder);
    return cardOrder;
  }

  function save(order: Order): Order {
    file.append({ kind: 'order', order });
    remember(order);
    return order;
  }

  forget();
  for (const line of file.lines) {
    if (line.kind === 'order') remember(line.order);
    if (line.kind === 'card-order') rememberCard(line.cardOrder);
    if (line.kind === 'binding') bindings.set(line.binding.bindingId, line.binding);
    if (line.kind === 'reset') forget();
  }

  const byId = (id: string): string => keysById.get(id) ?? '';
  return {
    save,
    find: (login, orderNumber) => orders.get(orderKey(login, orderNumber)),
    findById: (orderId) => orders.get(byId(orderId)),
    named: (orderNumber) => [...orders.values()].filter((order) => order.orderNumber === orderNumber),
    all: () => [...orders.values()],
    saveCardOrder,
    findCardOrder: (login, orderNumber) => cardOrders.get(orderKey(login, orderNumber)),
    findCardOrderById: (orderId) => cardOrders.get(byId(orderId)),
    cardOrders: () => [...cardOrders.values()],
    saveBinding: (binding) => {
      file.append({ kind: 'binding', binding });
      bindings.set(binding.bindingId, binding);
      return binding;
    },
    binding: (bindingId) => bindings.get(bindingId),
    bindings: () => [...bindings.values()],
    challenged: (mdOrder) => {
      const found = orders.get(byId(mdOrder)) ?? cardOrders.get(byId(mdOrder));
      return found?.challenge?.mdOrder === mdOrder ? found : undefined;
    },
    noteCallback: (login, orderNumber, callback) => {
      const key = orderKey(login, orderNumber);
      const order = orders.get(key);
      const cardOrder = cardOrders.get(key);
      if (order) save({ ...order, callback });
      else if (cardOrder) saveCardOrder({ ...cardOrder, callback });
    },
    money,
    reset: () => {
      file.append({ kind: 'reset' });
      forget();
    },
  };
}
