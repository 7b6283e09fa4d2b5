import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Payout } from '../domain/payout.js';
import type { SealedPayoutRequest } from '../domain/payout-request.js';
import type { Problem } from '../domain/problem.js';
import type { Progress } from '../domain/provider-answer.js';

/** The name under which the workflow is registered. */
export const PAYOUT_WORKFLOW = 'payout';

export interface PayoutInput {
  readonly request: SealedPayoutRequest;
}

/** What `create` answers: as soon as there is something to say, not at the end. */
export type CreateResult =
  | { readonly kind: 'payout'; readonly payout: Payout }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'conflict'; readonly original: Payout };

/** Sent with the start. Answers with the first state that means something: an action, an outcome, or `processing` once sent. */
export const createUpdate = defineUpdate<CreateResult, [PayoutInput]>('create');

export interface CancelInput {
  readonly actor: string;
  readonly reason: string;
}
export type CancelResult =
  | { readonly cancelled: true; readonly payout: Payout }
  /** Something may have been sent: the truth, not a promise. */
  | { readonly cancelled: false; readonly why: string; readonly payout: Payout };
export const cancelUpdate = defineUpdate<CancelResult, [CancelInput]>('cancel');

/** An operator's verdict on a payout in review. */
export interface ResolveInput {
  readonly verdict: 'paid' | 'not_paid' | 'ask_again';
  readonly actor: string;
  readonly reason: string;
}
export type ResolveResult =
  | { readonly resolved: true; readonly payout: Payout }
  | { readonly resolved: false; readonly why: string; readonly payout: Payout };
export const resolveUpdate = defineUpdate<ResolveResult, [ResolveInput]>('resolve');

export const payoutQuery = defineQuery<Payout | undefined>('payout');

/** A provider's callback, verified and stored in the inbox. */
export interface CallbackSignal {
  readonly callbackId: string;
  /** Present where the callback's signature covers order, amount and result: then no query is needed. */
  readonly proof?: Progress | undefined;
}
export const callbackSignal = defineSignal<[CallbackSignal]>('callback');

/** The recipient's browser came back. Proves nothing; a reason to ask. */
export const returnedSignal = defineSignal('returned');
