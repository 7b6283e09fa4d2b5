import type { PayneteasyConfig } from './config.js';
import type { PayneteasyAnswer } from './responses.js';

/**
 * Is this a checked order that payout-pay may follow (Payneteasy §6.3)? Which status and stage say so is not public, so
 * the account's configuration does.
 */
export function isReady(answer: PayneteasyAnswer, { flow, readyWhen }: PayneteasyConfig): boolean {
  if (flow !== 'two_step') return false;
  const { status = 'processing', orderStage, transactionType } = answer;
  return readyWhen.some(
    (rule) =>
      rule.status === status &&
      isOneOf(orderStage, rule.orderStage) &&
      isOneOf(transactionType, rule.transactionType),
  );
}

function isOneOf(value: string | undefined, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}
