/**
 * The payout engine's client library.
 *
 * @module
 */
export { createPayoutClient, type PayoutClientOptions } from './create-payout-client.js';
export type { AskedBy, KeyInput, PayoutClient, WaitOptions } from './payout-client.js';
export type {
  OperatedPayment,
  OperationOptions,
  PaymentKeyInput,
  PaymentsClient,
  RefundOptions,
} from './payments-client.js';
export type { StoredCardKeyInput, StoredCardsClient } from './stored-cards-client.js';
export type { AccountsClient } from './accounts.js';
export type { OneTimeSecretsDoor } from './one-time-secrets.js';
export {
  AccountNotFoundError,
  CapabilityLackingError,
  EngineUnavailableError,
  OperationConflictError,
  PaymentConflictError,
  PayloadKeyMissingError,
  PaymentNotFoundError,
  PayoutConflictError,
  PayoutError,
  PayoutInvalidError,
  PayoutNotFoundError,
  StoredCardConflictError,
  StoredCardNotFoundError,
  type PayoutErrorCode,
} from './errors.js';
export type { PayoutRequestInput } from '../schemas/payout-request.js';
export type { PaymentRequestInput } from '../schemas/payment-request.js';
export type { PaymentFilterInput } from '../schemas/payment-key.js';
export type { StoreCardRequestInput } from '../schemas/store-card-request.js';
export type { StoredCardFilterInput } from '../schemas/stored-card-filter.js';
export type { CancelInput, CancelResult, ResolveInput, ResolveResult } from '../workflows/messages.js';
export type { PayloadKey, PayloadKeys } from '../secrets/payload-keys.js';
export type { Money } from '../domain/money.js';
export type { OperationStatus, PaymentOperationView } from '../domain/payment-operation.js';
export type { ReconciledTransaction, ReportVerdict } from '../domain/payment-report.js';
export type { PaymentStatus } from '../domain/payment-status.js';
export type { OperationKind, PaymentTransaction, TransactionStatus } from '../domain/payment-transaction.js';
export type { Payment } from '../domain/payment.js';
export type { Payout, Reason } from '../domain/payout.js';
export type { PayoutStatus } from '../domain/payout-status.js';
export type { Action, Balance, BalanceAnswer } from '../domain/provider-answer.js';
export type { StoredCardPurpose, StoredCardView } from '../domain/stored-card.js';
export type { StoredCardStatus } from '../domain/stored-card-status.js';
export type { Problem } from '../domain/problem.js';
