import type { Reason } from '../../domain/payout.js';
import { canMove, isFinal } from '../../domain/payout-status.js';
import { eventFor, positionOf, type Decision, type Standing } from '../decision.js';
import { mayHaveLeft, type Attempt, type By, type CloseOutcome } from '../port.js';

export interface Close {
  readonly to: 'cancelled' | 'failed';
  readonly reason: Reason;
}

/** Closes if, and only if, nothing can have reached the provider; otherwise tells the truth (money rule 1). */
export function closeUnsent(standing: Standing, { to, reason }: Close, by: By): Decision<CloseOutcome> {
  const { payout } = standing;
  if (payout.status === to) return { result: (stands) => ({ closed: true, payout: stands }) };

  const why = whyNot(standing, to);
  if (why === undefined) {
    const position = { ...positionOf(payout), status: to, action: undefined, reason };
    const event = eventFor(payout, position, by, { type: 'status', data: reason });
    return { change: { position, events: [event] }, result: (stands) => ({ closed: true, payout: stands }) };
  }
  const refused = eventFor(payout, undefined, by, { type: 'cancel_refused', data: { why } });
  return {
    ...(to === 'cancelled' && { change: { events: [refused] } }),
    result: (stands) => ({ closed: false, why, payout: stands }),
  };
}

/** Every attempt has the proof that no byte of it reached the provider. True of no attempts at all. */
export function provenUnsent(attempts: readonly Attempt[]): boolean {
  return lastSent(attempts) === undefined;
}

function lastSent(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.findLast(mayHaveLeft);
}

function whyNot({ payout, attempts }: Standing, to: Close['to']): string | undefined {
  if (isFinal(payout.status)) return `The payout is ${payout.status} already`;
  const sent = lastSent(attempts);
  if (sent !== undefined) {
    const sureness = sent.answer?.kind === 'answered' ? 'reached' : 'may have reached';
    return `Attempt ${sent.number} (${sent.step}) of ${sent.intentAt} ${sureness} the provider: only its outcome can close the payout`;
  }
  return canMove(payout.status, to) ? undefined : `A payout that is ${payout.status} cannot become ${to}`;
}
