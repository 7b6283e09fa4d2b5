/** One order as the provider remembers it, and what payers did to it. 8b.world /pay §4.1, §5 and §6. */

/** §6. */
export type Status = '0' | '1' | '2' | '3' | '4' | '7' | '8' | '98' | '99';

/** The record that money moved. Amounts are minor units of the order's currency. */
export interface Booking {
  readonly kind: 'hold' | 'release' | 'capture' | 'refund';
  readonly minor: number;
  readonly at: number;
}

/** The card that was typed; never its whole number. */
export interface Card {
  readonly pan6: string;
  readonly pan4: string;
  readonly holder: string;
}

export interface Transaction {
  readonly id: number;
  readonly apiKey: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: Status;
  readonly card: Card;
  /** Epoch ms. */
  readonly createdAt: number;
  /** The payer is at the bank's page. */
  readonly challenged?: boolean | undefined;
  readonly failure?: { readonly words: string; readonly id: string } | undefined;
  readonly token?: string | undefined;
  readonly bookings: readonly Booking[];
  /** Paid back, in minor units of the payment system's currency. */
  readonly refundedSystem: number;
}

export interface Order {
  readonly apiKey: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  readonly successUrl: string;
  readonly failureUrl: string;
  readonly lang: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  readonly keepCard: boolean;
  readonly verification: boolean;
  /** Of the document that made it. */
  readonly fingerprint: string;
  /** By token: there is no page. */
  readonly recurrent: boolean;
  readonly sessions: readonly string[];
}

/** A card kept for its shop. */
export interface KeptCard {
  readonly token: string;
  readonly apiKey: string;
  readonly card: Card;
}

export function sumOf(transaction: Transaction, kind: Booking['kind']): number {
  return transaction.bookings.reduce((sum, one) => sum + (one.kind === kind ? one.minor : 0), 0);
}
