import { canMove, isCorrection, isFinal, statusAfter } from '../../domain/payout-status.js';
import type { Payout, Reason } from '../../domain/payout.js';
import type { Paid, Progress } from '../../domain/provider-answer.js';
import {
  eventFor,
  positionOf,
  type Change,
  type Decision,
  type Position,
  type Standing,
} from '../decision.js';
import { sameJson } from '../json.js';
import type { By } from '../port.js';
import { describeProgress } from './describe.js';

/** The provider says how the payout stands: what follows from it (money rule 6)? */
export function recordProgress(standing: Standing, progress: Progress, by: By): Decision<Payout> {
  return { change: followProgress(standing, progress, by), result: (payout) => payout };
}

/** Nothing, where the provider's word brings nothing new. */
export function followProgress(standing: Standing, progress: Progress, by: By): Change | undefined {
  const { payout, lastContradiction } = standing;
  const data = describeProgress(progress);
  const position = positionAfter(payout, progress);

  if (position === 'contradicts') {
    // Stored answers come back as plain JSON; a repeated contradiction is the same JSON.
    if (sameJson(lastContradiction, data)) return undefined;
    return { events: [eventFor(payout, undefined, by, { type: 'contradiction', data })] };
  }
  if (sameJson(position, positionOf(payout))) return undefined;
  const type = isCorrection(payout.status, position.status) ? 'correction' : 'status';
  return { position, events: [eventFor(payout, position, by, { type, data })] };
}

function positionAfter(payout: Payout, progress: Progress): Position | 'contradicts' {
  const here = positionOf(payout);
  const { status } = payout;
  switch (progress.kind) {
    case 'pending':
      // The recipient's page stays open, a review stays a review, and old news do not reopen what is closed.
      if (status !== 'processing' && !['created', 'scheduled'].includes(status)) return here;
      return { ...here, status: 'processing', reason: undefined };
    case 'ready':
      // Whatever the recipient had to do is done, or it would not wait for us.
      if (status === 'action_required') return { ...here, status: 'processing', action: undefined };
      return positionAfter(payout, { kind: 'pending' });
    case 'action_required':
      // Old news after the end; and no proof, without which only a person ends a review.
      if (isFinal(status) || status === 'in_review') return here;
      if (status !== 'action_required' && !canMove(status, 'action_required')) return 'contradicts';
      return { ...here, status: 'action_required', action: progress.action, reason: undefined };
    case 'paid':
      return afterPaid(payout, progress);
    case 'not_paid':
      // Every end but these two says already that no money moved.
      if (isFinal(status) && status !== 'succeeded' && status !== 'returned') return here;
      return closedWith(payout, progress);
    case 'returned':
      if (status === 'returned') return here;
      // What was never known to be paid cannot have come back: a person must look.
      if (status === 'succeeded' || isFinal(status)) return closedWith(payout, progress);
      return positionAfter(payout, { ...progress, kind: 'contradiction' });
    case 'contradiction':
      if (status !== 'in_review') return closedWith(payout, progress);
      return { ...here, reason: reasonOf(progress) };
  }
  function closedWith(
    from: Payout,
    word: Exclude<Progress, { kind: 'pending' | 'ready' | 'action_required' | 'paid' }>,
  ) {
    const to = statusAfter(word);
    if (!canMove(from.status, to)) return 'contradicts';
    return { ...here, status: to, action: undefined, reason: reasonOf(word) };
  }
}

/** The same proof twice is one proof; two references may be two bookings. */
function afterPaid(payout: Payout, { reference, feeMinor: fee }: Paid): Position | 'contradicts' {
  const here = positionOf(payout);
  // A fee that is no number of minor units must not keep the proof itself from being written down.
  const feeMinor = Number.isSafeInteger(fee) ? fee : undefined;
  if (payout.status === 'succeeded' || payout.status === 'returned') {
    const known = payout.reference;
    if (reference !== undefined && known !== undefined && !sameJson(reference, known)) return 'contradicts';
    return { ...here, reference: here.reference ?? reference, feeMinor: here.feeMinor ?? feeMinor };
  }
  if (!canMove(payout.status, 'succeeded')) return 'contradicts';
  return { status: 'succeeded', reference, feeMinor };
}

function reasonOf({ code, message }: Reason): Reason {
  return { code, message };
}
