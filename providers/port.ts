import type { AccountId, OrderId } from '../domain/ids.js';
import type { Money } from '../domain/money.js';
import type {
  ClearDestination,
  DestinationType,
  Recipient,
  ReturnUrls,
  SealedPayoutRequest,
} from '../domain/payout-request.js';
import type { Problem } from '../domain/problem.js';
import type {
  BalanceAnswer,
  CallbackProof,
  ListAnswer,
  MoneyAnswer,
  NotPaid,
  NotSent,
  RegistryLine,
  StatementLine,
  StatusAnswer,
  StoreAnswer,
  StoreStatusAnswer,
} from '../domain/provider-answer.js';
import type { TimeSpan } from '../domain/time-span.js';
import type { ClearCardToStore, SealedStoreCardRequest, StoredCardPurpose } from '../domain/stored-card.js';

/** One payout as a provider's adapter sees it: the card is open, the order id is fixed. */
export interface Order {
  readonly orderId: OrderId;
  readonly amount: Money;
  /** A stored card's id is the provider's own here. */
  readonly destination: ClearDestination;
  /** The payer's card, by the provider's own id, and whose it is; absent: the account's own funds. */
  readonly source?: { readonly providerCardId: string; readonly ownerId: string } | undefined;
  readonly recipient?: Recipient | undefined;
  readonly description?: string | undefined;
  /** Where the provider sends the browser back to: our gateway's return door, or the merchant's own pages. */
  readonly returnUrls?: ReturnUrls | undefined;
  /** What only this provider asks for, by its own field names. */
  readonly providerFields?: Readonly<Record<string, string>> | undefined;
  /** For the provider to keep with the order and give back. Never personal data. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** When the engine accepted the payout, ISO 8601: the same for every request of it, so that a resend can be exact. */
  readonly acceptedAt: string;
  /** Where the provider may send its callbacks, if the engine has a public address. */
  readonly callbackUrl?: string | undefined;
  /** The provider's own id of the order, if an answer to a request named it. */
  readonly providerOrderId?: string | undefined;
}

/**
 * A request that could move money, built but not sent. `exact` is what will leave, byte for byte, so that its
 * fingerprint can be committed first (money rule 2); `send` sends it once, with no retry and no redirect.
 */
export interface MoneyRequest {
  readonly exact: Uint8Array;
  send(signal: AbortSignal): Promise<MoneyAnswer>;
}

/** What to ask the provider about, and what we half know already. */
export interface StatusQuery {
  readonly orderId: OrderId;
  readonly amount: Money;
  /** What the last answer hinted at: an answer that agrees makes it certain. */
  readonly suspected?: NotPaid | undefined;
  /** Data of the recipient that may not come back in a message. */
  readonly withheld: readonly string[];
  /** What was asked for, the card sealed: for a provider that wants parts of it repeated (8b.world: `destination`). */
  readonly request: SealedPayoutRequest;
  /** When the engine accepted the payout, ISO 8601. */
  readonly acceptedAt: string;
  /** The provider's own id of the order, if an answer to a request named it. */
  readonly providerOrderId?: string | undefined;
}

