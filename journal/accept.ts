import type { Kysely } from 'kysely';
import type { Accepted, NewPayout } from './port.js';
import { storable, toJson } from './json.js';
import { ORDER_ID_TAKEN, orderIdTaken } from './order-ids.js';
import { payoutOf } from './rows.js';
import type { PayoutRow, Tables } from './tables.js';

/**
 * Writes a payout down once, for ever (money rule 7). One statement inserts it or finds its place taken; where
 * another process is inserting the same at that moment, PostgreSQL waits to see whether it commits. An order id that a
 * stored card holds fails the statement as a whole (migration 0004).
 *
 * Round trips: 1; 2 where the payout is there already, or another one with its order id.
 */
export async function accept(db: Kysely<Tables>, entry: NewPayout): Promise<Accepted> {
  const row = await insert(db, entry).catch(orderIdTaken);
  if (row === ORDER_ID_TAKEN) return { kind: 'order_id_taken' };
  if (row !== undefined) return { kind: 'accepted', payout: payoutOf(row) };

  const { merchant, payoutId, account } = entry.request;
  const holders = await db
    .selectFrom('payouts')
    .selectAll()
    .where((where) =>
      where.or([
        where.and([where('merchant', '=', merchant), where('payout_id', '=', payoutId)]),
        where.and([where('account', '=', account), where('order_id', '=', entry.orderId)]),
      ]),
    )
    .execute();
  const original = holders.find((holder) => holder.merchant === merchant && holder.payout_id === payoutId);
  if (original !== undefined) {
    return original.content_fingerprint === entry.contentFingerprint
      ? { kind: 'repeat', payout: payoutOf(original) }
      : { kind: 'conflict', original: payoutOf(original) };
  }
  const holder = holders[0];
  if (holder === undefined) throw new Error('A payout could neither be inserted nor found');
  return { kind: 'order_id_taken', by: { merchant: holder.merchant, payoutId: holder.payout_id } };
}

async function insert(
  db: Kysely<Tables>,
  { request, actor, ...entry }: NewPayout,
): Promise<PayoutRow | undefined> {
  return db
    .with('accepted', (query) =>
      query
        .insertInto('payouts')
        .values({
          merchant: request.merchant,
          payout_id: request.payoutId,
          account: request.account,
          provider: entry.provider,
          order_id: entry.orderId,
          amount_minor: request.amount.minor,
          currency: request.amount.currency,
          destination: entry.destination,
          batch: request.batch ?? null,
          content_fingerprint: entry.contentFingerprint,
          card_fingerprint: entry.cardFingerprint ?? null,
          request: toJson(request),
          status: 'created',
          last_event: 1,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll(),
    )
    .with('logged', (query) =>
      query
        .insertInto('payout_events')
        .columns(['merchant', 'payout_id', 'sequence', 'type', 'to_status', 'actor'])
        .expression((from) =>
          from
            .selectFrom('accepted')
            .select((row) => [
              'merchant',
              'payout_id',
              'last_event',
              row.val('accepted').as('type'),
              'status',
              row.val(storable(actor)).as('actor'),
            ]),
        ),
    )
    .selectFrom('accepted')
    .selectAll()
    .executeTakeFirst();
}
