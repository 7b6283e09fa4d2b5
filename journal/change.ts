import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { PayoutKey } from '../domain/ids.js';
import type { Change, Decision, Position, Standing } from './decision.js';
import { UnknownPayoutError } from './errors.js';
import { storable, toJson, toJsonOrNull } from './json.js';
import { insertedEvents, numberedFrom } from './log-events.js';
import { noticesOf, withNotices } from './notices.js';
import { attemptOf, payoutOf } from './rows.js';
import { attemptRows, payoutAt } from './read.js';
import { isNotStopped, stopOf, stopsIn } from './stops/covering.js';
import type { PayoutRow, Tables } from './tables.js';
import { undisturbed, type Done } from './undisturbed.js';

/**
 * Decides about one payout and writes the verdict down, so that no other decision about it comes in between.
 *
 * Round trips: 1 where nothing is to be written, else 2; where another write came in between, 5 more.
 */
export async function change<Result>(
  db: Kysely<Tables>,
  key: PayoutKey,
  decide: (standing: Standing) => Decision<Result>,
): Promise<Result> {
  return undisturbed(
    db,
    (on) => decideAndWrite(on, key, decide),
    (on) => payoutAt(on, key).select('last_event').forUpdate().execute(),
  );
}

async function decideAndWrite<Result>(
  db: Kysely<Tables>,
  key: PayoutKey,
  decide: (standing: Standing) => Decision<Result>,
): Promise<Done<Result> | undefined> {
  const standing = await readStanding(db, key);
  const decision = decide(standing);
  if (decision.change === undefined) return { result: decision.result(standing.payout) };
  const written = await writeIfUnchanged(db, key, standing.payout.version, decision.change);
  return written && { result: decision.result(payoutOf(written)) };
}

async function readStanding(db: Kysely<Tables>, key: PayoutKey): Promise<Standing> {
  const row = await payoutAt(db, key)
    .selectAll()
    .select(attemptRows.as('attempts'))
    .select(
      sql<unknown>`(
        select e.data from payout_events e
        where e.merchant = payouts.merchant and e.payout_id = payouts.payout_id and e.type = 'contradiction'
        order by e.sequence desc limit 1
      )`.as('last_contradiction'),
    )
    .select(stopOf('payouts').as('stop'))
    .executeTakeFirst();
  if (row === undefined) throw new UnknownPayoutError(key);
  return {
    payout: payoutOf(row),
    attempts: row.attempts.map(attemptOf),
    lastContradiction: row.last_contradiction,
    ...stopsIn(row),
  };
}

/** One statement, and so all or nothing: the parts that follow the update write only what it let pass. */
async function writeIfUnchanged(
  db: Kysely<Tables>,
  { merchant, payoutId }: PayoutKey,
  version: number,
  { position, events, intent, answer }: Change,
): Promise<PayoutRow | undefined> {
  const { rows } = await sql<PayoutRow>`
    with changed as (
      update payouts
      set last_event = last_event + ${events.length}${position === undefined ? sql`` : assignments(position)}
      where merchant = ${merchant} and payout_id = ${payoutId} and last_event = ${version}${
        intent === undefined ? sql`` : sql` and ${isNotStopped('payouts')}`
      }
      returning *
    ), logged as (${insertedEvents('payout_events', 'payout_id', numberedFrom(version, events))})${withNotices(
      'payout',
      'payout_id',
      noticesOf(version, events),
    )}${
      intent === undefined
        ? sql``
        : sql`, intended as (
      insert into attempts (merchant, payout_id, number, step, order_id, request_fingerprint)
      select c.merchant, c.payout_id, ${intent.number}::integer, ${intent.step}::text, c.order_id,
        ${intent.requestFingerprint}::text
      from changed c
    )`
    }${
      answer === undefined
        ? sql``
        : sql`, answered as (
      update attempts a set answered_at = now(), answer = ${toJson(answer.answer)}::jsonb
      from changed c
      where a.merchant = c.merchant and a.payout_id = c.payout_id and a.number = ${answer.number}
    )`
    }
    select * from changed`.execute(db);
  return rows[0];
}

function assignments({ status, action, reason, reference, feeMinor }: Position): RawBuilder<unknown> {
  return sql`, status = ${status}, action = ${toJsonOrNull(action)}::jsonb, reason = ${toJsonOrNull(reason)}::jsonb,
    reference = ${reference === undefined ? null : storable(reference)}, fee_minor = ${feeMinor ?? null},
    updated_at = now()`;
}
