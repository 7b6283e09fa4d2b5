import { sql, type Kysely } from 'kysely';
import type { Payout } from '../domain/payout.js';
import { cursorAfter, PAYOUT_CURSOR, placeOf } from './cursor.js';
import { pageOf, pageSize } from './page.js';
import type { Page, PayoutFilter } from './port.js';
import { payoutOf } from './rows.js';
import type { Tables } from './tables.js';

/** Newest first. Round trips: 1. */
export async function list(
  db: Kysely<Tables>,
  filter: PayoutFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Payout>> {
  const size = pageSize(limit);
  let query = db
    .selectFrom('payouts')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('merchant', 'desc')
    .orderBy('payout_id', 'desc')
    .limit(size + 1);

  const { merchant, account, status, batch, cardFingerprint, createdFrom, createdTo } = filter;
  if (merchant !== undefined) query = query.where('merchant', '=', merchant);
  if (account !== undefined) query = query.where('account', '=', account);
  if (status !== undefined) query = query.where('status', '=', status);
  if (batch !== undefined) query = query.where('batch', '=', batch);
  if (cardFingerprint !== undefined) query = query.where('card_fingerprint', '=', cardFingerprint);
  if (createdFrom !== undefined) query = query.where('created_at', '>=', createdFrom);
  if (createdTo !== undefined) query = query.where('created_at', '<', createdTo);
  if (cursor !== undefined) {
    const place = placeOf(PAYOUT_CURSOR, cursor);
    query = query.where(
      sql<boolean>`(created_at, merchant, payout_id) < (${place.createdAt}, ${place.merchant}, ${place.id})`,
    );
  }

  const payouts = (await query.execute()).map(payoutOf);
  return pageOf(payouts, size, (last) => cursorAfter(PAYOUT_CURSOR, { ...last, id: last.payoutId }));
}
