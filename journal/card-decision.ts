import type { Reason } from '../domain/payout.js';
import type { Action } from '../domain/provider-answer.js';
import type { StoredCardView } from '../domain/stored-card.js';
import type { Stop } from '../domain/stop.js';
import type { StoredCardStatus } from '../domain/stored-card-status.js';
import type { StoredCardEvent } from './stored-cards/port.js';

/** All that a decision about one stored card may depend on, as of one moment. */
export interface CardStanding {
  readonly card: StoredCardView;
  /** What the last `contradiction` said, so that its repetition is not written again. */
  readonly lastContradiction?: unknown;
  /** Its request is about to leave, or has left. */
  readonly isSent: boolean;
  /** The oldest stop in force that covers it. */
  readonly stop?: Stop | undefined;
}

/** The part of a stored card that moves. */
export interface CardPosition {
  readonly status: StoredCardStatus;
  readonly action?: Action | undefined;
  readonly reason?: Reason | undefined;
  readonly providerCardId?: string | undefined;
}

/** What to write, all of it or nothing. No write goes without an event. */
export interface CardChange {
  readonly position?: CardPosition | undefined;
  readonly event: Omit<StoredCardEvent, 'sequence' | 'at'>;
}
