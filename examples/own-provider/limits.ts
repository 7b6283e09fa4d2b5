import type { ProviderCapabilities, ProviderLimits } from 'payout-engine/providers';
import type { PocketPayConfig } from './config.js';

/** What an account can do (Pocket Pay §1, §7). */
export function capabilitiesOf({ callbacks }: PocketPayConfig): ProviderCapabilities {
  return { destinations: ['card'], callbacks, sources: false };
}

export function limitsOf(config: PocketPayConfig): ProviderLimits {
  return {
    orderIdPattern: /^[A-Za-z0-9_-]{1,40}$/,
    orderIdRule: 'at most 40 of A-Z a-z 0-9 _ -',
    currencies: [config.currency],
    minMinor: config.minAmount,
    maxMinor: config.maxAmount,
    callTimeoutMs: config.timeoutMs,
    notFoundGraceMs: config.notFoundGraceSecs * 1000,
    // One "not found" may come from a replica that lags behind.
    notFoundMinQueries: 5,
    resendAfterNotFound: config.resend,
    sendBudgetMs: config.sendBudgetSecs * 1000,
    poll: config.pollSchedule,
    // Nothing is ever asked of the recipient (§1).
    actionGraceMs: 0,
  };
}
