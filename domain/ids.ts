declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** Who owes the money: the tenant on whose behalf the engine pays. */
export type MerchantId = Branded<string, 'MerchantId'>;
/** The caller's own id of the obligation; unique per merchant, for ever. */
export type PayoutId = Branded<string, 'PayoutId'>;
/** The caller's own id of a card that the engine had a provider store; unique per merchant, for ever. */
export type StoredCardId = Branded<string, 'StoredCardId'>;
/** The caller's own id of a payment (money in); unique per merchant, for ever. */
export type PaymentId = Branded<string, 'PaymentId'>;
/** The caller's own id of a refund, release or capture; unique per payment, for ever. */
export type OperationId = Branded<string, 'OperationId'>;
/** One configured merchant account at one provider. */
export type AccountId = Branded<string, 'AccountId'>;
/** The id that we give the provider: deterministic, made before anything is sent. */
export type OrderId = Branded<string, 'OrderId'>;

/** Names one payout everywhere: journal, workflow, HTTP, logs. */
export interface PayoutKey {
  readonly merchant: MerchantId;
  readonly payoutId: PayoutId;
}

/** Names one stored card everywhere. */
export interface StoredCardKey {
  readonly merchant: MerchantId;
  readonly storedCardId: StoredCardId;
}

/** Names one payment everywhere. */
export interface PaymentKey {
  readonly merchant: MerchantId;
  readonly paymentId: PaymentId;
}

/** Names one operation on a payment everywhere. */
export interface PaymentOperationKey extends PaymentKey {
  readonly operationId: OperationId;
}

export const MERCHANT_PATTERN = /^[a-z0-9][a-z0-9_-]{0,39}$/;
export const PAYOUT_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const STORED_CARD_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const PAYMENT_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const OPERATION_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const ACCOUNT_PATTERN = /^[a-z0-9][a-z0-9_-]{0,39}$/;
/** The widest alphabet any provider takes; an adapter's limits narrow it. */
export const ORDER_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/** None of the parts can hold a colon, so the id reads back unambiguously. */
export function workflowIdOf({ merchant, payoutId }: PayoutKey): string {
  return `payout:${merchant}:${payoutId}`;
}

/** Of the question that a callback after the payout's end is a reason for. */
export function lateHintWorkflowIdOf(key: PayoutKey | PaymentKey, callbackId: string): string {
  const id = 'paymentId' in key ? key.paymentId : key.payoutId;
  return `late-hint:${key.merchant}:${id}:${callbackId}`;
}

export function storedCardWorkflowIdOf({ merchant, storedCardId }: StoredCardKey): string {
  return `stored-card:${merchant}:${storedCardId}`;
}

export function paymentWorkflowIdOf({ merchant, paymentId }: PaymentKey): string {
  return `payment:${merchant}:${paymentId}`;
}

export function paymentOperationWorkflowIdOf({
  merchant,
  paymentId,
  operationId,
}: PaymentOperationKey): string {
  return `payment-operation:${merchant}:${paymentId}:${operationId}`;
}

/** The queue of the workflows and of their journal writes. */
export const WORKFLOW_TASK_QUEUE = 'payouts';

/** The queue of one account's provider calls, so that its rate limit counts nothing else. */
export function accountTaskQueue(account: AccountId): string {
  return `payouts.${account}`;
}
