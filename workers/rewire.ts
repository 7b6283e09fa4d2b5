import type { EngineAccount } from '../activities/deps.js';
import type { AccountId } from '../domain/ids.js';
import type { Journal } from '../journal/port.js';

/** The two sides that an engine process works between. */
export interface EngineSides {
  readonly journal: Journal;
  readonly accounts: ReadonlyMap<AccountId, EngineAccount>;
}

/** Puts other sides in their place: by code alone, no configuration reaches it. */
export type Rewire = (sides: EngineSides) => EngineSides;

export const asIs: Rewire = (sides) => sides;
