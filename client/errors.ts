import type { Payout } from '../domain/payout.js';
import { describeProblem, type Problem } from '../domain/problem.js';

/** What can go wrong for a caller. Compare by `code`, or by `instanceof`. */
export type PayoutErrorCode = 'invalid' | 'conflict' | 'not_found' | 'engine_unavailable';

export abstract class PayoutError extends Error {
  abstract readonly code: PayoutErrorCode;
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

/** Temporal, or the workers behind it, do not answer. The call may have had effect: repeat it with the same id. */
export class EngineUnavailableError extends PayoutError {
  override readonly name = 'EngineUnavailableError';
  readonly code = 'engine_unavailable';
}
