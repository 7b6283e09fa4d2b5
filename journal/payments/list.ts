import { sql, type Kysely } from 'kysely';
import type { PaymentFilter } from '../../domain/inquiry.js';
import type { Payment } from '../../domain/payment.js';
import { cursorAfter, PAYMENT_CURSOR, placeOf } from '../cursor.js';
import { pageOf, pageSize } from '../page.js';
import type { Page } from '../port.js';
import type { Tables } from '../tables.js';
import { operationRows } from './read.js';
import { paymentOf } from './rows.js';

/** Newest first. Round trips: 1. */
export async function list(
  db: Kysely<Tables>,
  { merchant, account, status, createdBefore }: PaymentFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Payment>> {
  const size = pageSize(limit);
  const place = cursor === undefined ? undefined : placeOf(PAYMENT_CURSOR, cursor);
  const rows = await db
    .selectFrom('payments')
    .selectAll()
    .select(operationRows.as('operations'))
    .$if(merchant !== undefined, (query) => query.where('merchant', '=', merchant ?? ('' as never)))
    .$if(account !== undefined, (query) => query.where('account', '=', account ?? ('' as never)))
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'created'))
    .$if(createdBefore !== undefined, (query) =>
      query.where(sql<boolean>`created_at < ${createdBefore}::timestamptz`),
    )
    .$if(place !== undefined, (query) =>
      query.where(
        sql<boolean>`(created_at, merchant, payment_id) < (${place?.createdAt}, ${place?.merchant}, ${place?.id})`,
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('merchant', 'desc')
    .orderBy('payment_id', 'desc')
    .limit(size + 1)
    .execute();
  return pageOf(rows.map(paymentOf), size, (last) =>
    cursorAfter(PAYMENT_CURSOR, { ...last, id: last.paymentId }),
  );
}
