/** One order as the gateway remembers it. Payneteasy §6.5 and §7. */
import type { Scenario } from './scenario.js';

export type Status = 'processing' | 'approved' | 'declined' | 'filtered' | 'error' | 'unknown';

/** The record that money moved once. */
export interface Booking {
  /** `processor-rrn`. */
  readonly reference: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** Epoch ms. */
  readonly at: number;
  /** It came back. */
  reversed: boolean;
}

export interface Order {
  readonly login: string;
  readonly clientOrderId: string;
  /** The gateway's own id: digits. */
  readonly orderId: string;
  readonly command: 'payout' | 'payout-by-ref' | 'payout-check';
  readonly endpoint: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** Where the money goes, masked: a card number is never kept. */
  readonly destination: string;
  readonly scenario: Scenario;
  readonly serverCallbackUrl: string | undefined;
  readonly notifyUrl: string | undefined;
  readonly redirectUrl: string | undefined;
  /** Epoch ms. */
  readonly createdAt: number;
  status: Status;
  stage: string;
  /** Of two steps: `checking`, `ready`, then `paying` for both flows, until the end. */
  phase: 'checking' | 'ready' | 'paying' | 'over';
  /** What the newest transaction is: a check, the payout itself, or its reversal. */
  kind: 'check' | 'payout' | 'reversal';
  /** The receiver's form, while it is open. */
  form: { readonly token: string } | undefined;
  errorCode: string | undefined;
  errorMessage: string | undefined;
  readonly bookings: Booking[];
  callback: 'due' | 'delivered' | 'given_up' | 'suppressed' | 'no_such_port' | undefined;
}

export function isFinal({ phase }: Order): boolean {
  return phase === 'over';
}

/** Order ids of ours are unique per merchant. Neither part can hold a line feed. */
export function orderKey(login: string, clientOrderId: string): string {
  return `${login}\n${clientOrderId}`;
}
