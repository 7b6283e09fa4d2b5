import { canMove } from '../../domain/payout-status.js';
import type { Payout } from '../../domain/payout.js';
import type { MoneyAnswer } from '../../domain/provider-answer.js';
import { eventFor, positionOf, type Decision, type Standing } from '../decision.js';
import { mayHaveLeft, type Attempt, type AttemptStep, type BeganAttempt } from '../port.js';

export interface AttemptToBegin {
  readonly step: AttemptStep;
  readonly requestFingerprint: string;
  readonly resendOf?: number | undefined;
}

/** May this request leave? If so, the intent to send it is written down before it does (money rule 2). */
export function beginAttempt(
  { payout, attempts, stop }: Standing,
  { step, requestFingerprint, resendOf }: AttemptToBegin,
): Decision<BeganAttempt> {
  const bar = barOf(attempts, step);
  if (bar !== undefined) {
    const { answer } = bar;
    if (answer === undefined) return refuse(() => ({ kind: 'unanswered' }));
    if (!(answer.kind === 'unknown' && bar.number === resendOf))
      return refuse((stands) => answered(answer, stands));
  }
  if (!maySend(payout)) return refuse((stands) => ({ kind: 'closed', payout: stands }));
  if (stop !== undefined) return refuse(() => ({ kind: 'stopped' }));

  const number = attempts.length + 1;
  const position = {
    ...positionOf(payout),
    status: 'processing',
    action: undefined,
    reason: undefined,
  } as const;
  const event = eventFor(
    payout,
    position,
    { actor: 'engine' },
    {
      type: 'intent',
      data: { number, step, requestFingerprint, ...(resendOf !== undefined && { resendOf }) },
    },
  );
  return {
    change: { position, events: [event], intent: { number, step, requestFingerprint } },
    result: () => ({ kind: 'go', number }),
  };
}

/** The step's last attempt that may have reached the provider. */
function barOf(attempts: readonly Attempt[], step: AttemptStep): Attempt | undefined {
  return attempts.findLast((attempt) => attempt.step === step && mayHaveLeft(attempt));
}

/** A payout in review waits for a person: no request leads out of it. */
function maySend({ status }: Payout): boolean {
  if (status === 'in_review') return false;
  return status === 'processing' || canMove(status, 'processing');
}

function refuse(result: (payout: Payout) => BeganAttempt): Decision<BeganAttempt> {
  return { result };
}

function answered(answer: MoneyAnswer, payout: Payout): BeganAttempt {
  return { kind: 'answered', answer, payout };
}
