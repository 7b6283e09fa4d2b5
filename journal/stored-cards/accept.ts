import type { Kysely } from 'kysely';
import { storable, toJson } from '../json.js';
import { ORDER_ID_TAKEN, orderIdTaken } from '../order-ids.js';
import type { AcceptedCard, NewStoredCard } from './port.js';
import { sealedAlone } from '../sealed-only.js';
import type { StoredCardRow, Tables } from '../tables.js';
import { cardAt } from './read.js';
import { cardOf } from './rows.js';

/**
 * Writes a card to be stored down once, for ever, as `accept` of payouts does.
 *
 * Round trips: 1; 2 where it is there already, or another one with its order id.
 */
export async function accept(db: Kysely<Tables>, entry: NewStoredCard): Promise<AcceptedCard> {
  const row = await insert(db, entry).catch(orderIdTaken);
  if (row === ORDER_ID_TAKEN) return { kind: 'order_id_taken' };
  if (row !== undefined) return { kind: 'accepted', card: cardOf(row) };

  const original = await cardAt(db, entry.request).selectAll().executeTakeFirst();
  // Its own key is free, so it was the order id that is taken: by another stored card.
  if (original === undefined) return { kind: 'order_id_taken' };
  return original.content_fingerprint === entry.contentFingerprint
    ? { kind: 'repeat', card: cardOf(original) }
    : { kind: 'conflict', original: cardOf(original) };
}

async function insert(
  db: Kysely<Tables>,
  { request, actor, ...entry }: NewStoredCard,
): Promise<StoredCardRow | undefined> {
  const card = sealedAlone(request.card);
  return db
    .with('accepted', (query) =>
      query
        .insertInto('stored_cards')
        .values({
          merchant: request.merchant,
          stored_card_id: request.storedCardId,
          account: request.account,
          provider: entry.provider,
          purpose: request.purpose,
          owner_id: request.ownerId,
          order_id: entry.orderId,
          masked: card.masked,
          content_fingerprint: entry.contentFingerprint,
          card_fingerprint: entry.cardFingerprint ?? null,
          request: toJson({ ...request, card }),
          status: 'requested',
          last_event: 1,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll(),
    )
    .with('logged', (query) =>
      query
        .insertInto('stored_card_events')
        .columns(['merchant', 'stored_card_id', 'sequence', 'type', 'to_status', 'actor'])
        .expression((from) =>
          from
            .selectFrom('accepted')
            .select((row) => [
              'merchant',
              'stored_card_id',
              'last_event',
              row.val('accepted').as('type'),
              'status',
              row.val(storable(actor)).as('actor'),
            ]),
        ),
    )
    .selectFrom('accepted')
    .selectAll()
    .executeTakeFirst();
}
