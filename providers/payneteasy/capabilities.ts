import type { ProviderCapabilities, ProviderLimits } from '../port.js';
import type { PayneteasyConfig } from './config.js';

/** "No such order" is believed only after the grace period and at least this many questions (§9). */
const NOT_FOUND_MIN_QUERIES = 5;

/** A callback's control covers neither amount nor type (Payneteasy §8), so it is never more than a hint. */
export function capabilitiesOf(config: PayneteasyConfig): ProviderCapabilities {
  const { flow, storedCards, callbackField } = config;
  // payout-by-ref has one step (§6.2).
  const byReference = storedCards && flow === 'one_step';
  return {
    destinations: ['bank_account', 'card', ...(byReference ? (['stored_card'] as const) : [])],
    callbacks: callbackField === 'none' ? 'none' : 'hint',
    sources: false,
  };
}

export function limitsOf(config: PayneteasyConfig): ProviderLimits {
  return {
    // The provider takes 128 characters and documents no alphabet (§6.1).
    orderIdPattern: /^[A-Za-z0-9_-]{1,64}$/,
    orderIdRule: 'at most 64 of A-Z a-z 0-9 _ -',
    currencies: config.currencies,
    minMinor: config.minAmount,
    maxMinor: config.maxAmount,
    callTimeoutMs: config.timeoutMs,
    notFoundGraceMs: config.notFoundGraceSecs * 1000,
    notFoundMinQueries: NOT_FOUND_MIN_QUERIES,
    resendAfterNotFound: config.resendSameId ? 'auto' : 'manual',
    sendBudgetMs: config.sendBudgetSecs * 1000,
    poll: config.pollSchedule,
    actionGraceMs: config.formGraceSecs * 1000,
  };
}
