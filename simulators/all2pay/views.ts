/** How the control endpoint shows orders and money: how often each moved is what All2pay payouts document §18 asks for. */
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
  readonly formUrl: string | null;
  /** How often money moved. */
  readonly bookings: number;
  /** All that moved, in kopecks. */
  readonly bookedAmount: number;
  readonly bookingRecords: readonly Booking[];
  readonly callback: Order['callback'] | null;
}

export interface LedgerView {
  readonly orders: readonly OrderView[];
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
    bookings: bookings.length,
    bookedAmount: bookings.reduce((sum, booking) => sum + booking.amount, 0),
    bookingRecords: bookings,
    callback: order.callback ?? null,
  };
}

export function ledgerView(ledger: Ledger, view: (order: Order) => OrderView): LedgerView {
  const orders = ledger.all().map(view);
  return {
    orders,
    totals: {
      orders: orders.length,
      bookings: orders.reduce((sum, { bookings }) => sum + bookings, 0),
      bookedAmount: orders.reduce((sum, { bookedAmount }) => sum + bookedAmount, 0),
      bookedTwice: orders.filter(({ bookings }) => bookings > 1).length,
    },
  };
}
