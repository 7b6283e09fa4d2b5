import type { ProviderCapabilities, ProviderLimits } from '../port.js';
import type { EightbConfig } from './config.js';

/** The longest `id` (8b Disbursement §5.1). */
const MAX_ID = 20;

/** "Not found" counts only after the grace period (§8) and at least this many checks. */
const NOT_FOUND_MIN_QUERIES = 5;

/** A callback is signed, but what it must agree with, the amount and the direction, only the order can tell (§5.7). */
export function capabilitiesOf({
  destinations,
  currency,
  callbacksEnabled,
}: EightbConfig): ProviderCapabilities {
  const payable = Object.values(destinations).filter(({ currencies }) => currencies.includes(currency));
  return {
    destinations: [...new Set(payable.map(({ type }) => type))],
    callbacks: callbacksEnabled ? 'hint' : 'none',
    sources: false,
  };
}

export function limitsOf(config: EightbConfig): ProviderLimits {
  const { orderIdPattern, notFoundGraceSecs, sendBudgetSecs, pollSchedule } = config;
  return {
    orderIdPattern: new RegExp(`^(?=[A-Za-z0-9]{1,${MAX_ID}}$)(?:${orderIdPattern})$`),
    orderIdRule:
      orderIdPattern === '^[A-Za-z0-9]{1,20}$'
        ? `at most ${MAX_ID} of A-Z a-z 0-9`
        : `at most ${MAX_ID} of A-Z a-z 0-9, of the form ${orderIdPattern}`,
    // Capitals alone: nobody says whether the provider tells `abc` from `ABC`.
    madeOrderIds: { length: MAX_ID, upperCase: true },
    currencies: [config.currency],
    minMinor: config.minAmount,
    maxMinor: config.maxAmount,
    callTimeoutMs: config.timeoutMs,
    notFoundGraceMs: notFoundGraceSecs * 1000,
    notFoundMinQueries: NOT_FOUND_MIN_QUERIES,
    resendAfterNotFound: config.resendSameId,
    sendBudgetMs: sendBudgetSecs * 1000,
    poll: pollSchedule,
    // Nothing is ever asked of the recipient (§1).
    actionGraceMs: 0,
  };
}
