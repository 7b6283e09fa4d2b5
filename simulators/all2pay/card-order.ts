/** One request to store a card, as the payouts module remembers it. All2pay payouts document §7a. */
import type { Challenge } from './order.js';

export type StoringMethod = 'createTargetBindingId' | 'createSourceBindingId';

/** `rejected`: refused before the bank saw it, row 16 for ever. */
export type CardOrderState = 'awaiting3ds' | 'active' | 'failed' | 'expired' | 'rejected';

export interface CardOrder {
  readonly login: string;
  /** Shares the order numbers of payouts. */
  readonly orderNumber: string;
  readonly orderId: string;
  readonly method: StoringMethod;
  readonly clientId: string;
  readonly maskedPan: string;
  readonly merchantLogin?: string | undefined;
  readonly state: CardOrderState;
  readonly bindingId?: string | undefined;
  readonly challenge?: Challenge | undefined;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly callback?: 'due' | 'delivered' | 'given_up' | 'suppressed' | undefined;
}

export function directionOf({ method }: CardOrder): 'target' | 'source' {
  return method === 'createSourceBindingId' ? 'source' : 'target';
}
