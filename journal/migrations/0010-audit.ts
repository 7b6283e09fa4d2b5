import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.js';

/**
 * Who did what, where no history tells it. Commands in histories are found by an index on them alone: of what the engine
 * and the providers write, which is most, it holds nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [
    `create table audit_events (
      id bigint generated always as identity primary key,
      at timestamptz(3) not null default now(),
      actor text not null,
      action text not null,
      merchant text,
      subject text,
      reason text,
      outcome text not null check (outcome in ('done', 'refused', 'denied')),
      request_id text
    )`,
    `create index audit_newest on audit_events (at, id)`,
    `create trigger append_only before update or delete or truncate on audit_events
      for each statement execute function refuse_rewriting()`,

    `insert into audit_events (at, actor, action, merchant, subject, reason, outcome)
      select stopped_at, actor, 'addStop', case when scope = 'merchant' then value end, 'stop ' || id, reason, 'done'
      from stops
      union all
      select resumed_at, resumed_by, 'resumeStop', case when scope = 'merchant' then value end, 'stop ' || id,
        resume_reason, 'done'
      from stops where resumed_at is not null
      order by 1`,

    ...['payout', 'payment', 'stored_card'].map(
      (
        subject,
      ) => `create index ${subject}_commands on ${subject}_events (at, merchant, ${subject}_id, sequence)
        where type <> 'stopped' and actor !~ '^(engine|temporal|provider)(:|$)'`,
    ),
  ]);
}
