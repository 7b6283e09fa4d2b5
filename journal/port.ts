import type { AccountId, MerchantId, OrderId, PayoutKey } from '../domain/ids.js';
import type { Payout, Reason } from '../domain/payout.js';
import type { SealedPayoutRequest } from '../domain/payout-request.js';
import type { PayoutStatus } from '../domain/payout-status.js';
import type { MoneyAnswer, NotPaid, Progress } from '../domain/provider-answer.js';
import type { Stop } from '../domain/stop.js';
import type { ApiKeys } from './api-keys-port.js';
import type { AuditTrail } from './audit/port.js';
import type { CallbackInbox } from './inbox-port.js';
import type { NoticeOutbox } from './outbox-port.js';
import type { PaymentJournal } from './payments/port.js';
import type { StopJournal } from './stops/port.js';
import type { StoredCardJournal } from './stored-cards/port.js';

/** A payout that passed validation, ready to be written down. */
export interface NewPayout {
  readonly request: SealedPayoutRequest;
  readonly provider: string;
  readonly orderId: OrderId;
  readonly destination: string;
  /** Keyed digest of the whole content, card included: tells a repeat from another payout under the same id. */
  readonly contentFingerprint: string;
  /** Keyed digest of the card number, where the destination is a card. */
  readonly cardFingerprint?: string | undefined;
  /** Who asked for it. */
  readonly actor: string;
}

export type Accepted =
  | { readonly kind: 'accepted'; readonly payout: Payout }
  /** Same id, same content: the original, as it stands. */
  | { readonly kind: 'repeat'; readonly payout: Payout }
  /** Same id, other content. */
  | { readonly kind: 'conflict'; readonly original: Payout }
  /** Another payout, or where `by` is absent a stored card, holds this order id at this account. */
  | { readonly kind: 'order_id_taken'; readonly by?: PayoutKey | undefined };

export type AttemptStep = 'register' | 'execute';

/** One request that could move money, from its intent to its answer. */
export interface Attempt {
  readonly number: number;
  readonly step: AttemptStep;
  readonly orderId: OrderId;
  /** Keyed digest of the exact bytes. */
  readonly requestFingerprint: string;
  /** ISO 8601: committed before the first byte left. */
  readonly intentAt: string;
  /** ISO 8601; absent while the answer is outstanding, or lost with its worker. */
  readonly answeredAt?: string | undefined;
  readonly answer?: MoneyAnswer | undefined;
  /** How often in a row the provider has said since that it does not know the order (money rule 4). */
  readonly notFoundAnswers: number;
}

export type BeganAttempt =
  /** The intent is committed: send now. */
  | { readonly kind: 'go'; readonly number: number }
  /** This step was answered before (its worker died after writing it down): do not send. */
  | { readonly kind: 'answered'; readonly answer: MoneyAnswer; readonly payout: Payout }
  /** An intent of this step has no answer: something may have been sent. Do not send. */
  | { readonly kind: 'unanswered' }
  /** Cancelled or otherwise closed in the meantime: do not send. */
  | { readonly kind: 'closed'; readonly payout: Payout }
  /** An operator stopped what would send it: do not send. */
  | { readonly kind: 'stopped' };

/** What a row's stops make of it. */
export interface StoppedBy {
  /** The oldest one in force that covers it. */
  readonly stop?: Stop | undefined;
  /** ISO 8601: when the last stop that covered it was lifted. */
  readonly resumedAt?: string | undefined;
}

/** Who did it and why: written with every event. */
export interface By {
  /** See `domain/actor.ts`. */
  readonly actor: string;
  readonly reason?: string | undefined;
}

/** One line of a history. Append-only. */
export interface HistoryLine<Type, Status> {
  readonly sequence: number;
  /** ISO 8601. */
  readonly at: string;
  readonly type: Type;
  readonly from?: Status | undefined;
  readonly to?: Status | undefined;
  readonly actor: string;
  readonly reason?: string | undefined;
  /** JSON, without secrets. */
  readonly data?: unknown;
}

export type PayoutEvent = HistoryLine<
  | 'accepted'
  | 'intent'
  | 'answer'
  | 'status'
  | 'correction'
  | 'contradiction'
  | 'callback'
  | 'cancel_refused'
  | 'stopped'
  | 'resolved',
  PayoutStatus
>;

/** All a provider call needs to know of its payout, in one read. */
export interface StoredPayout extends StoppedBy {
  readonly payout: Payout;
  readonly request: SealedPayoutRequest;
  readonly attempts: readonly Attempt[];
  /** ISO 8601: now, by the clock that also stamps the attempts. */
  readonly readAt: string;
}

export type CloseOutcome =
  | { readonly closed: true; readonly payout: Payout }
  /** `why` is for people: what was sent when, or the state it already has. */
  | { readonly closed: false; readonly why: string; readonly payout: Payout };

export interface PayoutFilter {
  readonly merchant?: MerchantId | undefined;
  readonly account?: AccountId | undefined;
  readonly status?: PayoutStatus | undefined;
  readonly batch?: string | undefined;
  readonly cardFingerprint?: string | undefined;
  /** ISO 8601, inclusive. */
  readonly createdFrom?: string | undefined;
  /** ISO 8601, exclusive. */
  readonly createdTo?: string | undefined;
}

/** A payout that waits for a person. */
export interface Review {
  readonly payout: Payout;
  /** ISO 8601: when it came into review, the last time it did. */
  readonly since: string;
}

