import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { MerchantId } from '../../domain/ids.js';
import { isFinalPayment, PAYMENT_STATUSES } from '../../domain/payment-moves.js';
import { isFinal, PAYOUT_STATUSES } from '../../domain/payout-status.js';
import type { Stoppable, StopScope } from '../../domain/stop.js';
import { isSettledStoredCard, STORED_CARD_STATUSES } from '../../domain/stored-card-status.js';
import { audited } from '../audit/audited.js';
import type { Doer } from '../audit/port.js';
import { storable } from '../json.js';
import type { StopRow, Tables } from '../tables.js';
import { toStop } from './covering.js';
import type { StopJournal } from './port.js';

const MAX_LISTED = 1_000;

/** Operators' stops on a database. Where they are obeyed: `covering.ts`. */
export function createStopJournal(db: Kysely<Tables>): StopJournal {
  return {
    /** Round trips: 1; 2 where the scope is stopped already. */
    async add({ scope, reason, ...by }) {
      // Of two at once the second finds the first; only one that was lifted in between leaves nothing to find.
      for (;;) {
        const added = await insert(db, scope, reason, by);
        if (added) return { stop: toStop(added), repeated: false };
        const stands = await inForce(db)
          .where('scope', '=', scope.kind)
          .where('value', '=', valueOf(scope))
          .executeTakeFirst();
        if (stands) return { stop: toStop(stands), repeated: true };
      }
    },

    /** Round trips: 1; 2 where it was lifted before. */
    async resume(id, { actor, requestId, reason }, merchant) {
      if (!/^\d{1,15}$/.test(id)) return undefined;
      const { rows } = await sql<StopRow>`
        with changed as (
          update stops set resumed_at = now(), resumed_by = ${storable(actor)}, resume_reason = ${storable(reason)}
          where id = ${Number(id)} and resumed_at is null and ${isOf(merchant)}
          returning *
        ), audited as (${audited({ actor, requestId, reason, action: 'resumeStop', ...OF_STOP })})
        select * from changed`.execute(db);
      if (rows[0]) return { stop: toStop(rows[0]), repeated: false };
      const stands = await db
        .selectFrom('stops')
        .selectAll()
        .where('id', '=', Number(id))
        .where(isOf(merchant))
        .executeTakeFirst();
      return stands && { stop: toStop(stands), repeated: true };
    },

    /** Round trips: 1. */
    async list(which, merchant) {
      const from = which === 'in_force' ? inForce(db) : db.selectFrom('stops').selectAll();
      return (await from.where(isOf(merchant)).orderBy('id', 'desc').limit(MAX_LISTED).execute()).map(toStop);
    },

    /** Round trips: 1. */
    async covering({ merchant, account, provider }: Stoppable) {
      const row = await inForce(db)
        .where(
          sql<boolean>`(scope, value) in (('all', ''), ('account', ${account}), ('provider', ${provider}),
            ('merchant', ${merchant}))`,
        )
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      return row && toStop(row);
    },

    /** Round trips: 1. */
    async unfinished(scope) {
      const { rows } = await sql<{ payouts: number; payments: number; stored_cards: number }>`
        select ${counted(
          'payouts',
          PAYOUT_STATUSES.filter((status) => !isFinal(status)),
          scope,
        )} as payouts,
          ${counted(
            'payments',
            PAYMENT_STATUSES.filter((status) => !isFinalPayment(status)),
            scope,
          )} as payments,
          ${counted(
            'stored_cards',
            STORED_CARD_STATUSES.filter((status) => !isSettledStoredCard(status)),
            scope,
          )}
            as stored_cards`.execute(db);
      const [
        { payouts, payments, stored_cards: storedCards } = { payouts: 0, payments: 0, stored_cards: 0 },
      ] = rows;
      return { payouts, payments, storedCards };
    },
  };
}

async function insert(
  db: Kysely<Tables>,
  scope: StopScope,
  reason: string,
  { actor, requestId }: Doer,
): Promise<StopRow | undefined> {
  const { rows } = await sql<StopRow>`
    with changed as (
      insert into stops (scope, value, reason, actor)
      values (${scope.kind}, ${valueOf(scope)}, ${storable(reason)}, ${storable(actor)})
      on conflict (scope, value) where resumed_at is null do nothing
      returning *
    ), audited as (${audited({ actor, requestId, reason, action: 'addStop', ...OF_STOP })})
    select * from changed`.execute(db);
  return rows[0];
}

/** What the audit says of a stop. */
const OF_STOP = {
  merchant: sql`case when scope = 'merchant' then value end`,
  subject: sql`'stop ' || id || ' of ' || scope || case when value = '' then '' else ' ' || value end`,
};

/** The same statement whether or not a merchant is meant, so that none is found out by it. */
function isOf(merchant: MerchantId | undefined): RawBuilder<boolean> {
  const value = merchant ?? null;
  return sql`(${value}::text is null or (scope = 'merchant' and value = ${value}::text))`;
}

function inForce(db: Kysely<Tables>) {
  return db.selectFrom('stops').selectAll().where('resumed_at', 'is', null);
}

function valueOf(scope: StopScope): string {
  return scope.kind === 'all' ? '' : scope.value;
}

function counted(
  table: 'payouts' | 'payments' | 'stored_cards',
  statuses: readonly string[],
  scope: StopScope,
): RawBuilder<number> {
  const mine = scope.kind === 'all' ? sql`true` : sql`${sql.ref(scope.kind)} = ${scope.value}`;
  return sql`(select count(*)::integer from ${sql.table(table)} where status in (${sql.join(statuses)}) and ${mine})`;
}
