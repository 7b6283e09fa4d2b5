import { sql, type Kysely } from 'kysely';
import { cursorAfter, placeOf, REVIEW_CURSOR } from './cursor.js';
import { pageOf, pageSize } from './page.js';
import type { Page, Review, ReviewFilter } from './port.js';
import { payoutOf } from './rows.js';
import type { PayoutRow, Tables } from './tables.js';

/**
 * The payouts that wait for a person, the longest waiting first. Its order is that of the events that moved them there,
 * which no index has; the few that are in review at a time need none. Round trips: 1.
 */
export async function reviews(
  db: Kysely<Tables>,
  { merchant, account }: ReviewFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Review>> {
  const size = pageSize(limit);
  const place = cursor === undefined ? undefined : placeOf(REVIEW_CURSOR, cursor);
  const { rows } = await sql<PayoutRow & { since: string }>`
    select p.*, moved.at as since
    from payouts p
    cross join lateral (
      select e.at from payout_events e
      where e.merchant = p.merchant and e.payout_id = p.payout_id and e.to_status = 'in_review'
      order by e.sequence desc limit 1
    ) moved
    where p.status = 'in_review'
      ${merchant === undefined ? sql`` : sql`and p.merchant = ${merchant}`}
      ${account === undefined ? sql`` : sql`and p.account = ${account}`}
      ${
        place === undefined
          ? sql``
          : sql`and (moved.at, p.merchant, p.payout_id)
              > (${place.createdAt}::timestamptz, ${place.merchant}, ${place.id})`
      }
    order by moved.at, p.merchant, p.payout_id
    limit ${size + 1}`.execute(db);
  const found = rows.map((row) => ({ payout: payoutOf(row), since: row.since }));
  return pageOf(found, size, ({ payout, since }) =>
    cursorAfter(REVIEW_CURSOR, { createdAt: since, merchant: payout.merchant, id: payout.payoutId }),
  );
}
