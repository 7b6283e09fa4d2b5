import { sql, type Kysely } from 'kysely';
import type { StoredCardFilter } from '../../domain/inquiry.js';
import type { StoredCardView } from '../../domain/stored-card.js';
import { cursorAfter, placeOf, STORED_CARD_CURSOR } from '../cursor.js';
import { pageOf, pageSize } from '../page.js';
import type { Page } from '../port.js';
import type { Tables } from '../tables.js';
import { cardOf } from './rows.js';

/** Newest first. Round trips: 1. */
export async function list(
  db: Kysely<Tables>,
  { merchant, account, purpose, status }: StoredCardFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<StoredCardView>> {
  const size = pageSize(limit);
  let query = db
    .selectFrom('stored_cards')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('merchant', 'desc')
    .orderBy('stored_card_id', 'desc')
    .limit(size + 1);

  if (merchant !== undefined) query = query.where('merchant', '=', merchant);
  if (account !== undefined) query = query.where('account', '=', account);
  if (purpose !== undefined) query = query.where('purpose', '=', purpose);
  if (status !== undefined) query = query.where('status', '=', status);
  if (cursor !== undefined) {
    const place = placeOf(STORED_CARD_CURSOR, cursor);
    query = query.where(
      sql<boolean>`(created_at, merchant, stored_card_id) < (${place.createdAt}, ${place.merchant}, ${place.id})`,
    );
  }

  const cards = (await query.execute()).map(cardOf);
  return pageOf(cards, size, (last) => cursorAfter(STORED_CARD_CURSOR, { ...last, id: last.storedCardId }));
}
