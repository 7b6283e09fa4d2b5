/**
 * The payout engine's client library.
 *
 * @module
 */
export { createPayoutClient, type PayoutClientOptions } from './create-payout-client.js';
export type { KeyInput, PayoutClient, WaitOptions } from './payout-client.js';
export {
  EngineUnavailableError,
  PayoutConflictError,
  PayoutError,
  PayoutInvalidError,
  PayoutNotFoundError,
  type PayoutErrorCode,
} from './errors.js';
export type { PayoutRequestInput } from '../schemas/payout-request.js';
export type { CancelInput, CancelResult, ResolveInput, ResolveResult } from '../workflows/messages.js';
export type { Money } from '../domain/money.js';
export type { Payout, Reason } from '../domain/payout.js';
export type { PayoutStatus } from '../domain/payout-status.js';
export type { Action } from '../domain/provider-answer.js';
export type { Problem } from '../domain/problem.js';
