import type { Kysely } from 'kysely';
import { storable, toJson } from '../json.js';
import { ORDER_ID_TAKEN, orderIdTaken } from '../order-ids.js';
import type { PaymentRow, Tables } from '../tables.js';
import type { AcceptedPayment, NewPayment } from './port.js';
import { paymentAt } from './read.js';
import { newPaymentOf, paymentOf } from './rows.js';
import { operationRows } from './read.js';

/**
 * Writes a payment down once, for ever, as `accept` of payouts does.
 *
 * Round trips: 1; 2 where it is there already, or another one with its order id.
 */
export async function accept(db: Kysely<Tables>, entry: NewPayment): Promise<AcceptedPayment> {
  const row = await insert(db, entry).catch(orderIdTaken);
  if (row === ORDER_ID_TAKEN) return { kind: 'order_id_taken' };
  if (row !== undefined) return { kind: 'accepted', payment: newPaymentOf(row) };

  const original = await paymentAt(db, entry.request)
    .selectAll()
    .select(operationRows.as('operations'))
    .executeTakeFirst();
  // Its own key is free, so it was the order id that is taken: by another payment.
  if (original === undefined) return { kind: 'order_id_taken' };
  return original.content_fingerprint === entry.contentFingerprint
    ? { kind: 'repeat', payment: paymentOf(original) }
    : { kind: 'conflict', original: paymentOf(original) };
}

async function insert(
  db: Kysely<Tables>,
  { request, provider, orderId, contentFingerprint, actor }: NewPayment,
): Promise<PaymentRow | undefined> {
  const { merchant, paymentId, account, amount } = request;
  return db
    .with('accepted', (query) =>
      query
        .insertInto('payments')
        .values({
          merchant,
          payment_id: paymentId,
          account,
          provider,
          order_id: orderId,
          amount_minor: amount.minor,
          currency: amount.currency,
          content_fingerprint: contentFingerprint,
          request: toJson(request),
          status: 'created',
          last_event: 1,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll(),
    )
    .with('logged', (query) =>
      query
        .insertInto('payment_events')
        .columns(['merchant', 'payment_id', 'sequence', 'type', 'to_status', 'actor'])
        .expression((from) =>
          from
            .selectFrom('accepted')
            .select((row) => [
              'merchant',
              'payment_id',
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
