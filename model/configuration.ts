import type { AccountSettings } from './activity.js';
import type { ProviderKind } from './provider.js';

/** One account at one kind of provider, with what may go wrong. */
export interface Configuration extends AccountSettings, ProviderKind {
  readonly name: string;
  readonly callbacks: 'none' | 'hint' | 'proof';
  /**
   * How long a worker may stand still between committing an intent and sending its request. `any`: longer than the grace
   * period too (a suspended machine); its request then leaves long after anybody waits for it.
   */
  readonly pauses: 'within_grace' | 'any';
  /** Does the provider keep its word that "not found" is wrong only within the grace period? */
  readonly keepsGrace: boolean;
  /**
   * What goes wrong beside the network, as often as it likes. `workers`: senders die, or stand still and are given up;
   * `all`: also calls that no worker serves, and runs that are ended by hand and created again.
   */
  readonly faults: 'none' | 'workers' | 'all';
  /** Runs of activities alive at once, the given-up ones included. */
  readonly alive: number;
  /** So many attempts at most are not sent for certain, or lost on their way. */
  readonly attempts: number;
  /** Grace periods pass while no more requests than this were begun: what bounds the resends. */
  readonly graces: number;
  /** Takes longer than all others together: explored by `npm run model` alone. */
  readonly isLong?: boolean;
}
