import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { PaymentKey } from '../../domain/ids.js';
import { UnknownPaymentError } from '../errors.js';
import { storable, toJson, toJsonOrNull } from '../json.js';
import { insertedEvents, numberedFrom } from '../log-events.js';
import { noticesOf, withNotices } from '../notices.js';
import { requireSealed } from '../sealed-only.js';
import { isNotStopped } from '../stops/covering.js';
import type { Tables } from '../tables.js';
import { undisturbed, type Done } from '../undisturbed.js';
import type {
  OperationWrite,
  PaymentChange,
  PaymentDecision,
  PaymentPosition,
  PaymentStanding,
} from './decision.js';
import { get, paymentAt, readStanding } from './read.js';

/**
 * Decides about one payment and writes the verdict down, so that no other decision about it comes in between.
 *
 * Round trips: 1 where nothing is to be written, else 3; where another write came in between, more.
 */
export async function change<Result>(
  db: Kysely<Tables>,
  key: PaymentKey,
  decide: (standing: PaymentStanding) => PaymentDecision<Result>,
): Promise<Result> {
  return undisturbed(
    db,
    (on) => decideAndWrite(on, key, decide),
    (on) => paymentAt(on, key).select('last_event').forUpdate().execute(),
  );
}

async function decideAndWrite<Result>(
  db: Kysely<Tables>,
  key: PaymentKey,
  decide: (standing: PaymentStanding) => PaymentDecision<Result>,
): Promise<Done<Result> | undefined> {
  const standing = await readStanding(db, key);
  if (!standing) throw new UnknownPaymentError(key);
  const decision = decide(standing);
  if (decision.change === undefined) return { result: decision.result(standing.payment) };
  if (!(await writeIfUnchanged(db, key, standing.payment.version, decision.change))) return undefined;
  // Its operations are rows of their own: the statement that writes them does not see them yet.
  const payment = await get(db, key);
  if (!payment) throw new UnknownPaymentError(key);
  return { result: decision.result(payment) };
}

/** One statement, and so all or nothing: the parts that follow the update write only what it let pass. */
async function writeIfUnchanged(
  db: Kysely<Tables>,
  { merchant, paymentId }: PaymentKey,
  version: number,
  { position, events, intent, answer, operation, sealedToken }: PaymentChange,
): Promise<boolean> {
  if (sealedToken !== undefined) requireSealed(sealedToken);
  const { rows } = await sql<{ changed: number }>`
    with changed as (
      update payments
      set last_event = last_event + ${events.length}${position === undefined ? sql`` : assignments(position)}${
        sealedToken === undefined ? sql`` : sql`, sealed_token = coalesce(sealed_token, ${sealedToken})`
      }
      where merchant = ${merchant} and payment_id = ${paymentId} and last_event = ${version}${
        intent === undefined ? sql`` : sql` and ${isNotStopped('payments')}`
      }
      returning merchant, payment_id, account, order_id, status, reason
    ), logged as (${insertedEvents('payment_events', 'payment_id', numberedFrom(version, events))})${withNotices(
      'payment',
      'payment_id',
      noticesOf(version, events),
    )}${operation === undefined ? sql`` : written(operation)}${
      intent === undefined
        ? sql``
        : sql`, intended as (
      insert into payment_calls (merchant, payment_id, number, kind, operation_id, request_fingerprint)
      select c.merchant, c.payment_id, ${intent.number}::integer, ${intent.kind}::text,
        ${intent.operationId ?? null}::text, ${intent.requestFingerprint}::text
      from changed c
    )`
    }${
      answer === undefined
        ? sql``
        : sql`, answered as (
      update payment_calls a set answered_at = now(), answer = ${toJson(answer.answer)}::jsonb
      from changed c
      where a.merchant = c.merchant and a.payment_id = c.payment_id and a.number = ${answer.number}
    )`
    }
    select count(*)::integer as changed from changed`.execute(db);
  return rows[0]?.changed === 1;
}

function written(operation: OperationWrite): RawBuilder<unknown> {
  if (operation.write === 'update') {
    return sql`, ended as (
      update payment_operations o
      set status = ${operation.status}, reason = ${toJsonOrNull(operation.reason)}::jsonb, updated_at = now()
      from changed c
      where o.merchant = c.merchant and o.payment_id = c.payment_id
        and o.operation_id = ${operation.operationId}
    )`;
  }
  const { operationId, kind, asked, transactionId, before, amountMinor } = operation;
  return sql`, begun as (
      insert into payment_operations
        (merchant, payment_id, operation_id, kind, asked, transaction_id, status_before, amount_minor)
      select c.merchant, c.payment_id, ${operationId}::text, ${kind}::text, ${toJson(asked)}::jsonb,
        ${storable(transactionId)}::text, ${before}::text, ${amountMinor ?? null}::bigint
      from changed c
    )`;
}

function assignments({
  status,
  action,
  reason,
  transactions,
  refundedMinor,
}: PaymentPosition): RawBuilder<unknown> {
  return sql`, status = ${status}, action = ${toJsonOrNull(action)}::jsonb, reason = ${toJsonOrNull(reason)}::jsonb,
    transactions = ${toJson(transactions)}::jsonb, refunded_minor = ${refundedMinor}, updated_at = now()`;
}
