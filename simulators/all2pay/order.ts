/** One order as the payouts module remembers it. All2pay payouts document §3 and §10.1. */

/** Known to the module only | registered | completed | declined | pending. */
export type OrderStatus = '-1' | '0' | '2' | '6' | '7';

/** The record that money moved once. Amounts are kopecks. */
export interface Booking {
  readonly refNum: string;
  readonly amount: number;
  readonly currency: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Who is paid, masked: the card number is never kept. */
export interface MaskedTarget {
  /** First six, X, last four. */
  readonly maskedPan?: string | undefined;
  readonly maskedPhone?: string | undefined;
  readonly bindingId?: string | undefined;
}

export interface Order {
  readonly login: string;
  readonly orderNumber: string;
  readonly orderId: string;
  /** The bank's own id, `mdOrder_svip`. */
  readonly bankOrderId: string;
  readonly flow: 'direct' | 'page';
  readonly amount: number;
  readonly currency: string;
  readonly createdAt: number;
  readonly status: OrderStatus;
  /** Failed before the bank: every later call answers row 16. */
  readonly rejected: boolean;
  readonly actionCode?: number | undefined;
  readonly finishedAt?: number | undefined;
  readonly bookings: readonly Booking[];
  readonly description?: string | undefined;
  readonly language?: string | undefined;
  readonly clientId?: string | undefined;
  readonly jsonParams?: Readonly<Record<string, string>> | undefined;
  readonly target?: MaskedTarget | undefined;
  readonly returnUrl?: string | undefined;
  readonly failUrl?: string | undefined;
  /** The hosted page's end, epoch ms. */
  readonly expiresAt?: number | undefined;
  /** Status queries do not find the order before this, epoch ms. */
  readonly hiddenUntil?: number | undefined;
  /** When `7` becomes `2`, epoch ms, and how many bookings that makes. */
  readonly settlesAt?: number | undefined;
  readonly creditsDue?: number | undefined;
  readonly callback?: 'due' | 'delivered' | 'given_up' | 'suppressed' | undefined;
}

export function isFinal(order: Order): boolean {
  return order.rejected || order.status === '2' || order.status === '6';
}

/** Order numbers are unique per login. Neither part can hold a line feed. */
export function orderKey(login: string, orderNumber: string): string {
  return `${login}\n${orderNumber}`;
}
