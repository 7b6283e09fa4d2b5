import {
  paymentWorkflowIdOf,
  storedCardWorkflowIdOf,
  workflowIdOf,
  type PaymentKey,
  type PayoutKey,
  type StoredCardKey,
} from '../domain/ids.js';

/**
 * Thrown when the database cannot be reached, went away or was too slow. A write may or may not have been committed:
 * call the same method with the same arguments again, every method bears it. The driver's error is the `cause`.
 */
export class JournalUnavailableError extends Error {
  override readonly name = 'JournalUnavailableError';
  constructor(cause: unknown) {
    super(
      `The journal's database cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
  }
}

/** Thrown when a list is continued with a cursor that no page of this journal gave out. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
  constructor() {
    super('The cursor is not one that a page of this list returned. Start again without a cursor.');
  }
}

/** Thrown when a write names a payout that was never accepted. */
export class UnknownPayoutError extends Error {
  override readonly name = 'UnknownPayoutError';
  constructor(readonly key: PayoutKey) {
    super(`The journal has no ${workflowIdOf(key)}`);
  }
}

/** Thrown when a write names a stored card that was never accepted. */
export class UnknownStoredCardError extends Error {
  override readonly name = 'UnknownStoredCardError';
  constructor(readonly key: StoredCardKey) {
    super(`The journal has no ${storedCardWorkflowIdOf(key)}`);
  }
}

/** Thrown when a write names a payment that was never accepted. */
export class UnknownPaymentError extends Error {
  override readonly name = 'UnknownPaymentError';
  constructor(readonly key: PaymentKey) {
    super(`The journal has no ${paymentWorkflowIdOf(key)}`);
  }
}

/** Thrown when an answer names a call of a payment, or an operation, that was never written: a programming error. */
export class UnknownPaymentCallError extends Error {
  override readonly name = 'UnknownPaymentCallError';
  constructor(key: PaymentKey, what: number | string) {
    super(`${paymentWorkflowIdOf(key)} has no call or operation ${what}`);
  }
}

/** Thrown when an answer names an attempt whose intent was never written: a programming error. */
export class UnknownAttemptError extends Error {
  override readonly name = 'UnknownAttemptError';
  constructor(
    readonly key: PayoutKey,
    readonly number: number,
  ) {
    super(`${workflowIdOf(key)} has no attempt ${number}`);
  }
}

/** Thrown when another live process has the embedded journal's directory open. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError';
  constructor(
    readonly directory: string,
    readonly pid: number,
  ) {
    super(
      `The journal in ${directory} is open in ${pid === process.pid ? 'this same process' : `process ${pid}`}. ` +
        'An embedded journal serves one process: stop that one first, choose another directory, or use PostgreSQL.',
    );
  }
}
