/** How the control shows orders: how often money moved is what tests ask for. */
import type { Booking, Order } from './order.js';

export interface PayneteasyOrderView extends Pick<
  Order,
  | 'login'
  | 'clientOrderId'
  | 'orderId'
  | 'command'
  | 'amountMinor'
  | 'currency'
  | 'destination'
  | 'status'
  | 'stage'
  | 'phase'
  | 'kind'
  | 'callback'
> {
  /** The receiver's form, while it is open. */
  readonly formUrl: string | undefined;
  /** How often money moved. */
  readonly bookings: number;
  /** All that moved, in minor units. */
  readonly bookedMinor: number;
  readonly bookingRecords: readonly Booking[];
}

export interface PayneteasyLedgerView {
  readonly orders: readonly PayneteasyOrderView[];
  readonly totals: {
    readonly orders: number;
    readonly bookings: number;
    readonly bookedMinor: number;
    /** Orders whose money moved more than once. */
    readonly bookedTwice: number;
  };
}

export function orderView(order: Order, formUrl: string | undefined): PayneteasyOrderView {
  const { login, clientOrderId, orderId, command, amountMinor, currency, destination } = order;
  const { status, stage, phase, kind, callback, bookings } = order;
  return {
    ...{ login, clientOrderId, orderId, command, amountMinor, currency, destination },
    ...{ status, stage, phase, kind, callback, formUrl },
    bookings: bookings.length,
    bookedMinor: bookings.reduce((sum, booking) => sum + booking.amountMinor, 0),
    bookingRecords: bookings.map((booking) => ({ ...booking })),
  };
}

export function ledgerView(orders: readonly PayneteasyOrderView[]): PayneteasyLedgerView {
  return {
    orders,
    totals: {
      orders: orders.length,
      bookings: orders.reduce((sum, { bookings }) => sum + bookings, 0),
      bookedMinor: orders.reduce((sum, { bookedMinor }) => sum + bookedMinor, 0),
      bookedTwice: orders.filter(({ bookings }) => bookings > 1).length,
    },
  };
}
