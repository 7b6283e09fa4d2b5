import { sql, type RawBuilder } from 'kysely';
import type { Stop } from '../../domain/stop.js';
import type { StopRow } from '../tables.js';
import { parseTimestamp } from '../wire-types.js';

/** The tables whose rows a stop may cover: each has merchant, account and provider. */
type Covered = 'payouts' | 'payments' | 'stored_cards';

/** What a stop may be of, to cover a row. */
function scopesOf(table: Covered): RawBuilder<unknown> {
  const column = (name: string): RawBuilder<unknown> => sql.ref(`${table}.${name}`);
  return sql`(('all', ''), ('account', ${column('account')}), ('provider', ${column('provider')}),
    ('merchant', ${column('merchant')}))`;
}

/**
 * Part of the statement that commits an intent, so that a stop committed after the decision was read holds as well. A
 * statement that waits for the row's lock decides by the stops of before its wait: what sends asks how long that took.
 */
export function isNotStopped(table: Covered): RawBuilder<boolean> {
  return sql`not exists (select from stops s where s.resumed_at is null and (s.scope, s.value) in ${scopesOf(table)})`;
}

/** The oldest stop in force that covers a row, beside the row's own columns: no round trip of its own. */
export function stopOf(table: Covered): RawBuilder<StopRow | null> {
  return sql`(
    select to_jsonb(s) from stops s where s.resumed_at is null and (s.scope, s.value) in ${scopesOf(table)}
    order by s.id limit 1
  )`;
}

/** When the last stop that covered a row was lifted. */
export function resumedAtOf(table: Covered): RawBuilder<string | null> {
  return sql`(
    select max(s.resumed_at) from stops s
    where s.resumed_at is not null and (s.scope, s.value) in ${scopesOf(table)}
  )`;
}

/** A stop's row, also as `to_jsonb` writes it. */
export function toStop(row: StopRow): Stop {
  const { id, scope, value, reason, actor, stopped_at, resumed_at, resumed_by, resume_reason } = row;
  return {
    id: String(id),
    scope: scope === 'all' ? { kind: scope } : { kind: scope, value },
    reason,
    actor,
    stoppedAt: parseTimestamp(stopped_at),
    ...(resumed_at !== null && {
      resumed: { at: parseTimestamp(resumed_at), actor: resumed_by ?? '', reason: resume_reason ?? '' },
    }),
  };
}

/** What a read of a row says of the stops that cover it, or covered it. */
export function stopsIn(row: { readonly stop: StopRow | null; readonly resumed_at?: string | null }): {
  stop?: Stop;
  resumedAt?: string;
} {
  const { stop, resumed_at: resumedAt = null } = row;
  return { ...(stop !== null && { stop: toStop(stop) }), ...(resumedAt !== null && { resumedAt }) };
}
