import { CURRENCIES } from '../../domain/currencies.js';
import type { PaymentProvider } from '../../providers/payment-port.js';
import { isLacking } from '../../providers/port.js';

const REINIT = { 'same-reference': 'again, with the same bytes', never: 'up to a person' } as const;

/** What an adapter says of itself, as rows of a table. Of an account with the provider's defaults. */
export function paymentCapabilityRows(
  provider: PaymentProvider | undefined,
): readonly (readonly [string, string])[] {
  if (!provider) return [];
  const { limits, operations, recurrent, report } = provider;
  const codes = limits.currencies.map(
    (code) => `${code} (${CURRENCIES[code as keyof typeof CURRENCIES].numeric})`,
  );
  return [
    ['takes money', recurrent ? 'by its page, and by the token of an earlier payment' : 'by its page'],
    ['after a payment', operations.join(', ')],
    ['currencies', codes.join(', ')],
    ['order ids', limits.orderIdRule],
    ['callbacks', 'a proof by itself'],
    ['report', isLacking(report) ? report.lacking : 'yes'],
    ['a start without an answer and without a transaction', REINIT[limits.reinit ?? 'never']],
  ];
}
