import type { PayneteasyConfig } from './config.js';
import type { Exchange } from './exchange.js';
import type { Reading } from './reading.js';

/** What the parts of one account's adapter share. */
export interface Account {
  readonly config: PayneteasyConfig;
  readonly exchange: Exchange;
  readonly now: () => number;
  /** For one answer; `withheld`: what may not come back in a message, beside the credentials. */
  reading(withheld: readonly string[]): Reading;
}
