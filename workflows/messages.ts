import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AccountId, PaymentKey, PayoutKey } from '../domain/ids.js';
import type { PaymentOperationRequest, PaymentOperationView } from '../domain/payment-operation.js';
import type { PaymentTransaction } from '../domain/payment-transaction.js';
import type { Payment, PaymentRequest } from '../domain/payment.js';
import type { Payout } from '../domain/payout.js';
import type { SealedPayoutRequest } from '../domain/payout-request.js';
import type { Problem } from '../domain/problem.js';
import type { Progress } from '../domain/provider-answer.js';
import type { VerdictInput } from '../domain/verdict.js';
import type { SealedStoreCardRequest, StoredCardView } from '../domain/stored-card.js';

/** The name under which the workflow is registered. */
export const PAYOUT_WORKFLOW = 'payout';

/** What a request's content is recognised by. */
export interface ContentId {
  /** Digest of the content with its card masked: differs for most other contents. */
  readonly looks: string;
  /** Keyed digest of the whole content. Absent where the caller has no fingerprint key and there is a card. */
  readonly exact?: string | undefined;
}

/** What `create` asks for. */
export interface CreateInput {
  readonly request: SealedPayoutRequest;
  readonly content: ContentId;
  /**
   * Of the update: the same for calls of the same content, where the caller can tell. Temporal takes two updates of one
   * id for one and the same, and may write down either of them: what a run does must not depend on anything else that
   * differs between the two.
   */
  readonly callId: string;
}

export interface PayoutInput extends CreateInput {
  /** Names the call that began the run. Runs of older clients have none: there `callId` did. */
  readonly startId?: string | undefined;
  /** Who asks for it. Of the start alone: the first one is who it was. @default `merchant:<id>` */
  readonly actor?: string | undefined;
}

type Refused = { readonly kind: 'refused'; readonly problems: readonly Problem[] };
type Conflict = { readonly kind: 'conflict'; readonly original: Payout };

/**
 * What `create` answers: as soon as there is something to say, not at the end. `callId` tells a caller the answer to its
 * own call from one to an earlier call: the run's `startId` with its first answer, else the `callId` that asked.
 */
export type CreateResult = ({ readonly kind: 'payout'; readonly payout: Payout } | Refused | Conflict) & {
  readonly callId: string;
};

/** Sent with the start. Answers with the first state that means something: an action, an outcome, or `processing` once sent. */
export const createUpdate = defineUpdate<CreateResult, [CreateInput]>('create');

export interface CancelInput {
  readonly actor: string;
  readonly reason: string;
}
export type CancelResult =
  | { readonly cancelled: true; readonly payout: Payout }
  /** Something may have been sent: the truth, not a promise. */
  | { readonly cancelled: false; readonly why: string; readonly payout: Payout };
export const cancelUpdate = defineUpdate<CancelResult, [CancelInput]>('cancel');

/** An operator's verdict on a payout or payment in review. */
export type ResolveInput = VerdictInput;
export type ResolveResult =
  | { readonly resolved: true; readonly payout: Payout }
  | { readonly resolved: false; readonly why: string; readonly payout: Payout };
export const resolveUpdate = defineUpdate<ResolveResult, [ResolveInput]>('resolve');

/** Where a run stands. `accepting`: the journal has not taken it yet, but may at any moment. */
export type RunState =
  | { readonly kind: 'accepting' }
  | { readonly kind: 'payout'; readonly payout: Payout; readonly content: ContentId }
  | Refused
  | Conflict;
export const stateQuery = defineQuery<RunState>('state');

/** A provider's callback, verified and stored in the inbox. */
export interface CallbackSignal {
  readonly callbackId: string;
  /** Present where the callback's signature covers order, amount and result: then no query is needed. */
  readonly proof?: Progress | undefined;
  /** The same of a payment: what the message says of its transactions. */
  readonly transactions?: readonly PaymentTransaction[] | undefined;
}
export const callbackSignal = defineSignal<[CallbackSignal]>('callback');

