import { minorUnits } from './amounts.js';
import type { Expected } from './reading.js';
import type { PayneteasyAnswer } from './responses.js';

/** An answer that names an order of somebody else's: it proves nothing about ours. */
export function isOfAnotherOrder(answer: PayneteasyAnswer, { orderId, providerOrderId }: Expected): boolean {
  const { merchantOrderId, paynetOrderId } = answer;
  if (merchantOrderId !== undefined && merchantOrderId !== orderId) return true;
  return providerOrderId !== undefined && paynetOrderId !== undefined && paynetOrderId !== providerOrderId;
}

/** Names the money field that differs from ours; a missing one is no difference. */
export function differingMoney(answer: PayneteasyAnswer, { amount }: Expected): string | undefined {
  if (answer.currency !== undefined && answer.currency.toUpperCase() !== amount.currency) return 'currency';
  if (answer.amount !== undefined && minorUnits(answer.amount, amount.currency) !== amount.minor)
    return 'amount';
  return undefined;
}

/** Does the answer name our order, by either id? A success must. */
export function namesOurOrder(answer: PayneteasyAnswer, { orderId, providerOrderId }: Expected): boolean {
  return (
    answer.merchantOrderId === orderId ||
    (providerOrderId !== undefined && answer.paynetOrderId === providerOrderId)
  );
}
