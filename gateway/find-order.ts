import type { AccountId, OrderId } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import type { StoredCardView } from '../domain/stored-card.js';
import type { Journal } from '../journal/port.js';

/** What an order id stands for: payouts and stored cards share the provider's namespace. */
export type FoundOrder =
  | { readonly kind: 'payout'; readonly payout: Payout }
  | { readonly kind: 'stored_card'; readonly card: StoredCardView };

export async function findOrder(
  { payouts, storedCards }: Journal,
  account: AccountId,
  orderId: OrderId,
): Promise<FoundOrder | undefined> {
  const payout = await payouts.findByOrder(account, orderId);
  if (payout) return { kind: 'payout', payout };
  const card = await storedCards.findByOrder(account, orderId);
  return card && { kind: 'stored_card', card };
}