/** The name of the workflow that asks once because of a callback that came after the end. */
export const LATE_HINT_WORKFLOW = 'lateHint';

export interface LateHintInput {
  readonly key: PayoutKey | PaymentKey;
  readonly callbackId: string;
  readonly account: AccountId;
  /** Longest single provider call, in ms. */
  readonly callTimeoutMs: number;
}

/** The recipient's browser came back. Proves nothing; a reason to ask. */
export const returnedSignal = defineSignal('returned');

/** The name of the workflow that has a card stored. */
export const STORE_CARD_WORKFLOW = 'storeCard';

export interface StoreCardInput {
  readonly request: SealedStoreCardRequest;
  /** As of a payout. */
  readonly actor?: string | undefined;
  /** Names one call, so that a caller can tell the answer to an earlier call from its own. */
  readonly callId: string;
}

/** What `storeCard` answers: as soon as there is something to say (an action, an outcome, `requested` once sent). */
export type StoreCardResult = (
  | { readonly kind: 'card'; readonly card: StoredCardView }
  | Refused
  /** The id belongs to another card. */
  | { readonly kind: 'conflict'; readonly original: StoredCardView }
) & { readonly callId: string };

/** Sent with the start. */
export const storeCardUpdate = defineUpdate<StoreCardResult, [StoreCardInput]>('storeCard');

export type StoreCardState =
  | { readonly kind: 'accepting' }
  | { readonly kind: 'card'; readonly card: StoredCardView }
  | Refused
  | { readonly kind: 'conflict'; readonly original: StoredCardView };
export const storeCardStateQuery = defineQuery<StoreCardState>('state');

/** The name of the workflow of one payment: money in. */
export const PAYMENT_WORKFLOW = 'payment';

export interface PaymentInput {
  readonly request: PaymentRequest;
  /** As of a payout. */
  readonly actor?: string | undefined;
  /** Names one call, so that a caller can tell the answer to an earlier call from its own. */
  readonly callId: string;
}

type PaymentConflict = { readonly kind: 'conflict'; readonly original: Payment };

/** What `createPayment` answers: the page to go to, an outcome, or `processing` where there is nothing better to say. */
export type CreatePaymentResult = (
  { readonly kind: 'payment'; readonly payment: Payment } | Refused | PaymentConflict
) & { readonly callId: string };

/** Sent with the start. */
export const createPaymentUpdate = defineUpdate<CreatePaymentResult, [PaymentInput]>('createPayment');

export type PaymentState =
  | { readonly kind: 'accepting' }
  | { readonly kind: 'payment'; readonly payment: Payment }
  | Refused
  | PaymentConflict;
export const paymentStateQuery = defineQuery<PaymentState>('state');

export type ResolvePaymentResult =
  | { readonly resolved: true; readonly payment: Payment }
  | { readonly resolved: false; readonly why: string; readonly payment: Payment };
export const resolvePaymentUpdate = defineUpdate<ResolvePaymentResult, [ResolveInput]>('resolve');

/** An operation on the payment was done, or settled by a person: a reason to look. */
export const operatedSignal = defineSignal('operated');

/** The name of the workflow of one refund, void or complete. */
export const PAYMENT_OPERATION_WORKFLOW = 'paymentOperation';

export interface OperationInput {
  readonly request: PaymentOperationRequest;
  readonly actor: string;
  readonly reason?: string | undefined;
  readonly callId: string;
}

/** What `operate` answers: how the operation ended, or `processing` while its outcome is not proven. */
export type OperateResult = (
  | {
      readonly kind: 'operation';
      readonly operation: PaymentOperationView;
      readonly payment: Payment;
    }
  | Refused
  | { readonly kind: 'conflict'; readonly original: PaymentOperationView }
) & { readonly callId: string };

/** Sent with the start. */
export const operateUpdate = defineUpdate<OperateResult, [OperationInput]>('operate');

/** The name of the workflow that answers one inquiry (domain/inquiry.ts). */
export const INQUIRY_WORKFLOW = 'inquiry';
