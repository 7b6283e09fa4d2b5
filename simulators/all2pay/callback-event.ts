/** What happened that a callback tells of. All2pay payouts document §13 `operation`. */
import type { CardOrder } from './card-order.js';
import type { Order } from './order.js';

export interface CallbackEvent {
  readonly login: string;
  readonly orderNumber: string;
  readonly mdOrder: string;
  readonly operation: string;
  readonly ok: boolean;
  /** Kopecks. */
  readonly amount?: number | undefined;
  /** Parameters of this operation alone. */
  readonly more?: Readonly<Record<string, string>> | undefined;
  /** Epoch ms; an older message than the last says so. @default now */
  readonly at?: number | undefined;
}

export function eventOfOrder(order: Order): CallbackEvent {
  const { login, orderNumber, bankOrderId, status, amount } = order;
  // The bank's id, not the payouts module's: a receiver must go by orderNumber.
  return { login, orderNumber, mdOrder: bankOrderId, operation: 'deposited', ok: status === '2', amount };
}

export function eventOfCard(cardOrder: CardOrder): CallbackEvent {
  const { login, orderNumber, orderId, state, bindingId, clientId } = cardOrder;
  return {
    ...{ login, orderNumber, mdOrder: orderId, operation: 'bindingCreated', ok: state === 'active' },
    more: bindingId === undefined ? { clientId } : { bindingId, clientId },
  };
}

/** What a receiver should have heard before the last word. */
export function earlierEvent(event: CallbackEvent, at: number): CallbackEvent {
  return { ...event, operation: 'approved', ok: true, at };
}
