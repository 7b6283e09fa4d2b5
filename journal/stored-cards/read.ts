import { sql, type Kysely, type SelectQueryBuilder } from 'kysely';
import type { AccountId, OrderId, StoredCardKey } from '../../domain/ids.js';
import type { StoredCardView } from '../../domain/stored-card.js';
import type { StoredCardEvent, StoredCardRecord } from './port.js';
import { stopOf, stopsIn } from '../stops/covering.js';
import type { Tables } from '../tables.js';
import { eventOf } from '../rows.js';
import { cardOf } from './rows.js';

/** Round trips: 1. */
export async function read(db: Kysely<Tables>, key: StoredCardKey): Promise<StoredCardRecord | undefined> {
  const row = await cardAt(db, key)
    .selectAll()
    // Rounded as `sent_at` is, so that it never seems to lie before it.
    .select([sql<string>`clock_timestamp()::timestamptz(3)`.as('read_at'), stopOf('stored_cards').as('stop')])
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    card: cardOf(row),
    request: row.request,
    ...(row.sent_at !== null && { sentAt: row.sent_at }),
    readAt: row.read_at,
    ...stopsIn(row),
  };
}

/** Round trips: 1. */
export async function findByOrder(
  db: Kysely<Tables>,
  account: AccountId,
  orderId: OrderId,
): Promise<StoredCardView | undefined> {
  const row = await db
    .selectFrom('stored_cards')
    .selectAll()
    .where('account', '=', account)
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return row && cardOf(row);
}

/** Round trips: 1. */
export async function events(db: Kysely<Tables>, key: StoredCardKey): Promise<readonly StoredCardEvent[]> {
  const rows = await db
    .selectFrom('stored_card_events')
    .selectAll()
    .where('merchant', '=', key.merchant)
    .where('stored_card_id', '=', key.storedCardId)
    .orderBy('sequence')
    .execute();
  return rows.map(eventOf);
}

export function cardAt(
  db: Kysely<Tables>,
  { merchant, storedCardId }: StoredCardKey,
): SelectQueryBuilder<Tables, 'stored_cards', object> {
  return db
    .selectFrom('stored_cards')
    .where('merchant', '=', merchant)
    .where('stored_card_id', '=', storedCardId);
}
