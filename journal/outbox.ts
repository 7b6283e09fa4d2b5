import { sql, type Kysely } from 'kysely';
import { audited } from './audit/audited.js';
import { storable } from './json.js';
import type { Notice, NoticeOutbox } from './outbox-port.js';
import type { NoticeRow, Tables } from './tables.js';

/** A try that dies with its gateway is made again after this long. */
const LEASE_MS = 60_000;

/** The notices to operators, written with the events that they tell of. Each method takes one round trip. */
export function createOutbox(db: Kysely<Tables>): NoticeOutbox {
  return {
    async due(limit) {
      const { rows } = await sql<NoticeRow>`
        update notices set tries = tries + 1, due_at = now() + ${LEASE_MS}::float8 * interval '1 millisecond'
        where id in (
          select id from notices where state = 'waiting' and due_at <= now()
          order by due_at, id limit ${limit} for update skip locked
        )
        returning *`.execute(db);
      return rows.map(noticeOf).sort((a, b) => Number(a.id) - Number(b.id));
    },

    async delivered(id) {
      await db
        .updateTable('notices')
        .set({ state: 'delivered', last_error: null })
        .where('id', '=', Number(id))
        .execute();
    },

    async failed(id, error, retryInMs) {
      await db
        .updateTable('notices')
        .set({
          last_error: storable(error),
          ...(retryInMs === undefined
            ? { state: 'dead' }
            : { due_at: sql<string>`now() + ${retryInMs}::float8 * interval '1 millisecond'` }),
        })
        .where('id', '=', Number(id))
        .where('state', '=', 'waiting')
        .execute();
    },

    async undelivered(limit) {
      const rows = await db
        .selectFrom('notices')
        .selectAll()
        .where('state', '<>', 'delivered')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(noticeOf);
    },

    async retry(id, { actor, requestId }) {
      const { rows } = await sql`
        with changed as (
          update notices set state = 'waiting', tries = 0, due_at = now()
          where id = ${/^\d{1,15}$/.test(id) ? Number(id) : -1} and state <> 'delivered'
          returning id, merchant, subject, subject_id
        ), audited as (${audited({
          ...{ actor, requestId, action: 'retryNotice' },
          subject: sql`'notice ' || id || ' of ' || subject || ' ' || subject_id`,
        })})
        select id from changed`.execute(db);
      return rows.length > 0;
    },
  };
}

function noticeOf(row: NoticeRow): Notice {
  return {
    id: String(row.id),
    kind: row.kind,
    subject: row.subject,
    merchant: row.merchant,
    subjectId: row.subject_id,
    account: row.account,
    orderId: row.order_id,
    from: row.from_status,
    to: row.to_status,
    ...(row.reason !== null && { reason: row.reason }),
    at: row.at,
    state: row.state,
    tries: row.tries,
    ...(row.last_error !== null && { lastError: row.last_error }),
  };
}
