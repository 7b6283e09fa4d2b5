import type { PaymentLimits } from '../payment-port.js';
import type { EightbPayConfig } from './config.js';

/** The longest text that most fields take (8b.world /pay §4.1). */
export const MAX_TEXT = 255;

export function limitsOf(config: EightbPayConfig): PaymentLimits {
  return {
    orderIdPattern: new RegExp(`^(?=.{1,${MAX_TEXT}}$)(?:${config.referencePattern})$`),
    orderIdRule: `of the form ${config.referencePattern}`,
    currencies: config.currencies,
    minMinor: config.minAmount,
    maxMinor: config.maxAmount,
    callTimeoutMs: config.connectTimeoutMs + config.responseTimeoutMs,
    sendBudgetMs: config.sendBudgetSecs * 1000,
    poll: config.pollSchedule,
    expiryGraceMs: config.expiryGraceSecs * 1000,
    reinit: config.reinit,
  };
}
