import type { AccountId, MerchantId, OrderId, PayoutId, PayoutKey } from '../../domain/ids.js';
import type { Journal } from '../../journal/port.js';

export const ACCOUNT = 'acme-a2p' as AccountId;

/** A payout that the journal has taken, of which nothing was sent. */
export async function acceptedPayout({ payouts }: Journal, name: string): Promise<PayoutKey> {
  const key = { merchant: 'acme' as MerchantId, payoutId: name as PayoutId };
  await payouts.accept({
    request: {
      ...key,
      account: ACCOUNT,
      amount: { minor: 10_000, currency: 'RUB' },
      destination: { type: 'stored_card', storedCardId: 'b-1' },
    },
    provider: 'all2pay',
    orderId: `order-${name}` as OrderId,
    destination: 'stored card b-1',
    contentFingerprint: `f-${name}`,
    actor: 'merchant:acme',
  });
  return key;
}
