/** How the control shows operations and money: how often each was booked is what tests ask for. */
import type { Ledger, Movement } from './ledger.js';
import type { Operation } from './operation.js';

export interface OperationView extends Pick<
  Operation,
  'service' | 'id' | 'status' | 'minor' | 'amount' | 'currency' | 'destination' | 'maskedClient' | 'scenario'
> {
  /** How often money reached the recipient. */
  readonly bookings: number;
  /** All that did, in minor units. */
  readonly bookedMinor: number;
  readonly error: string | null;
  readonly callback: Operation['callback'] | null;
}

export interface LedgerView {
  readonly operations: readonly OperationView[];
  readonly movements: readonly Movement[];
  readonly totals: {
    readonly operations: number;
    readonly bookings: number;
    readonly bookedMinor: number;
    /** Operations whose money moved more than once. */
    readonly bookedTwice: number;
  };
}

export function operationView(operation: Operation): OperationView {
  const { service, id, status, minor, amount, currency, destination, maskedClient, scenario, bookings } =
    operation;
  return {
    ...{ service, id, status, minor, amount, currency, destination, maskedClient, scenario },
    bookings: bookings.length,
    bookedMinor: bookings.reduce((sum, booking) => sum + booking.minor, 0),
    error: operation.error ?? null,
    callback: operation.callback ?? null,
  };
}

export function ledgerView(ledger: Ledger, services: Iterable<string>): LedgerView {
  const operations = ledger.all().map(operationView);
  return {
    operations,
    movements: [...services].flatMap((service) => ledger.movements(service)),
    totals: {
      operations: operations.length,
      bookings: operations.reduce((sum, { bookings }) => sum + bookings, 0),
      bookedMinor: operations.reduce((sum, { bookedMinor }) => sum + bookedMinor, 0),
      bookedTwice: operations.filter(({ bookings }) => bookings > 1).length,
    },
  };
}
