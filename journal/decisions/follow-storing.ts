import type { StoreProgress } from '../../domain/provider-answer.js';
import { stopReason } from '../../domain/stop.js';
import type { StoredCardView } from '../../domain/stored-card.js';
import { canMoveStoredCard, storedCardStatusAfter } from '../../domain/stored-card-status.js';
import type { CardChange, CardPosition, CardStanding } from '../card-decision.js';
import { sameJson } from '../json.js';
import type { By } from '../port.js';
import { describeProgress } from './describe.js';

/** The provider says how the storing stands: what follows from it? Nothing, where its word brings nothing new. */
export function recordCardProgress(
  { card, lastContradiction }: CardStanding,
  progress: StoreProgress,
  by: By,
): CardChange | undefined {
  const data = describeProgress(progress);
  const position = positionAfter(card, progress);

  if (position === 'contradicts') {
    // Stored words come back as plain JSON; a repeated contradiction is the same JSON.
    if (sameJson(lastContradiction, data)) return undefined;
    return { event: { type: 'contradiction', ...by, data } };
  }
  if (sameJson(position, positionOf(card))) return undefined;
  return { position, event: { type: 'status', ...moveOf(card, position), ...by, data } };
}

/** A card that would be sent but for a stop says so. Its status stays: nothing has happened to it. */
export function noteCardStop({ card, isSent, stop }: CardStanding): CardChange | undefined {
  if (stop === undefined || isSent || card.status !== 'requested') return undefined;
  const reason = stopReason(stop);
  if (sameJson(card.reason, reason)) return undefined;
  const by = { actor: stop.actor, reason: stop.reason };
  return {
    position: { ...positionOf(card), reason },
    event: { type: 'stopped', ...by, data: { stop: stop.id } },
  };
}

/** Ours alone: the provider goes on keeping the card. */
export function removeCard({ card }: CardStanding, by: By): CardChange | undefined {
  if (card.status === 'removed') return undefined;
  const position = { ...positionOf(card), status: 'removed', action: undefined } as const;
  return { position, event: { type: 'removed', ...moveOf(card, position), ...by } };
}

function positionAfter(card: StoredCardView, progress: StoreProgress): CardPosition | 'contradicts' {
  const here = positionOf(card);
  const { status } = card;
  // What the provider keeps is no longer of interest.
  if (status === 'removed') return here;
  const to = storedCardStatusAfter(progress);
  switch (progress.kind) {
    case 'pending':
      // The owner's page stays open, a review stays a review, and old news do not reopen what has ended.
      return here;
    case 'action_required':
      // Old news after the end; and no proof, without which no review ends.
      if (status !== to && !canMoveStoredCard(status, to)) return here;
      return { status: to, action: progress.action };
    case 'stored': {
      const { providerCardId } = progress;
      if (canMoveStoredCard(status, to)) return { status: to, providerCardId };
      // Two ids may be two cards, and payouts may have been made with the first.
      return sameJson(card.providerCardId, providerCardId) ? here : 'contradicts';
    }
    case 'not_stored':
      // These two say already that it is not stored.
      if (status === 'failed' || status === 'expired') return here;
      return closedWith(progress);
    case 'contradiction':
      return closedWith(progress);
  }
  function closedWith({ code, message }: Extract<StoreProgress, { code: string }>) {
    if (status !== to && !canMoveStoredCard(status, to)) return 'contradicts';
    return { ...here, status: to, action: undefined, reason: { code, message } };
  }
}

function positionOf({ status, action, reason, providerCardId }: StoredCardView): CardPosition {
  return { status, action, reason, providerCardId };
}

/** The move that an event tells of, if there is one. */
function moveOf(
  { status }: StoredCardView,
  position: CardPosition,
): Pick<CardChange['event'], 'from' | 'to'> {
  return position.status === status ? {} : { from: status, to: position.status };
}
