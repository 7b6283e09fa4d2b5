/** How the control endpoint shows orders, cards and money: how often each moved is what All2pay payouts document §18 asks for. */
import type { Binding } from './binding.js';
import type { CardOrder } from './card-order.js';
import type { Ledger } from './ledger.js';
import type { Booking, Order, OrderStatus } from './order.js';

export interface OrderView {
  readonly login: string;
  readonly orderNumber: string;
  readonly orderId: string;
  readonly flow: 'direct' | 'page';
  /** What is true now, whatever a status query would be told. */
  readonly status: OrderStatus;
  /** Status queries answer row 16. */
  readonly rejected: boolean;
  readonly actionCode: number | null;
  /** Ordered, in kopecks. */
  readonly amount: number;
  readonly currency: string;
  readonly maskedPan: string | null;
  readonly maskedPhone: string | null;
  /** The recipient's stored card. */
  readonly bindingId: string | null;
  /** The payer's stored card; null: the transit account. */
  readonly sourceBindingId: string | null;
  readonly merchantLogin: string | null;
  readonly formUrl: string | null;
  /** How often money moved. */
  readonly bookings: number;
  /** All that moved, in kopecks. */
  readonly bookedAmount: number;
  readonly bookingRecords: readonly Booking[];
  readonly callback: Order['callback'] | null;
}

/** A request to store a card. */
export interface CardOrderView extends Pick<
  CardOrder,
  'login' | 'orderNumber' | 'orderId' | 'method' | 'clientId' | 'maskedPan' | 'state'
> {
  readonly bindingId: string | null;
  readonly merchantLogin: string | null;
  readonly callback: Order['callback'] | null;
}

/** A stored card and whose it is. */
export interface BindingView extends Pick<Binding, 'bindingId' | 'clientId' | 'maskedPan' | 'direction'> {
  /** Null: there from the start, for every login. */
  readonly login: string | null;
  readonly dead: boolean;
}

export interface LedgerView {
  readonly orders: readonly OrderView[];
  readonly cardOrders: readonly CardOrderView[];
  readonly bindings: readonly BindingView[];
  readonly totals: {
    readonly orders: number;
    readonly bookings: number;
    readonly bookedAmount: number;
    /** Orders whose money moved more than once. */
    readonly bookedTwice: number;
  };
}

export function orderView(order: Order, formUrl: string | null): OrderView {
  const { login, orderNumber, orderId, flow, status, rejected, amount, currency, bookings } = order;
  return {
    ...{ login, orderNumber, orderId, flow, status, rejected, amount, currency, formUrl },
    actionCode: order.actionCode ?? null,
    maskedPan: order.target?.maskedPan ?? null,
    maskedPhone: order.target?.maskedPhone ?? null,
    bindingId: order.target?.bindingId ?? null,
    sourceBindingId: order.source?.bindingId ?? null,
    merchantLogin: order.merchantLogin ?? null,
    bookings: bookings.length,
    bookedAmount: bookings.reduce((sum, booking) => sum + booking.amount, 0),
    bookingRecords: bookings,
    callback: order.callback ?? null,
  };
}

export function cardOrderView(cardOrder: CardOrder): CardOrderView {
  const { login, orderNumber, orderId, method, clientId, maskedPan, state } = cardOrder;
  return {
    ...{ login, orderNumber, orderId, method, clientId, maskedPan, state },
    bindingId: cardOrder.bindingId ?? null,
    merchantLogin: cardOrder.merchantLogin ?? null,
    callback: cardOrder.callback ?? null,
  };
}

export function bindingView({
  bindingId,
  clientId,
  maskedPan,
  direction,
  login,
  dead,
}: Binding): BindingView {
  return { bindingId, clientId, maskedPan, direction, login: login ?? null, dead: dead ?? false };
}

export function ledgerView(
  ledger: Ledger,
  view: (order: Order) => OrderView,
  cardView: (cardOrder: CardOrder) => CardOrderView,
): LedgerView {
  const orders = ledger.all().map(view);
  return {
    orders,
    cardOrders: ledger.cardOrders().map(cardView),
    bindings: ledger.bindings().map(bindingView),
    totals: {
      orders: orders.length,
      bookings: orders.reduce((sum, { bookings }) => sum + bookings, 0),
      bookedAmount: orders.reduce((sum, { bookedAmount }) => sum + bookedAmount, 0),
      bookedTwice: orders.filter(({ bookings }) => bookings > 1).length,
    },
  };
}
