import type { Payout } from '../../domain/payout.js';
import { stopReason } from '../../domain/stop.js';
import { eventFor, positionOf, type Decision, type Standing } from '../decision.js';
import { sameJson } from '../json.js';

/** A payout that would be sent but for a stop says so. Its status stays: nothing has happened to it. */
export function noteStop({ payout, stop }: Standing): Decision<Payout> {
  const result = (stands: Payout) => stands;
  const waits = payout.status === 'created' || payout.status === 'processing';
  if (stop === undefined || !waits) return { result };
  const reason = stopReason(stop);
  if (sameJson(payout.reason, reason)) return { result };
  const position = { ...positionOf(payout), reason };
  const by = { actor: stop.actor, reason: stop.reason };
  const event = eventFor(payout, position, by, { type: 'stopped', data: { stop: stop.id } });
  return { change: { position, events: [event] }, result };
}
