import type { AccountId, MerchantId, OrderId, PayoutKey, StoredCardKey } from '../domain/ids.js';
import type { StoredCardFilter } from '../domain/inquiry.js';
import type { Payout, Reason } from '../domain/payout.js';
import type { SealedPayoutRequest } from '../domain/payout-request.js';
import type { PayoutStatus } from '../domain/payout-status.js';
import type {
  CallbackProof,
  MoneyAnswer,
  NotPaid,
  Progress,
  StoreProgress,
} from '../domain/provider-answer.js';
import type { SealedStoreCardRequest, StoredCardView } from '../domain/stored-card.js';
import type { StoredCardStatus } from '../domain/stored-card-status.js';
import type { PaymentTransaction } from '../domain/payment-transaction.js';
import type { PaymentJournal } from './payments/port.js';

/** A payout that passed validation, ready to be written down. */
export interface NewPayout {
  readonly request: SealedPayoutRequest;
  readonly provider: string;
  readonly orderId: OrderId;
  readonly destination: string;
  /** Keyed digest of the whole content, card included: tells a repeat from another payout under the same id. */
  readonly contentFingerprint: string;
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
  /** How often in a row the provider has said since that it does not know the order (design rule 4). */
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
  | { readonly kind: 'closed'; readonly payout: Payout };

/** Who did it and why: written with every event. */
export interface By {
  /** `engine`, `provider:<account>`, `merchant:<id>`, `operator:<name>`. */
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
  | 'resolved',
  PayoutStatus
>;

/** All a provider call needs to know of its payout, in one read. */
export interface StoredPayout {
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
  /** ISO 8601, inclusive. */
  readonly createdFrom?: string | undefined;
  /** ISO 8601, exclusive. */
  readonly createdTo?: string | undefined;
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
  events(key: PayoutKey): Promise<readonly PayoutEvent[]>;
  attempts(key: PayoutKey): Promise<readonly Attempt[]>;

  /**
   * Commits the intent to send (design rule 2) and moves the payout to `processing`, unless one of the reasons not
   * to send holds. A step whose attempts were all `not_sent` may go again; any other attempt of the step bars it,
   * except that `resendOf` names the one attempt, of `unknown` outcome, whose order the provider was then proven not
   * to know (rule 4): one more may follow it, however often this is asked.
   */
  beginAttempt(
    key: PayoutKey,
    attempt: { step: AttemptStep; requestFingerprint: string; resendOf?: number | undefined },
  ): Promise<BeganAttempt>;

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

/** A callback as stored before it is acknowledged (design rule 5). */
export interface StoredCallback {
  readonly id: string;
  readonly account: AccountId;
  readonly orderId: OrderId;
  readonly dedupeKey: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly state: CallbackState;
  readonly proof?: CallbackProof | undefined;
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
    transactions?: readonly PaymentTransaction[] | undefined;
    sealedToken?: string | undefined;
    raw: { method: string; url: string; headers: Readonly<Record<string, string>>; body: Uint8Array };
  }): Promise<{ callback: StoredCallback; repeated: boolean }>;
  mark(id: string, state: CallbackState): Promise<void>;
  /** Oldest first: those in state `received` for longer than `olderThanMs`. */
  pending(olderThanMs: number, limit: number): Promise<readonly StoredCallback[]>;
}

export type ApiRole = 'merchant' | 'operator';

/** A key to the HTTP API. The secret itself is shown once and never stored. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: ApiRole;
  /** The merchant it acts for; absent for an operator, who acts for all. */
  readonly merchant?: MerchantId | undefined;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly revokedAt?: string | undefined;
}

export interface ApiKeys {
  add(key: {
    name: string;
    role: ApiRole;
    merchant?: MerchantId | undefined;
  }): Promise<{ key: ApiKey; secret: string }>;
  list(): Promise<readonly ApiKey[]>;
  /** False if there is no such live key. */
  revoke(id: string): Promise<boolean>;
  /** The live key that this secret opens. Compares digests in constant time. */
  verify(secret: string): Promise<ApiKey | undefined>;
}

/** A card to be stored that passed validation, ready to be written down. */
export interface NewStoredCard {
  /** Without the name of the CVV's one-time secret: what is kept must not point to it. */
  readonly request: SealedStoreCardRequest;
  readonly provider: string;
  readonly orderId: OrderId;
  /** Keyed digest of the whole content, card included: tells a repeat from another card under the same id. */
  readonly contentFingerprint: string;
}

export type AcceptedCard =
  | { readonly kind: 'accepted'; readonly card: StoredCardView }
  | { readonly kind: 'repeat'; readonly card: StoredCardView }
  | { readonly kind: 'conflict'; readonly original: StoredCardView }
  /** A payout or another stored card holds this order id at this account: they share the provider's namespace. */
  | { readonly kind: 'order_id_taken' };

/** All that a provider call needs to know of a stored card. */
export interface StoredCardRecord {
  readonly card: StoredCardView;
  readonly request: SealedStoreCardRequest;
  /** ISO 8601: when the request to the provider was about to leave; absent before. */
  readonly sentAt?: string | undefined;
  /** ISO 8601: now, by the same clock. */
  readonly readAt: string;
}

export type StoredCardEvent = HistoryLine<
  'accepted' | 'sent' | 'unsent' | 'status' | 'contradiction' | 'removed',
  StoredCardStatus
>;

/** The stored cards and their events. Each method is one transaction. */
export interface StoredCardJournal {
  accept(entry: NewStoredCard): Promise<AcceptedCard>;
  read(key: StoredCardKey): Promise<StoredCardRecord | undefined>;
  findByOrder(account: AccountId, orderId: OrderId): Promise<StoredCardView | undefined>;
  /** Newest first. */
  list(
    filter: StoredCardFilter,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<Page<StoredCardView>>;
  events(key: StoredCardKey): Promise<readonly StoredCardEvent[]>;
  /** Commits the intent to send, once: true for the one call that may. */
  beginStoring(key: StoredCardKey): Promise<boolean>;
  /** Nothing left after all: `beginStoring` may be true once more. */
  endUnsent(key: StoredCardKey): Promise<void>;
  /**
   * Makes the move that follows from the provider's word. A word against a storing that has ended otherwise is written
   * once, as a `contradiction`, and changes nothing; one that brings nothing new writes nothing.
   */
  recordProgress(key: StoredCardKey, progress: StoreProgress, by: By): Promise<StoredCardView>;
  /** Takes the card out of use; a repeat is harmless. Undefined if there is none. */
  remove(key: StoredCardKey, by: By): Promise<StoredCardView | undefined>;
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
  readonly storedCards: StoredCardJournal;
  readonly oneTimeSecrets: OneTimeSecrets;
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

/** May the request have reached the provider? Yes, unless its answer is the proof that nothing left (design rule 3). */
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
