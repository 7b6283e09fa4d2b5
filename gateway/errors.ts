import type { Payment } from '../domain/payment.js';
import type { Payout } from '../domain/payout.js';

/** No key, or none that opens anything. */
export class UnauthorizedError extends Error {
  override readonly name = 'UnauthorizedError';
}

/** A good key that may not do this. */
export class ForbiddenError extends Error {
  override readonly name = 'ForbiddenError';
}

/** A request from where none of its kind is taken. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';
}

/** More than is allowed. */
export class TooManyRequestsError extends Error {
  override readonly name = 'TooManyRequestsError';
  constructor(
    readonly waitMs: number,
    /** Worth a line in the log: the first, and then one in a while. */
    readonly isNews: boolean,
  ) {
    super('Too many requests: wait as long as Retry-After says, then send it again.');
  }
}

/** The address exists, and answers to other methods. */
export class MethodNotAllowedError extends Error {
  override readonly name = 'MethodNotAllowedError';
  constructor(readonly allowed: readonly string[]) {
    super(`This address takes ${allowed.join(', ')}.`);
  }
}

/** There is nothing under this address. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}

/** A body that nests deeper than any request does. */
export class TooDeepError extends Error {
  override readonly name = 'TooDeepError';
  readonly statusCode = 400;
}

/** The provider was asked and gave no answer that can be passed on. */
export class ProviderSilentError extends Error {
  override readonly name = 'ProviderSilentError';
}

/** A command that was understood and truthfully refused. */
export class RefusedCommandError extends Error {
  override readonly name = 'RefusedCommandError';
  constructor(
    readonly command: 'cancel' | 'resolve' | 'correct',
    why: string,
    readonly payout: Payout,
    /** Does the payout's history tell of the refusal? */
    readonly told?: 'told',
  ) {
    super(why);
  }
}

/** The same of a payment in review. */
export class PaymentNotResolvedError extends Error {
  override readonly name = 'PaymentNotResolvedError';
  constructor(
    why: string,
    readonly payment: Payment,
  ) {
    super(why);
  }
}

/** The permanent record, or something else that the answer needs, is away. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}
