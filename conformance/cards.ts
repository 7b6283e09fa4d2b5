import { makeCardOrderId } from '../activities/order-id.js';
import type { StoredCardId, StoredCardKey } from '../domain/ids.js';
import type { StoredCardPurpose, StoredCardView } from '../domain/stored-card.js';
import type { Engine } from './engine.js';
import { asCallersDo, PATIENCE_MS, until } from './patience.js';
import { MERCHANT } from './result.js';
import type { CardParts, OrderName } from './subject.js';

/** One card that the engine is to have stored. */
export interface CardToAdd {
  readonly id: string;
  readonly account: OrderName['account'];
  readonly purpose: StoredCardPurpose;
  readonly parts: CardParts;
}

export function cardKey({ id }: CardToAdd): StoredCardKey {
  return { merchant: MERCHANT, storedCardId: id as StoredCardId };
}

/** How the provider will know its storing. */
export function cardOrder(card: CardToAdd, { fingerprintKey }: Engine): OrderName {
  const orderId = makeCardOrderId(fingerprintKey, card.account, cardKey(card));
  return { account: card.account, orderId };
}

/** Asks the engine to have it stored. */
export function addCard(card: CardToAdd, { client }: Engine): Promise<StoredCardView> {
  const { account, purpose, parts } = card;
  return asCallersDo(() => client.storedCards.add({ ...cardKey(card), account, purpose, ...parts }));
}

/** Until the journal says that the card is where it should be. */
export function cardReached(
  card: CardToAdd,
  { journal }: Engine,
  isThere: (view: StoredCardView) => boolean,
): Promise<StoredCardView> {
  return until('the storing of the card to go on', PATIENCE_MS, async () => {
    const view = (await journal.storedCards.read(cardKey(card)))?.card;
    return view && isThere(view) ? view : undefined;
  });
}
