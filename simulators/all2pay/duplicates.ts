/** What a known order number is answered. All2pay payouts document §11.3 `duplicateOrder`, §11.1 row 16. */
import type { Answer, Outcome } from './answer.js';
import type { Bank } from './bank.js';
import type { CardOrder } from './card-order.js';
import type { Ledger } from './ledger.js';
import type { Order } from './order.js';
import { Refusal, refusal } from './refusal.js';
import type { Variant } from './variant.js';

/** Nothing is known, this is to be executed again, or this is the answer. */
export type Known<Kind> =
  | { readonly kind: 'new' }
  | { readonly kind: 'again'; readonly found: Kind }
  | { readonly kind: 'answered'; readonly outcome: Outcome };

export interface Duplicates {
  payout(login: string, orderNumber: string, replay: (order: Order) => Answer): Known<Order>;
  card(login: string, orderNumber: string, replay: (cardOrder: CardOrder) => Answer): Known<CardOrder>;
}

/** Every one may throw a `Refusal`. */
export function createDuplicates(
  ledger: Ledger,
  bank: Bank,
  variantOf: (login: string) => Variant,
): Duplicates {
  function judge<Kind>(
    login: string,
    found: Kind,
    rejected: boolean,
    orderNumber: string,
    replay: (known: Kind) => Answer,
  ): Known<Kind> {
    if (rejected) throw refusal(16, orderNumber);
    const { duplicateOrder } = variantOf(login);
    if (duplicateOrder === 'executeAgain') return { kind: 'again', found };
    if (duplicateOrder === 'replayStored') return { kind: 'answered', outcome: { answer: replay(found) } };
    throw alreadyProcessed();
  }

  return {
    payout: (login, orderNumber, replay) => {
      if (ledger.findCardOrder(login, orderNumber)) throw alreadyProcessed();
      const found = ledger.find(login, orderNumber);
      if (!found) return { kind: 'new' };
      const order = bank.settle(found);
      return judge(login, order, order.rejected, orderNumber, replay);
    },
    card: (login, orderNumber, replay) => {
      if (ledger.find(login, orderNumber)) throw alreadyProcessed();
      const found = ledger.findCardOrder(login, orderNumber);
      if (!found) return { kind: 'new' };
      return judge(login, found, found.state === 'rejected', orderNumber, replay);
    },
  };
}

/** The document leaves the words of this refusal open; the gateway is known to have some of its own. */
function alreadyProcessed(): Refusal {
  return new Refusal(0, 400, '98', 'Order with this number is already processed');
}
