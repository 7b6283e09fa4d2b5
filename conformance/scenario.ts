import type { PayoutStatus } from '../domain/payout-status.js';
import type { CallbackFaultKind, Fault } from './faults.js';
import type { CallbackTwist, Flow, OddCallback, Outcome, PersonDoes, Role } from './words.js';

/** One thing that somebody does to a payout. Those that expect an answer fail the scenario if it is another. */
export type Deed =
  | { readonly deed: 'wait_until'; readonly status: PayoutStatus }
  /** Until the provider's own books have the order, or its end, whatever we know. */
  | { readonly deed: 'wait_for_provider'; readonly to: 'know_it' | 'end_it' }
  | { readonly deed: 'person'; readonly does: PersonDoes }
  /** The person's browser comes back to us without anything having been done. */
  | { readonly deed: 'browser_returns' }
  | { readonly deed: 'callback'; readonly twist: CallbackTwist; readonly taken: boolean }
  | { readonly deed: 'odd_callback'; readonly odd: OddCallback; readonly taken: boolean }
  /** The same request again, `times` at once. */
  | { readonly deed: 'create_again'; readonly times: number }
  /** The same id for another amount: refused, naming the original. */
  | { readonly deed: 'create_other' }
  | { readonly deed: 'cancel'; readonly cancelled: boolean }
  /** A person asks again about a payout in review. */
  | { readonly deed: 'ask_again' };

export interface Expected {
  readonly status: PayoutStatus;
  readonly bookings: 0 | 1;
  /** Requests that could move money and arrived. @default 1 */
  readonly sent?: number | { readonly atMost: number } | undefined;
  /** Questions that arrived, where that is the point. */
  readonly asked?: number | undefined;
  /** The reason's code, where that is the point and the same for every provider. */
  readonly reason?: string | undefined;
}

/** One row of the table: data alone, `play.ts` acts on it. */
export interface Scenario {
  /** Unique. */
  readonly name: string;
  readonly account: Role;
  readonly flow: Flow;
  readonly outcome: Outcome;
  readonly faults?: readonly Fault[] | undefined;
  readonly callback?: CallbackFaultKind | undefined;
  /** The provider executes what was only registered, although nobody asks for it. */
  readonly unasked?: true | undefined;
  /** From when the journal knows the payout. */
  readonly meanwhile?: readonly Deed[] | undefined;
  /** After it is final or in review. */
  readonly afterwards?: readonly Deed[] | undefined;
  readonly expected: Expected;
}

export interface ScenarioGroup {
  readonly title: string;
  readonly scenarios: readonly Scenario[];
}
