import type { PaymentJournalActivities, PaymentProviderActivities } from './payments/contract.js';
import type { AccountId, OrderId, PayoutKey, StoredCardKey } from '../domain/ids.js';
import type { InquiryResult, JournalInquiry, ProviderInquiry } from '../domain/inquiry.js';
import type { Payout, Reason } from '../domain/payout.js';
import type { SealedPayoutRequest } from '../domain/payout-request.js';
import type { PayoutStatus } from '../domain/payout-status.js';
import type { Problem } from '../domain/problem.js';
import type { Progress } from '../domain/provider-answer.js';
import type { Stop, Stoppable } from '../domain/stop.js';
import type { SealedStoreCardRequest, StoredCardView } from '../domain/stored-card.js';
import type { StoredCardStatus } from '../domain/stored-card-status.js';

/** How the workflow is to handle one payout: decided once, from the account's configuration, and kept in its history. */
export interface Plan {
  readonly account: AccountId;
  readonly orderId: OrderId;
  readonly steps: readonly ('register' | 'execute')[];
  /** Longest single provider call, in ms. */
  readonly callTimeoutMs: number;
}

export type AcceptResult =
  | { readonly kind: 'accepted'; readonly payout: Payout; readonly plan: Plan }
  /** Already known with the same content. With a plan it is not final yet, and the run takes it up again. */
  | { readonly kind: 'repeat'; readonly payout: Payout; readonly plan?: Plan | undefined }
  | { readonly kind: 'conflict'; readonly original: Payout }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** How the workflow is to handle the storing of one card. */
export interface StorePlan {
  readonly account: AccountId;
  /** Longest single provider call, in ms. */
  readonly callTimeoutMs: number;
}

export type AcceptCardResult =
  | { readonly kind: 'accepted'; readonly card: StoredCardView; readonly plan: StorePlan }
  /** Already known. With a plan it is not settled yet, and the run takes it up again. */
  | { readonly kind: 'repeat'; readonly card: StoredCardView; readonly plan?: StorePlan | undefined }
  | { readonly kind: 'conflict'; readonly original: StoredCardView }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** What one provider call taught us. The journal has it already. */
export type StepResult =
  /** While the payout is not final: ask for its outcome, or go on with the next step's request. */
  | { readonly payout: Payout; readonly next: 'ask' | 'step' }
  /** The provider is proven not to know the order of attempt `of`, and the account allows one more (money rule 4). */
  | { readonly payout: Payout; readonly next: 'resend'; readonly of: number }
  /** Nothing was sent: an operator stopped it. The same step again once no stop covers the payout. */
  | { readonly payout: Payout; readonly next: 'stopped'; readonly stop: Stop };

/** A card that was not sent: an operator stopped it. */
export interface StoppedCard {
  readonly card: StoredCardView;
  readonly stop: Stop;
}

/** A move asked for by the engine or a person. Refused where the payout has moved on meanwhile. */
export type ChangeResult =
  | { readonly changed: true; readonly payout: Payout }
  | { readonly changed: false; readonly why: string; readonly payout: Payout };

/** Journal writes without a provider: run as local activities on the workflow's own worker. */
export interface JournalActivities extends PaymentJournalActivities {
  accept(input: { request: SealedPayoutRequest; actor?: string | undefined }): Promise<AcceptResult>;
  cancel(input: {
    key: PayoutKey;
    actor: string;
    reason: string;
  }): Promise<{ cancelled: true; payout: Payout } | { cancelled: false; why: string; payout: Payout }>;
  changeStatus(input: {
    key: PayoutKey;
    to: PayoutStatus;
    from?: PayoutStatus | undefined;
    reason?: Reason | undefined;
    actor: string;
    why?: string | undefined;
  }): Promise<ChangeResult>;
  /** A callback that proves its result by itself. */
  recordProof(input: { key: PayoutKey; callbackId: string; proof: Progress }): Promise<Payout>;
  acceptCard(input: {
    request: SealedStoreCardRequest;
    actor?: string | undefined;
  }): Promise<AcceptCardResult>;
  /** A card whose storing the engine cannot carry out any further: a person must look. */
  reviewCard(input: { key: StoredCardKey; reason: Reason }): Promise<StoredCardView>;
  /** The journal's side of an inquiry. */
  lookUp(input: JournalInquiry): Promise<InquiryResult>;
}

/** Waits that ask no provider: run on the workflows' own task queue, so that they use up no account's rate limit. */
export interface WaitingActivities {
  /** Ends when no stop covers it any more: one activity, retried by the server, no history per look. */
  awaitResume(what: Stoppable): Promise<void>;
}

/** Provider calls: run on the account's own task queue. */
export interface ProviderActivities extends PaymentProviderActivities {
  /** Sends one step's request, at most once (money rules 1 to 3). */
  takeStep(input: {
    key: PayoutKey;
    step: 'register' | 'execute';
    resendOf?: number | undefined;
  }): Promise<StepResult>;
  /** Asks until the payout's status differs from `from`: one activity, retried by the server, no history per question. */
  awaitChange(input: { key: PayoutKey; from: PayoutStatus }): Promise<StepResult>;
  /** Asks slowly while the payout is in review; only a proof ends that. In the same way. */
  awaitProof(input: { key: PayoutKey }): Promise<Payout>;
  /** Asks once. `mustAnswer`: no answer is a failure, to be tried again, and so for a while is one that proves nothing. */
  askStatus(input: {
    key: PayoutKey;
    because: string;
    mustAnswer?: boolean | undefined;
  }): Promise<StepResult>;
  /** Sends the card to be stored, at most once; spends its one-time CVV. */
  storeCard(input: {
    key: StoredCardKey;
    cvvSecretId?: string | undefined;
  }): Promise<StoredCardView | StoppedCard>;
  /** Asks until the stored card's status differs from `from`, as `awaitChange` does. */
  awaitCard(input: { key: StoredCardKey; from: StoredCardStatus }): Promise<StoredCardView>;
  /** Asks once. */
  askCard(input: { key: StoredCardKey; because: string }): Promise<StoredCardView>;
  /** The provider's side of an inquiry. */
  inquire(input: ProviderInquiry): Promise<InquiryResult>;
}
