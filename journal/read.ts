import { sql, type Kysely, type RawBuilder, type SelectQueryBuilder } from 'kysely';
import type { AccountId, OrderId, PayoutKey } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import type { Attempt, PayoutEvent, StoredPayout } from './port.js';
import { attemptOf, eventOf, payoutOf } from './rows.js';
import { resumedAtOf, stopOf, stopsIn } from './stops/covering.js';
import type { AttemptRow, Tables } from './tables.js';

/** Round trips: 1. */
export async function get(db: Kysely<Tables>, key: PayoutKey): Promise<Payout | undefined> {
  const row = await payoutAt(db, key).selectAll().executeTakeFirst();
  return row && payoutOf(row);
}

/** Round trips: 1. */
export async function read(db: Kysely<Tables>, key: PayoutKey): Promise<StoredPayout | undefined> {
  const row = await payoutAt(db, key)
    .selectAll()
    .select([
      attemptRows.as('attempts'),
      sql<string>`clock_timestamp()`.as('read_at'),
      stopOf('payouts').as('stop'),
      resumedAtOf('payouts').as('resumed_at'),
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    payout: payoutOf(row),
    request: row.request,
    attempts: row.attempts.map(attemptOf),
    readAt: row.read_at,
    ...stopsIn(row),
  };
}

/** Round trips: 1. */
export async function findByOrder(
  db: Kysely<Tables>,
  account: AccountId,
  orderId: OrderId,
): Promise<Payout | undefined> {
  const row = await db
    .selectFrom('payouts')
    .selectAll()
    .where('account', '=', account)
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return row && payoutOf(row);
}

/** Round trips: 1. */
export async function events(db: Kysely<Tables>, key: PayoutKey): Promise<readonly PayoutEvent[]> {
  const rows = await db
    .selectFrom('payout_events')
    .selectAll()
    .where('merchant', '=', key.merchant)
    .where('payout_id', '=', key.payoutId)
    .orderBy('sequence')
    .execute();
  return rows.map(eventOf);
}

/** Round trips: 1. */
export async function attempts(db: Kysely<Tables>, key: PayoutKey): Promise<readonly Attempt[]> {
  const rows = await db
    .selectFrom('attempts')
    .selectAll()
    .where('merchant', '=', key.merchant)
    .where('payout_id', '=', key.payoutId)
    .orderBy('number')
    .execute();
  return rows.map(attemptOf);
}

export function payoutAt(
  db: Kysely<Tables>,
  { merchant, payoutId }: PayoutKey,
): SelectQueryBuilder<Tables, 'payouts', object> {
  return db.selectFrom('payouts').where('merchant', '=', merchant).where('payout_id', '=', payoutId);
}

/** A payout's attempts beside its own columns: one statement, and so one moment. */
export const attemptRows: RawBuilder<AttemptRow[]> = sql`(
  select coalesce(jsonb_agg(to_jsonb(a) order by a.number), '[]'::jsonb)
  from attempts a where a.merchant = payouts.merchant and a.payout_id = payouts.payout_id
)`;