export interface ReviewFilter {
  readonly merchant?: MerchantId | undefined;
  readonly account?: AccountId | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; absent on the last page. */
  readonly nextCursor?: string | undefined;
}

/** The payouts, their events and attempts. Each method is one transaction. */
export interface PayoutJournal {
  accept(entry: NewPayout): Promise<Accepted>;
  read(key: PayoutKey): Promise<StoredPayout | undefined>;
  get(key: PayoutKey): Promise<Payout | undefined>;
  findByOrder(account: AccountId, orderId: OrderId): Promise<Payout | undefined>;
  /** Newest first. */
  list(filter: PayoutFilter, page: { limit: number; cursor?: string | undefined }): Promise<Page<Payout>>;
  /** What is in review, the longest waiting first. */
  reviews(filter: ReviewFilter, page: { limit: number; cursor?: string | undefined }): Promise<Page<Review>>;
  events(key: PayoutKey): Promise<readonly PayoutEvent[]>;
  attempts(key: PayoutKey): Promise<readonly Attempt[]>;

  /**
   * Commits the intent to send (money rule 2) and moves the payout to `processing`, unless one of the reasons not
   * to send holds. A step whose attempts were all `not_sent` may go again; any other attempt of the step bars it,
   * except that `resendOf` names the one attempt, of `unknown` outcome, whose order the provider was then proven not
   * to know (rule 4): one more may follow it, however often this is asked.
   */
  beginAttempt(
    key: PayoutKey,
    attempt: { step: AttemptStep; requestFingerprint: string; resendOf?: number | undefined },
  ): Promise<BeganAttempt>;

  /** Writes down that the payout waits for the stop that covers it, once; nothing where none does or it has moved on. */
  noteStop(key: PayoutKey): Promise<Payout>;

  /** Writes the answer down and makes the move that follows from it. */
  endAttempt(key: PayoutKey, number: number, answer: MoneyAnswer): Promise<Payout>;

  /**
   * Counts one more "not found" about an attempt's order; `found`: any other word of the provider, which starts the
   * count anew. No event: it moves nothing by itself. @returns the count
   */
  countNotFound(key: PayoutKey, number: number, found: 'not_found' | 'found'): Promise<number>;

  /**
   * Makes the move that follows from the provider's word. On a final payout a contradicting word is written as a
   * `contradiction` (or `correction`, where the table has one) and the payout returned as it then stands (rule 6).
   * Progress that changes nothing writes nothing.
   */
  recordProgress(key: PayoutKey, progress: Progress, by: By): Promise<Payout>;

  /** A move decided by the engine or a person. Refuses an illegal one with `IllegalMoveError`; a repeat of it is harmless. */
  changeStatus(
    key: PayoutKey,
    to: PayoutStatus,
    reason: Reason | undefined,
    by: By,
    /** Only out of this status: a verdict on a review is no verdict on what came after it. */
    from?: PayoutStatus,
  ): Promise<Payout>;

  /**
   * Cancels, or fails as never sent, if and only if every attempt is proven not sent (or there is none) and the
   * payout is not final; atomic against `beginAttempt`. A refused cancel is written as event `cancel_refused`.
   */
  closeUnsent(
    key: PayoutKey,
    close: { readonly to: 'cancelled' | 'failed'; readonly reason: Reason },
    by: By,
  ): Promise<CloseOutcome>;
}

/**
 * Secrets that are read once (a sealed CVV). No part of the record: a row is gone after its first reading, or after
 * its time, and no history, event or log ever names its content.
 */
export interface OneTimeSecrets {
  /** @returns the id to take it by */
  put(sealed: string, ttlMs: number): Promise<string>;
  /** Deletes and returns it, in one statement; undefined if it was taken before or its time is over. */
  take(id: string): Promise<string | undefined>;
  /** Deletes those whose time is over; returns how many. */
  purge(): Promise<number>;
}

/** The permanent record. It outlives Temporal's retention. */
export interface Journal {
  readonly payouts: PayoutJournal;
  readonly payments: PaymentJournal;
  readonly inbox: CallbackInbox;
  readonly apiKeys: ApiKeys;
  readonly audit: AuditTrail;
  readonly storedCards: StoredCardJournal;
  readonly oneTimeSecrets: OneTimeSecrets;
  readonly stops: StopJournal;
  readonly outbox: NoticeOutbox;
  /** Throws with the reason if the database cannot be used. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export class IllegalMoveError extends Error {
  override readonly name = 'IllegalMoveError';
  constructor(
    readonly from: PayoutStatus,
    readonly to: PayoutStatus,
  ) {
    super(`A payout cannot move from ${from} to ${to}`);
  }
}

/** May the request have reached the provider? Yes, unless its answer is the proof that nothing left (money rule 3). */
export function mayHaveLeft({
  answer,
}: {
  readonly answer?: { readonly kind: string } | undefined;
}): boolean {
  return answer?.kind !== 'not_sent';
}

/** The provider's own id of the order, as the last answer that named one has it. */
export function providerOrderIdIn(attempts: readonly Attempt[]): string | undefined {
  return attempts
    .map(({ answer }) => (answer?.kind === 'answered' ? answer.providerOrderId : undefined))
    .findLast((id) => id !== undefined);
}

/** A suspicion that only a status query may confirm, from the last `unknown` answer. */
export function suspicionOf(attempts: readonly Attempt[]): NotPaid | undefined {
  const answer = attempts.at(-1)?.answer;
  return answer?.kind === 'unknown' ? answer.suspected : undefined;
}
