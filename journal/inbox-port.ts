import type { AccountId, OrderId } from '../domain/ids.js';
import type { PaymentTransaction } from '../domain/payment-transaction.js';
import type { CallbackProof } from '../domain/provider-answer.js';
import type { Doer } from './audit/port.js';
import type { Page } from './port.js';

/** A callback as stored before it is acknowledged (money rule 5). */
export interface StoredCallback {
  readonly id: string;
  readonly account: AccountId;
  readonly orderId: OrderId;
  readonly dedupeKey: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly state: CallbackState;
  readonly proof?: CallbackProof | undefined;
  /** What a hint suggests that is worth a question even after a success. */
  readonly suggests?: 'returned' | undefined;
  /** Of a payment: what the message says of the order's transactions. */
  readonly transactions?: readonly PaymentTransaction[] | undefined;
  /** Of a payment: the token of the payer's card that the message holds. */
  readonly sealedToken?: string | undefined;
}

/** `received`: not yet handed to a workflow. `late`: its workflow had ended. `orphan`: no payout has this order id. */
export type CallbackState = 'received' | 'delivered' | 'late' | 'orphan';

export interface CallbackInbox {
  /** Stores once per (account, dedupeKey); a repeat returns the stored one with `repeated: true`. */
  store(callback: {
    account: AccountId;
    orderId: OrderId;
    dedupeKey: string;
    proof?: CallbackProof | undefined;
    suggests?: 'returned' | undefined;
    transactions?: readonly PaymentTransaction[] | undefined;
    sealedToken?: string | undefined;
    raw: { method: string; url: string; headers: Readonly<Record<string, string>>; body: Uint8Array };
  }): Promise<{ callback: StoredCallback; repeated: boolean }>;
  mark(id: string, state: CallbackState): Promise<void>;
  /** Oldest first: those in state `received` for longer than `olderThanMs`. */
  pending(olderThanMs: number, limit: number): Promise<readonly StoredCallback[]>;
  /** Those in one state, oldest first. */
  list(
    filter: { state: CallbackState; account?: AccountId | undefined },
    page: { limit: number; cursor?: string | undefined },
  ): Promise<Page<StoredCallback>>;
  /** Lets an orphan wait for its delivery again. False if there is no such orphan. */
  retryOrphan(id: string, by: Doer): Promise<boolean>;
  /** What came in about one order, oldest first. */
  ofOrder(account: AccountId, orderId: OrderId): Promise<readonly StoredCallback[]>;
}
