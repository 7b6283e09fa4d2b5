import type { AccountId, OrderId } from '../domain/ids.js';
import type { Payment } from '../domain/payment.js';
import type { Payout } from '../domain/payout.js';
import type { StoredCardView } from '../domain/stored-card.js';
import type { Journal } from '../journal/port.js';

/** What an order id stands for: payouts, stored cards and payments share a provider's namespace. */
export type FoundOrder =
  | { readonly kind: 'payout'; readonly payout: Payout }
  | { readonly kind: 'stored_card'; readonly card: StoredCardView }
  | { readonly kind: 'payment'; readonly payment: Payment };

export async function findOrder(
  { payouts, storedCards, payments }: Journal,
  account: AccountId,
  orderId: OrderId,
): Promise<FoundOrder | undefined> {
  const payout = await payouts.findByOrder(account, orderId);
  if (payout) return { kind: 'payout', payout };
  const card = await storedCards.findByOrder(account, orderId);
  if (card) return { kind: 'stored_card', card };
  const payment = await payments.findByOrder(account, orderId);
  return payment && { kind: 'payment', payment };
}
