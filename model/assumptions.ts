import type { Configuration } from './configuration.js';
import { configurationNamed } from './configurations.js';

/** A promise of the provider or of the operation that the rules lean on, and a configuration in which it is broken. */
export interface Assumption {
  readonly name: string;
  readonly without: Configuration;
}

/** Each is shown to be needed: without it the check finds a way to break a rule, and prints it. */
export const ASSUMPTIONS: readonly Assumption[] = [
  {
    name: 'a provider that books a second request keeps its word on the grace period, where resends are on',
    without: { ...configurationNamed('resend'), keepsGrace: false },
  },
  {
    name: 'no sender stands still for longer than the grace period, where resends are on and the provider is not idempotent',
    without: { ...configurationNamed('resend'), alive: 2, pauses: 'any' },
  },
  {
    name: 'no sender stands still for longer than the grace period with a request that was built anew',
    without: { ...configurationNamed('built anew'), pauses: 'any' },
  },
];
