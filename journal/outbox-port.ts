import type { AccountId, MerchantId, OrderId } from '../domain/ids.js';
import type { Doer } from './audit/port.js';

/** What an operator is told of. `contradiction`: of a state that is final. */
export type NoticeKind = 'review_entered' | 'review_left' | 'correction' | 'contradiction';

/** One thing that an operator is told, written in the same statement as the event that it tells of. */
export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly subject: 'payout' | 'payment';
  readonly merchant: MerchantId;
  /** The payout's or payment's id. */
  readonly subjectId: string;
  readonly account: AccountId;
  readonly orderId: OrderId;
  /** The same as `to` where nothing moved. */
  readonly from: string;
  readonly to: string;
  readonly reason?: { readonly code: string; readonly message?: string | undefined } | undefined;
  /** ISO 8601. */
  readonly at: string;
  readonly state: 'waiting' | 'delivered' | 'dead';
  readonly tries: number;
  readonly lastError?: string | undefined;
}

/** The notices that wait for their delivery. */
export interface NoticeOutbox {
  /** Takes those that are due for one try: whoever takes one has a minute for it. */
  due(limit: number): Promise<readonly Notice[]>;
  delivered(id: string): Promise<void>;
  /** Without `retryInMs` it is dead: no try is made by itself any more. */
  failed(id: string, error: string, retryInMs: number | undefined): Promise<void>;
  /** Oldest first. */
  undelivered(limit: number): Promise<readonly Notice[]>;
  /** Due at once, as if new. False if there is none that is undelivered. */
  retry(id: string, by: Doer): Promise<boolean>;
}
