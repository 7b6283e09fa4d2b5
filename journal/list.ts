import { sql, type Kysely } from 'kysely';
import type { Payout } from '../domain/payout.js';
import { cursorAfter, placeOf } from './cursor.js';
import type { Page, PayoutFilter } from './port.js';
import { payoutOf } from './rows.js';
import type { Tables } from './tables.js';

/** The longest page, so that one request cannot ask for everything. */
const MAX_LIMIT = 1000;

/** Newest first. Round trips: 1. */
export async function list(
  db: Kysely<Tables>,
  filter: PayoutFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Payout>> {
  const size = Math.min(Math.max(1, Math.trunc(limit)), MAX_LIMIT);
  let query = db
    .selectFrom('payouts')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('merchant', 'desc')
    .orderBy('payout_id', 'desc')
    // One more than asked for tells whether there is a next page.
    .limit(size + 1);

  const { merchant, account, status, batch, createdFrom, createdTo } = filter;
  if (merchant !== undefined) query = query.where('merchant', '=', merchant);
  if (account !== undefined) query = query.where('account', '=', account);
  if (status !== undefined) query = query.where('status', '=', status);
  if (batch !== undefined) query = query.where('batch', '=', batch);
  if (createdFrom !== undefined) query = query.where('created_at', '>=', createdFrom);
  if (createdTo !== undefined) query = query.where('created_at', '<', createdTo);
  if (cursor !== undefined) {
    const place = placeOf(cursor);
    query = query.where(
      sql<boolean>`(created_at, merchant, payout_id) < (${place.createdAt}, ${place.merchant}, ${place.payoutId})`,
    );
  }

  const payouts = (await query.execute()).map(payoutOf);
  const items = payouts.slice(0, size);
  const last = items.at(-1);
  return payouts.length > size && last !== undefined ? { items, nextCursor: cursorAfter(last) } : { items };
}
