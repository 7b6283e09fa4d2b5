import { canMove } from '../../domain/payout-status.js';
import type { Payout } from '../../domain/payout.js';
import type { MoneyAnswer } from '../../domain/provider-answer.js';
import { eventFor, positionOf, type Decision, type Standing } from '../decision.js';
import type { Attempt, AttemptStep, BeganAttempt } from '../port.js';

export interface AttemptToBegin {
  readonly step: AttemptStep;
  readonly requestFingerprint: string;
  readonly resend?: boolean | undefined;
}

/** May this request leave? If so, the intent to send it is written down before it does (design rule 2). */
export function beginAttempt(
  { payout, attempts }: Standing,
  { step, requestFingerprint, resend = false }: AttemptToBegin,
): Decision<BeganAttempt> {
  const bar = barOf(attempts, step);
  if (bar !== undefined) {
    const { answer } = bar;
    if (answer === undefined) return refuse(() => ({ kind: 'unanswered' }));
    if (!(answer.kind === 'unknown' && resend)) return refuse((stands) => answered(answer, stands));
  }
  if (!maySend(payout, resend)) return refuse((stands) => ({ kind: 'closed', payout: stands }));

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
      data: { number, step, requestFingerprint, ...(resend && { resend }) },
    },
  );
  return {
    change: { position, events: [event], intent: { number, step, requestFingerprint } },
    result: () => ({ kind: 'go', number }),
  };
}

/** The step's last attempt that may have reached the provider. */
function barOf(attempts: readonly Attempt[], step: AttemptStep): Attempt | undefined {
  return attempts.findLast((attempt) => attempt.step === step && attempt.answer?.kind !== 'not_sent');
}

/** A payout in review waits for a person: only the explicit order to send again leads out of it by sending. */
function maySend({ status }: Payout, resend: boolean): boolean {
  if (status === 'in_review') return resend;
  return status === 'processing' || canMove(status, 'processing');
}

function refuse(result: (payout: Payout) => BeganAttempt): Decision<BeganAttempt> {
  return { result };
}

function answered(answer: MoneyAnswer, payout: Payout): BeganAttempt {
  return { kind: 'answered', answer, payout };
}
