/** The answer to a question about an order. Payneteasy §6.5. */
import { writeAmount } from './amount.js';
import type { Answer } from './answer.js';
import { refusal, serialNumber } from './answer.js';
import type { Order } from './order.js';
import type { Variant } from './variant.js';

/** @param formUrl where the receiver's form stands while it is open */
export function statusAnswer(order: Order, formUrl: string | undefined, variant: Variant): Answer {
  const { statusIds, statusAmount, processingAs, rrn } = variant;
  const { status, bookings, currency } = order;
  const isProcessing = status === 'processing';
  return {
    httpStatus: 200,
    values: {
      type: 'status-response',
      'serial-number': serialNumber(),
      'merchant-order-id': statusIds === 'none' ? undefined : order.clientOrderId,
      'paynet-order-id': statusIds === 'both' ? order.orderId : undefined,
      status: isProcessing && processingAs === 'absent' ? undefined : status,
      amount: statusAmount === 'said' ? amountText(order, variant) : undefined,
      currency: statusAmount === 'said' ? currency : undefined,
      'order-stage': order.stage,
      'redirect-to': formUrl,
      'transaction-type': transactionType(order, variant),
      'error-message': order.errorMessage,
      'error-code': order.errorCode,
      'processor-rrn': status === 'approved' && rrn === 'said' ? bookings.at(-1)?.reference : undefined,
    },
  };
}

/** "error" or "validation-error": it concerns the question. */
export function notFound(clientOrderId: string, { notFoundAs }: Variant): Answer {
  return notFoundAs === 'error'
    ? refusal('error', 'Order not found', { code: '5', clientOrderId })
    : refusal('validation-error', `Order with client_orderid ${clientOrderId} does not exist`, { code: '2' });
}

export function transactionType({ kind }: Order, { transactionType: payout }: Variant): string | undefined {
  if (kind === 'check') return 'payout-check';
  return kind === 'reversal' ? 'reversal' : payout || undefined;
}

export function amountText({ amountMinor, currency }: Order, { amountAs }: Variant): string {
  const padded = writeAmount(amountMinor, currency);
  return amountAs === 'padded' ? padded : String(Number(padded));
}
