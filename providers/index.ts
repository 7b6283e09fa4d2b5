/**
 * What the author of a provider needs: the two contracts, the way to register, the shared parts that every adapter is
 * built of, and the engine's own words that they speak in.
 *
 * @module
 */
export { defineProvider } from './registration.js';
export type { LoginRefused, ProviderDeps, ProviderRegistration, UnmappedAnswer } from './registration.js';
export type { Provider, ProviderKind, ProviderOf } from './provider.js';

// The contract of a provider that pays people, and what both contracts share.
export { isLacking } from './port.js';
export type * from './port.js';
// The contract of a provider that takes payments.
export type * from './payment-port.js';

export { createHttpCall } from './http-call.js';
export type { HttpAnswer, HttpCall, HttpCallOptions, HttpRequest, HttpResponse } from './http-call.js';
export { isRegExp, isSafeBase, signingKeyFault, type Fault } from './config-checks.js';
export { accessByStatus, LoginGuard, type Access } from './login-guard.js';
export { withRetryAfter } from './retry-after.js';
export { cleanWords } from './clean-words.js';
export { webAddress } from './web-address.js';

export { isCardNumber } from '../domain/card.js';
export { CURRENCIES, isCurrencyCode, type CurrencyCode } from '../domain/currencies.js';
export type { AccountId, OrderId } from '../domain/ids.js';
export { formatMoney, MAX_MINOR, type Money } from '../domain/money.js';
export { OPERATION_RULES } from '../domain/payment-transaction.js';
export type { OperationKind, PaymentTransaction, TransactionStatus } from '../domain/payment-transaction.js';
export type { Payer, PaymentRequest } from '../domain/payment.js';
export type {
  ClearDestination,
  DestinationType,
  PhoneDestination,
  Recipient,
  ReturnUrls,
  SealedDestination,
  SealedPayoutRequest,
} from '../domain/payout-request.js';
export type { Problem } from '../domain/problem.js';
export type * from '../domain/provider-answer.js';
export type { SealedStoreCardRequest, StoredCardPurpose } from '../domain/stored-card.js';
export type { TimeSpan } from '../domain/time-span.js';
