import { sql, type Kysely, type RawBuilder, type SelectQueryBuilder } from 'kysely';
import type { AccountId, OrderId, PaymentKey } from '../../domain/ids.js';
import type { Payment } from '../../domain/payment.js';
import { eventOf } from '../rows.js';
import { resumedAtOf, stopOf, stopsIn } from '../stops/covering.js';
import type { PaymentCallRow, PaymentOperationRow, Tables } from '../tables.js';
import type { PaymentStanding } from './decision.js';
import type { PaymentEvent, StoredPayment } from './port.js';
import { callOf, paymentOf, storedOperationOf } from './rows.js';

/** Round trips: 1. */
export async function get(db: Kysely<Tables>, key: PaymentKey): Promise<Payment | undefined> {
  const row = await paymentAt(db, key).selectAll().select(operationRows.as('operations')).executeTakeFirst();
  return row && paymentOf(row);
}

/** Round trips: 1. */
export async function read(db: Kysely<Tables>, key: PaymentKey): Promise<StoredPayment | undefined> {
  const standing = await readStanding(db, key);
  if (!standing) return undefined;
  const { page: _page, lastContradiction: _last, ...stored } = standing;
  return stored;
}

/** All that a decision may depend on, as of one moment. Round trips: 1. */
export async function readStanding(
  db: Kysely<Tables>,
  key: PaymentKey,
): Promise<PaymentStanding | undefined> {
  const row = await paymentAt(db, key)
    .selectAll()
    .select([
      operationRows.as('operations'),
      callRows.as('calls'),
      sql<string>`clock_timestamp()`.as('read_at'),
      sql<unknown>`(
        select e.data from payment_events e
        where e.merchant = payments.merchant and e.payment_id = payments.payment_id and e.type = 'contradiction'
        order by e.sequence desc limit 1
      )`.as('last_contradiction'),
      stopOf('payments').as('stop'),
      resumedAtOf('payments').as('resumed_at'),
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    payment: paymentOf(row),
    request: row.request,
    calls: row.calls.map(callOf),
    operations: row.operations.map((operation) => storedOperationOf(operation, row)),
    ...(row.sealed_token !== null && { sealedToken: row.sealed_token }),
    ...(row.action !== null && { page: row.action }),
    lastContradiction: row.last_contradiction,
    readAt: row.read_at,
    ...stopsIn(row),
  };
}

/** Round trips: 1. */
export async function findByOrder(
  db: Kysely<Tables>,
  account: AccountId,
  orderId: OrderId,
): Promise<Payment | undefined> {
  const row = await db
    .selectFrom('payments')
    .selectAll()
    .select(operationRows.as('operations'))
    .where('account', '=', account)
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return row && paymentOf(row);
}

/** Round trips: 1. */
export async function events(db: Kysely<Tables>, key: PaymentKey): Promise<readonly PaymentEvent[]> {
  const rows = await db
    .selectFrom('payment_events')
    .selectAll()
    .where('merchant', '=', key.merchant)
    .where('payment_id', '=', key.paymentId)
    .orderBy('sequence')
    .execute();
  return rows.map(eventOf);
}

export function paymentAt(
  db: Kysely<Tables>,
  { merchant, paymentId }: PaymentKey,
): SelectQueryBuilder<Tables, 'payments', object> {
  return db.selectFrom('payments').where('merchant', '=', merchant).where('payment_id', '=', paymentId);
}

/** A payment's operations beside its own columns: one statement, and so one moment. */
export const operationRows: RawBuilder<PaymentOperationRow[]> = sql`(
  select coalesce(jsonb_agg(to_jsonb(o) order by o.created_at, o.operation_id), '[]'::jsonb)
  from payment_operations o where o.merchant = payments.merchant and o.payment_id = payments.payment_id
)`;

const callRows: RawBuilder<PaymentCallRow[]> = sql`(
  select coalesce(jsonb_agg(to_jsonb(c) order by c.number), '[]'::jsonb)
  from payment_calls c where c.merchant = payments.merchant and c.payment_id = payments.payment_id
)`;
