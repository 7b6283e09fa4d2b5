import type { PayoutStatus } from '../domain/payout-status.js';
import type { StoredCardPurpose } from '../domain/stored-card.js';
import type { StoredCardStatus } from '../domain/stored-card-status.js';
import type { Fault } from './faults.js';
import type { PersonDoes, Role, StoringOutcome } from './words.js';

/** One row about a card that a provider is to keep: data alone, `play-storing.ts` acts on it. */
export interface StoringScenario {
  /** Unique. */
  readonly name: string;
  readonly account: Role;
  readonly purpose: StoredCardPurpose;
  readonly outcome: StoringOutcome;
  readonly faults?: readonly Fault[] | undefined;
  /** What the owner does about a challenge; left out: nothing. */
  readonly person?: PersonDoes | undefined;
  /** The same request so often at once. @default 1 */
  readonly again?: number | undefined;
  /** A payout to the card, or one after the card was taken out of use. */
  readonly afterwards?: 'pay' | 'remove_and_pay' | undefined;
  readonly expected: {
    readonly status: StoredCardStatus;
    /** How many cards the provider keeps of it. */
    readonly stored: 0 | 1;
    /** What becomes of the payout; `refused`: it never becomes one. */
    readonly payout?: PayoutStatus | 'refused' | undefined;
  };
}
