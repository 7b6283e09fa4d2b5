import type { PayoutKey } from '../domain/ids.js';
import type { Progress } from '../domain/provider-answer.js';
import type { Change, Decision, Standing } from '../journal/decision.js';
import { beginAttempt } from '../journal/decisions/begin-attempt.js';
import { changeStatus } from '../journal/decisions/change-status.js';
import { closeUnsent } from '../journal/decisions/close-unsent.js';
import { endAttempt } from '../journal/decisions/end-attempt.js';
import { followProgress } from '../journal/decisions/follow-progress.js';
import type { By } from '../journal/port.js';

/**
 * The parts of the engine that keep the money rules, as the model puts them together. `INTACT` is the engine's own
 * code; a mutation replaces one part of it.
 */
export interface Machine {
  readonly beginAttempt: typeof beginAttempt;
  readonly endAttempt: (
    standing: Standing,
    key: PayoutKey,
    number: number,
    answer: Parameters<typeof endAttempt>[3],
  ) => Decision<unknown>;
  readonly followProgress: (standing: Standing, progress: Progress, by: By) => Change | undefined;
  readonly changeStatus: typeof changeStatus;
  readonly closeUnsent: typeof closeUnsent;
  /** The attempts as the activities read them. */
  readonly attemptsRead: (attempts: Standing['attempts']) => Standing['attempts'];
  /** Overrides of the account's limits, as the activities see them. */
  readonly limits: { readonly notFoundMinQueries?: number; readonly notFoundGraceMs?: number };
  /** The order id that a request leaves under. */
  readonly orderIdSent: (orderId: string, attempt: number) => string;
  /** Does the gateway believe a callback whose signature is wrong? */
  readonly trustsUnsigned: boolean;
  /** Does the workflow ask again once an operator sent the payout back from review? */
  readonly asksAfterReview: boolean;
}

/** The engine as it is. */
export const INTACT: Machine = {
  beginAttempt,
  endAttempt,
  followProgress,
  changeStatus,
  closeUnsent,
  attemptsRead: (attempts) => attempts,
  limits: {},
  orderIdSent: (orderId) => orderId,
  trustsUnsigned: false,
  asksAfterReview: true,
};
