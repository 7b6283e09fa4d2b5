import { sql, type Kysely } from 'kysely';
import { audited } from './audit/audited.js';
import { CALLBACK_CURSOR, cursorAfter, placeOf } from './cursor.js';
import { storable, toJson, toJsonOrNull } from './json.js';
import { pageOf, pageSize } from './page.js';
import type { CallbackInbox, StoredCallback } from './inbox-port.js';
import { requireSealed } from './sealed-only.js';
import type { CallbackRow, Tables } from './tables.js';

const COLUMNS = [
  'id',
  'account',
  'order_id',
  'dedupe_key',
  'received_at',
  'state',
  'proof',
  'suggests',
  'transactions',
  'sealed_token',
] as const;

type ToStore = Parameters<CallbackInbox['store']>[0];

/** Callbacks, stored before they are acknowledged (money rule 5). */
export function createInbox(db: Kysely<Tables>): CallbackInbox {
  return {
    /** Round trips: 1; 2 for a repeat. */
    async store(callback) {
      if (callback.sealedToken !== undefined) requireSealed(callback.sealedToken);
      const inserted = await insert(db, callback);
      if (inserted !== undefined) return { callback: callbackOf(inserted), repeated: false };
      const stored = await db
        .selectFrom('callbacks')
        .select(COLUMNS)
        .where('account', '=', callback.account)
        .where('dedupe_key', '=', storable(callback.dedupeKey))
        .executeTakeFirstOrThrow();
      return { callback: callbackOf(stored), repeated: true };
    },

    /** Round trips: 1. */
    async mark(id, state) {
      const { numUpdatedRows } = await db
        .updateTable('callbacks')
        .set({ state })
        .where('id', '=', /^\d{1,15}$/.test(id) ? Number(id) : -1)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new Error(`The inbox has no callback ${id}`);
    },

    /** Round trips: 1. */
    async pending(olderThanMs, limit) {
      const rows = await db
        .selectFrom('callbacks')
        .select(COLUMNS)
        .where('state', '=', 'received')
        .where('received_at', '<=', sql<string>`now() - ${olderThanMs}::float8 * interval '1 millisecond'`)
        .orderBy('received_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(callbackOf);
    },

    /** Round trips: 1. */
    async list({ state, account }, { limit, cursor }) {
      const size = pageSize(limit);
      const place = cursor === undefined ? undefined : placeOf(CALLBACK_CURSOR, cursor);
      const rows = await db
        .selectFrom('callbacks')
        .select(COLUMNS)
        .where('state', '=', state)
        .$if(account !== undefined, (query) => query.where('account', '=', account ?? ('' as never)))
        .$if(place !== undefined, (query) =>
          query.where(
            sql<boolean>`(received_at, id) > (${place?.createdAt}::timestamptz, ${place?.id}::bigint)`,
          ),
        )
        .orderBy('received_at')
        .orderBy('id')
        .limit(size + 1)
        .execute();
      return pageOf(rows.map(callbackOf), size, (last) =>
        cursorAfter(CALLBACK_CURSOR, { createdAt: last.receivedAt, merchant: last.account, id: last.id }),
      );
    },

    /** Round trips: 1. */
    async retryOrphan(id, { actor, requestId }) {
      const { rows } = await sql`
        with changed as (
          update callbacks set state = 'received'
          where id = ${/^\d{1,15}$/.test(id) ? Number(id) : -1} and state = 'orphan'
          returning id, account, order_id
        ), audited as (${audited({
          ...{ actor, requestId, action: 'retryCallback', merchant: sql`null` },
          subject: sql`'callback ' || id || ' of ' || account || '/' || order_id`,
        })})
        select id from changed`.execute(db);
      return rows.length > 0;
    },

    /** Round trips: 1. */
    async ofOrder(account, orderId) {
      const rows = await db
        .selectFrom('callbacks')
        .select(COLUMNS)
        .where('account', '=', account)
        .where('order_id', '=', orderId)
        .orderBy('received_at')
        .orderBy('id')
        .execute();
      return rows.map(callbackOf);
    },
  };
}

/** In one statement: the callback, and the event in the history of its payout or payment, if there is one. */
async function insert(
  db: Kysely<Tables>,
  { account, orderId, dedupeKey, proof, suggests, transactions, sealedToken, raw }: ToStore,
): Promise<CallbackRow | undefined> {
  const { rows } = await sql<CallbackRow>`
    with stored as (
      insert into callbacks
        (account, order_id, dedupe_key, proof, suggests, transactions, sealed_token, method, url, headers, body)
      values (${account}, ${storable(orderId)}, ${storable(dedupeKey)},
        ${proof === undefined ? null : toJson(proof)}::jsonb, ${suggests ?? null}::text, ${toJsonOrNull(transactions)}::jsonb,
        ${sealedToken ?? null}::text, ${storable(raw.method)}, ${storable(raw.url)},
        ${toJson(raw.headers)}::jsonb, ${raw.body}::bytea)
      on conflict do nothing
      returning *
    ), concerned as (
      update payouts p set last_event = last_event + 1
      from stored s where p.account = s.account and p.order_id = s.order_id
      returning p.merchant, p.payout_id, p.last_event, s.id
    ), logged as (
      insert into payout_events (merchant, payout_id, sequence, type, actor, data)
      select merchant, payout_id, last_event, 'callback', ${`provider:${account}`}::text,
        jsonb_build_object('callbackId', id::text, 'proof', ${proof?.kind ?? null}::text)
      from concerned
    ), paid_in as (
      update payments p set last_event = last_event + 1
      from stored s where p.account = s.account and p.order_id = s.order_id
      returning p.merchant, p.payment_id, p.last_event, s.id
    ), paid_in_logged as (
      insert into payment_events (merchant, payment_id, sequence, type, actor, data)
      select merchant, payment_id, last_event, 'callback', ${`provider:${account}`}::text,
        jsonb_build_object('callbackId', id::text)
      from paid_in
    )
    select ${sql.join(COLUMNS.map((column) => sql.ref(column)))} from stored`.execute(db);
  return rows[0];
}

function callbackOf(row: CallbackRow): StoredCallback {
  return {
    id: String(row.id),
    account: row.account,
    orderId: row.order_id,
    dedupeKey: row.dedupe_key,
    receivedAt: row.received_at,
    state: row.state,
    ...(row.proof !== null && { proof: row.proof }),
    ...(row.suggests !== null && { suggests: row.suggests }),
    ...(row.transactions !== null && { transactions: row.transactions }),
    ...(row.sealed_token !== null && { sealedToken: row.sealed_token }),
  };
}
