/** `operationList`: what moved, step by step. All2pay payouts document §3. */
import type { JsonObject } from './fields.js';
import type { Booking, Order } from './order.js';
import { actionWords } from './refusal.js';
import type { Variant } from './variant.js';

/**
 * @param panName `pan` in the sample of performPayout, `panMaskedTo` in the table of getPayoutStatus, which lists the
 *   check before the credit too
 */
export function operations(order: Order, variant: Variant, panName: 'pan' | 'panMaskedTo'): JsonObject[] {
  const credited = creditsOf(order, variant, panName);
  const [first] = credited;
  if (panName === 'pan' || !first) return credited;
  const { amount, currency } = order;
  const check = {
    operationType: 'P2P_VERIFY',
    operationDate: first.operationDate,
    amount,
    currency,
    resultCode: 0,
  };
  return [check, ...credited];
}

interface Operation extends JsonObject {
  readonly operationDate: number;
}

/** One credit per booking; a declined order shows the credit that failed. */
function creditsOf(order: Order, variant: Variant, panName: string): Operation[] {
  const { currency, target, actionCode: resultCode = 5 } = order;
  const credit = { operationType: 'P2P_CREDIT', currency, [panName]: target?.maskedPan };
  if (order.status === '6' && order.bookings.length === 0 && target !== undefined) {
    const { amount, finishedAt: operationDate = order.createdAt } = order;
    return [{ ...credit, operationDate, amount, resultCode, resultCodeDescription: actionWords(resultCode) }];
  }
  return order.bookings.flatMap((booking) => {
    const paid = { ...credit, ...doneBy(booking, creditedAmount(booking, variant)) };
    return order.source ? [debitOf(order, booking), paid] : [paid];
  });
}

function debitOf({ currency, bankOrderId }: Order, booking: Booking): Operation {
  const debit = { operationType: 'P2P_DEBIT', currency, orderId: bankOrderId };
  return { ...debit, ...doneBy(booking, booking.amount), resultCodeDescription: 'Debit completed' };
}

function doneBy({ at, refNum }: Booking, amount: number): Operation {
  return { operationDate: at, amount, resultCode: 0, resultCodeDescription: 'Payout completed', refNum };
}

function creditedAmount({ amount }: Booking, { feeMode, feeMinor }: Variant): number {
  return feeMode === 'deducted' ? Math.max(amount - feeMinor, 0) : amount;
}
