import { isPerson } from '../../domain/actor.js';
import type { Payout, Reason } from '../../domain/payout.js';
import { canMove, isCorrection, type PayoutStatus } from '../../domain/payout-status.js';
import { eventFor, positionOf, type Decision, type Standing } from '../decision.js';
import { IllegalMoveError, type By, type PayoutEvent } from '../port.js';
import { provenUnsent } from './close-unsent.js';

/** A move decided by the engine or a person. */
export function changeStatus(
  { payout, attempts }: Standing,
  to: PayoutStatus,
  reason: Reason | undefined,
  by: By,
  from?: PayoutStatus,
): Decision<Payout> {
  const result = (stands: Payout) => stands;
  const { status } = payout;
  if (status === to) return { result };
  // The table allows `cancelled` on the understanding that the journal asks for this proof (money rule 1).
  const legal =
    canMove(status, to) &&
    (from === undefined || status === from) &&
    (to !== 'cancelled' || provenUnsent(attempts));
  if (!legal) throw new IllegalMoveError(status, to);

  const position = { ...positionOf(payout), status: to, action: undefined, reason };
  const event = eventFor(payout, position, by, { type: typeOf(status, to, by), data: reason });
  return { change: { position, events: [event] }, result };
}

function typeOf(from: PayoutStatus, to: PayoutStatus, { actor }: By): PayoutEvent['type'] {
  if (isCorrection(from, to)) return 'correction';
  return from === 'in_review' && isPerson(actor) ? 'resolved' : 'status';
}
