import type { Payout, Reason } from '../domain/payout.js';
import type { PayoutStatus } from '../domain/payout-status.js';
import type { Action, MoneyAnswer } from '../domain/provider-answer.js';
import type { Stop } from '../domain/stop.js';
import type { Attempt, AttemptStep, By, PayoutEvent } from './port.js';

/** All that a decision about one payout may depend on, as of one moment. */
export interface Standing {
  readonly payout: Payout;
  readonly attempts: readonly Attempt[];
  /** What the last `contradiction` said, so that its repetition is not written again. */
  readonly lastContradiction?: unknown;
  /** The oldest stop in force that covers it. */
  readonly stop?: Stop | undefined;
}

/** The part of a payout that moves. */
export interface Position {
  readonly status: PayoutStatus;
  readonly action?: Action | undefined;
  readonly reason?: Reason | undefined;
  readonly reference?: string | undefined;
  readonly feeMinor?: number | undefined;
}

export function positionOf({ status, action, reason, reference, feeMinor }: Payout): Position {
  return { status, action, reason, reference, feeMinor };
}

export type NewEvent = Omit<PayoutEvent, 'sequence' | 'at'>;

export interface Intent {
  readonly number: number;
  readonly step: AttemptStep;
  readonly requestFingerprint: string;
}

export interface AnswerToAttempt {
  readonly number: number;
  readonly answer: MoneyAnswer;
}

/** What to write, all of it or nothing. No write goes without an event. */
export interface Change {
  readonly position?: Position | undefined;
  readonly events: readonly [NewEvent, ...NewEvent[]];
  readonly intent?: Intent | undefined;
  readonly answer?: AnswerToAttempt | undefined;
}

/** A pure function's verdict: what to write, if anything, and what to tell the caller of the payout as it then is. */
export interface Decision<Result> {
  readonly change?: Change | undefined;
  readonly result: (payout: Payout) => Result;
}

/** An event, with the move it tells of if there is one. */
export function eventFor(
  payout: Payout,
  position: Position | undefined,
  by: By,
  event: { readonly type: PayoutEvent['type']; readonly data?: unknown },
): NewEvent {
  const moves = position !== undefined && position.status !== payout.status;
  return { ...event, ...(moves && { from: payout.status, to: position.status }), ...by };
}
