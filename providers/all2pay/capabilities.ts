import { CURRENCIES, type CurrencyCode } from '../../domain/currencies.js';
import type { ProviderCapabilities, ProviderLimits } from '../port.js';
import type { All2payConfig } from './config.js';

/** The longest `orderNumber` (§3). */
export const MAX_ORDER_NUMBER = 32;

/** "Not found" counts only after the grace period and at least this many queries (§11.2 rule 3). */
const NOT_FOUND_MIN_QUERIES = 5;

/** A callback is only a trigger to query the status (§13), so never more than a hint. */
export function capabilitiesOf({ callbacksEnabled }: All2payConfig): ProviderCapabilities {
  return {
    destinations: ['card', 'stored_card', 'phone', 'hosted_page'],
    callbacks: callbacksEnabled ? 'hint' : 'none',
    sources: true,
  };
}

export function limitsOf(config: All2payConfig): ProviderLimits {
  return {
    orderIdPattern: new RegExp(`^(?=.{1,${MAX_ORDER_NUMBER}}$)(?:${config.orderNumberPattern})$`),
    orderIdRule:
      config.orderNumberPattern === '^[A-Za-z0-9_-]{1,32}$'
        ? `at most ${MAX_ORDER_NUMBER} of A-Z a-z 0-9 _ -`
        : `at most ${MAX_ORDER_NUMBER}, of the form ${config.orderNumberPattern}`,
    currencies: currenciesOf(config),
    minMinor: config.minAmount,
    maxMinor: config.maxAmount,
    callTimeoutMs: config.connectTimeoutMs + config.responseTimeoutMs,
    notFoundGraceMs: config.notFoundGraceSecs * 1000,
    notFoundMinQueries: NOT_FOUND_MIN_QUERIES,
    resendAfterNotFound: config.reexecuteAfterNotFound,
    sendBudgetMs: config.sendBudgetSecs * 1000,
    poll: config.pollSchedule,
    actionGraceMs: config.formGraceSecs * 1000,
  };
}

function currenciesOf({ currencies }: All2payConfig): readonly CurrencyCode[] {
  const all = Object.entries(CURRENCIES) as [CurrencyCode, { readonly numeric: string }][];
  return all.filter(([, { numeric }]) => currencies.includes(numeric)).map(([code]) => code);
}