/** A callback as it came in. Header names are lower case. */
export interface RawCallback {
  readonly method: 'GET' | 'POST';
  /** Path and query as received. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What to answer the provider. */
export interface Acknowledgement {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export type CallbackReading =
  | {
      readonly kind: 'verified';
      readonly orderId: OrderId;
      /** The same for every repetition of the same message. */
      readonly dedupeKey: string;
      /** Present only where the signature covers order, amount and result: then no query is needed. */
      readonly proof?: CallbackProof | undefined;
      /** What a hint suggests that is worth a question even after a success: the money came back. */
      readonly suggests?: 'returned' | undefined;
      readonly acknowledge: Acknowledgement;
    }
  | { readonly kind: 'refused'; readonly why: string; readonly answer: Acknowledgement };

export interface ProviderLimits {
  readonly orderIdPattern: RegExp;
  /** For error texts: "at most 32 of A-Z a-z 0-9 _ -". */
  readonly orderIdRule: string;
  /** What the ids look like that we make. @default 28 of 0-9 a-z */
  readonly madeOrderIds?: MadeOrderIds | undefined;
  readonly currencies: readonly string[];
  readonly minMinor: number;
  readonly maxMinor: number;
  /** How long one call may take, connection included, in ms. */
  readonly callTimeoutMs: number;
  /** How long "not found" proves nothing after an attempt, in ms (money rule 4). */
  readonly notFoundGraceMs: number;
  /** How often it must be "not found" before that is believed. */
  readonly notFoundMinQueries: number;
  /** After a proven "not found": send again with the same order id? Any other value than `auto` asks a person. */
  readonly resendAfterNotFound: 'manual' | 'auto' | 'never';
  /** How long `not_sent` is tried again before the payout fails as never sent, in ms. */
  readonly sendBudgetMs: number;
  readonly poll: readonly PollStep[];
  /** How long after an action's expiry a person may still be finishing it, in ms; then it is no longer offered. */
  readonly actionGraceMs: number;
}

export interface MadeOrderIds {
  /** At least 16, so that no two payouts ever share one. @default 28 */
  readonly length?: number | undefined;
  /** @default false */
  readonly upperCase?: boolean | undefined;
}

/** Wait `delayMs` before a status query, `times` times over. When the steps are spent, a person must look. */
export interface PollStep {
  readonly delayMs: number;
  readonly times: number;
}

export interface ProviderCapabilities {
  readonly destinations: readonly DestinationType[];
  readonly callbacks: 'none' | 'hint' | 'proof';
  /** Can money be taken from a payer's stored card? */
  readonly sources: boolean;
}

/** A card to be stored, open for one call. */
export interface CardToStore {
  readonly orderId: OrderId;
  readonly purpose: StoredCardPurpose;
  readonly ownerId: string;
  readonly card: ClearCardToStore;
  readonly returnUrls?: ReturnUrls | undefined;
}

export interface StoreQuery {
  readonly orderId: OrderId;
  readonly purpose: StoredCardPurpose;
  /** Data of the owner that may not come back in a message. */
  readonly withheld: readonly string[];
}

/** A provider that stores cards. No money moves: a card stored twice is harmless. */
export interface CardStorage {
  readonly purposes: readonly StoredCardPurpose[];
  /** Pure: what this provider would certainly refuse. */
  validate(request: SealedStoreCardRequest): readonly Problem[];
  store(card: CardToStore, signal: AbortSignal): Promise<StoreAnswer>;
  status(query: StoreQuery, signal: AbortSignal): Promise<StoreStatusAnswer>;
}

/** A provider that tells what an account holds. */
export interface BalanceReading {
  read(signal: AbortSignal): Promise<BalanceAnswer>;
}

/** A list by time. */
export interface ListReading<Line> {
  /** As much as the provider gives at once; a longer span is asked for in pieces. */
  readonly maxSpanMs: number;
  read(span: TimeSpan, signal: AbortSignal): Promise<ListAnswer<Line>>;
}

/** A provider that sends the callback of an ended order once more if it is asked to. Harmless: a callback is a hint. */
export interface CallbackRepeat {
  /** How long after the request its callback counts as overdue, and how long from one asking to the next, in ms. */
  readonly everyMs: number;
  ask(query: StatusQuery, signal: AbortSignal): Promise<void>;
}

/** Something that a provider cannot do, in words for a person: what, why, and what to do instead. */
export interface Lacking {
  readonly lacking: string;
}

export function isLacking(capability: object): capability is Lacking {
  return 'lacking' in capability;
}

/** The steps that one payout takes at this provider, in order. */
export type Step = 'register' | 'execute';

/** One account at one provider. An adapter knows HTTP and the provider's words, nothing of Temporal or the journal. */
export interface PayoutProvider {
  readonly kind: 'payout';
  readonly account: AccountId;
  /** The protocol's name: `all2pay`. */
  readonly protocol: string;
  readonly capabilities: ProviderCapabilities;
  readonly limits: ProviderLimits;
  /** Pure: what this provider would certainly refuse. */
  validate(request: SealedPayoutRequest): readonly Problem[];
  /** Pure. */
  steps(request: SealedPayoutRequest): readonly Step[];
  /**
   * Builds one step's request; may read from the provider what it needs for that (All2pay: a public key), and says
   * `not_sent` if it cannot. Throws only for a programming error: a bad order was refused by `validate`.
   */
  prepare(step: Step, order: Order, signal: AbortSignal): Promise<MoneyRequest | NotSent>;
  status(query: StatusQuery, signal: AbortSignal): Promise<StatusAnswer>;
  readCallback(raw: RawCallback): CallbackReading;
  readonly cards: CardStorage | Lacking;
  readonly balance: BalanceReading | Lacking;
  /** The movements on the account. */
  readonly statement: ListReading<StatementLine> | Lacking;
  /** The orders as the provider has them. */
  readonly registry: ListReading<RegistryLine> | Lacking;
  readonly callbackRepeat: CallbackRepeat | Lacking;
  /** Is the provider there? In words. */
  ping(signal: AbortSignal): Promise<{ readonly ok: boolean; readonly words: string }>;
}
