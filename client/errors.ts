import type { PaymentOperationView } from '../domain/payment-operation.js';
import type { Payment } from '../domain/payment.js';
import type { Payout } from '../domain/payout.js';
import { describeProblem, type Problem } from '../domain/problem.js';
import type { StoredCardView } from '../domain/stored-card.js';

/** What can go wrong for a caller. Compare by `code`, or by `instanceof`. */
export type PayoutErrorCode =
  'invalid' | 'conflict' | 'not_found' | 'lacking' | 'engine_unavailable' | 'misconfigured';

export abstract class PayoutError extends Error {
  abstract readonly code: PayoutErrorCode;
}

/** Is an id taken by something with other content? */
export function isConflict(error: unknown): boolean {
  return error instanceof PayoutError && error.code === 'conflict';
}

/** The request cannot be accepted as it is. Nothing was started and nothing is left behind. */
export class PayoutInvalidError extends PayoutError {
  override readonly name = 'PayoutInvalidError';
  readonly code = 'invalid';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(describeProblem).join(' · '));
  }
}

/** The payout id belongs to a payout with other content. */
export class PayoutConflictError extends PayoutError {
  override readonly name = 'PayoutConflictError';
  readonly code = 'conflict';
  constructor(readonly original: Payout) {
    super(
      `payoutId: ${original.payoutId} is taken by a payout of ${original.amount.minor} ${original.amount.currency} ` +
        `(minor units) to ${original.destination}, created ${original.createdAt}, now ${original.status}. ` +
        `Use a new payout id for another payout, or repeat the original's exact content.`,
    );
  }
}

export class PayoutNotFoundError extends PayoutError {
  override readonly name = 'PayoutNotFoundError';
  readonly code = 'not_found';
}

/** The stored card id belongs to another card, account, purpose or owner. */
export class StoredCardConflictError extends PayoutError {
  override readonly name = 'StoredCardConflictError';
  readonly code = 'conflict';
  constructor(readonly original: StoredCardView) {
    const { storedCardId, masked, purpose, account, createdAt, status } = original;
    super(
      `storedCardId: ${storedCardId} is taken by card ${masked}, stored as ${purpose} at ${account}, created ` +
        `${createdAt}, now ${status}. Use a new id for another card, or repeat the original's exact content.`,
    );
  }
}

export class StoredCardNotFoundError extends PayoutError {
  override readonly name = 'StoredCardNotFoundError';
  readonly code = 'not_found';
}

/** The payment id belongs to a payment with other content. */
export class PaymentConflictError extends PayoutError {
  override readonly name = 'PaymentConflictError';
  readonly code = 'conflict';
  constructor(readonly original: Payment) {
    const { paymentId, amount, account, createdAt, status } = original;
    super(
      `paymentId: ${paymentId} is taken by a payment of ${amount.minor} ${amount.currency} (minor units) at ${account}, ` +
        `created ${createdAt}, now ${status}. Use a new payment id for another payment, or repeat the original's exact content.`,
    );
  }
}

/** The operation id belongs to an operation with other content. */
export class OperationConflictError extends PayoutError {
  override readonly name = 'OperationConflictError';
  readonly code = 'conflict';
  constructor(readonly original: PaymentOperationView) {
    const { operationId, kind, createdAt, status } = original;
    super(
      `operationId: ${operationId} is taken by a ${kind}, created ${createdAt}, now ${status}. ` +
        `Use a new operation id for another operation, or repeat the original's exact content.`,
    );
  }
}

export class PaymentNotFoundError extends PayoutError {
  override readonly name = 'PaymentNotFoundError';
  readonly code = 'not_found';
}

export class AccountNotFoundError extends PayoutError {
  override readonly name = 'AccountNotFoundError';
  readonly code = 'not_found';
}

/** The provider cannot do what was asked, or does not document it. The message is for people: what, why, what instead. */
export class CapabilityLackingError extends PayoutError {
  override readonly name = 'CapabilityLackingError';
  readonly code = 'lacking';
}

/** Temporal, or the workers behind it, do not answer. The call may have had effect: repeat it with the same id. */
export class EngineUnavailableError extends PayoutError {
  override readonly name = 'EngineUnavailableError';
  readonly code = 'engine_unavailable';
}

/**
 * The engine answered, and this process cannot read it: it lacks a payload key. The call has most likely had effect: repeat it
 * with the same id once the keys are right.
 */
export class PayloadKeyMissingError extends PayoutError {
  override readonly name = 'PayloadKeyMissingError';
  readonly code = 'misconfigured';
}
