import type { MerchantId } from '../../domain/ids.js';
import type { Stop, Stoppable, StopScope } from '../../domain/stop.js';
import type { Doer } from '../audit/port.js';

/** How much of what is not final yet a scope covers. */
export interface Unfinished {
  readonly payouts: number;
  readonly payments: number;
  readonly storedCards: number;
}

/** Operators' stops. They are obeyed where intents are committed: `beginAttempt`, `beginStart`, `beginOperation`, `beginStoring`. */
export interface StopJournal {
  /** From now on no intent that the scope covers is committed. A scope that is stopped already stays as it was. */
  add(stop: { scope: StopScope; reason: string } & Doer): Promise<{ stop: Stop; repeated: boolean }>;
  /** Lifts one; a repeat changes nothing. Undefined if there is no such stop, or, with a merchant, none of that one alone. */
  resume(
    id: string,
    by: Doer & { reason: string },
    merchant?: MerchantId,
  ): Promise<{ stop: Stop; repeated: boolean } | undefined>;
  /** Newest first: those in force, or the newest thousand of all; with a merchant, those of that one alone. */
  list(which: 'in_force' | 'all', merchant?: MerchantId): Promise<readonly Stop[]>;
  /** The oldest one in force that covers it. */
  covering(what: Stoppable): Promise<Stop | undefined>;
  unfinished(scope: StopScope): Promise<Unfinished>;
}
