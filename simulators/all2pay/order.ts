/** One order as the payouts module remembers it. All2pay payouts document §3 and §10.1. */

/** Known to the module only | registered | completed | 3DS begun | declined | pending. */
export type OrderStatus = '-1' | '0' | '2' | '5' | '6' | '7';

/** The record that money moved once. Amounts are kopecks. */
export interface Booking {
  readonly refNum: string;
  /** What was ordered, whoever bears the fee. */
  readonly amount: number;
  /** Taken from the transit account beside the amount. */
  readonly feeBeside?: number | undefined;
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

/** The payer's card that the money comes from, masked; without one it comes from the transit account. */
export interface Source {
  readonly bindingId: string;
  /** Undefined: the provider has no data of such a card. */
  readonly maskedPan?: string | undefined;
  readonly clientId?: string | undefined;
}

/** 3DS that a person must answer (§7). */
export interface Challenge {
  readonly mdOrder: string;
  /** Epoch ms; undefined: it may be answered for ever. */
  readonly expiresAt?: number | undefined;
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
  readonly source?: Source | undefined;
  readonly challenge?: Challenge | undefined;
  readonly merchantLogin?: string | undefined;
  /** Declined tries on the hosted page, where it allows another. */
  readonly declinedTries?: number | undefined;
  readonly returnUrl?: string | undefined;
  readonly failUrl?: string | undefined;
  /** The hosted page's end, epoch ms. */
  readonly expiresAt?: number | undefined;
  /** Status queries do not find the order before this, epoch ms. */
  readonly hiddenUntil?: number | undefined;
  /** When `7` becomes `2`, epoch ms, and how many bookings that makes. */
  readonly settlesAt?: number | undefined;
  readonly creditsDue?: number | undefined;
  /** What is said instead of `7` until then, each for an equal part of the time, and since when. */
  readonly pendingAs?: readonly OrderStatus[] | undefined;
  readonly pendingSince?: number | undefined;
  readonly callback?: 'due' | 'delivered' | 'given_up' | 'suppressed' | undefined;
}

export function isFinal(order: Order): boolean {
  return order.rejected || order.status === '2' || order.status === '6';
}

/** What a status query is told: `7`, or what stands for it at this moment. */
export function shownStatus({ status, pendingAs, pendingSince = 0, settlesAt = 0 }: Order): OrderStatus {
  if (status !== '7' || !pendingAs) return status;
  const part = (Date.now() - pendingSince) / Math.max(1, settlesAt - pendingSince);
  const place = Math.min(Math.max(Math.floor(part * pendingAs.length), 0), pendingAs.length - 1);
  return pendingAs[place] ?? status;
}

/** Order numbers are unique per login. Neither part can hold a line feed. */
export function orderKey(login: string, orderNumber: string): string {
  return `${login}\n${orderNumber}`;
}
