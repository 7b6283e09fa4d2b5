import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.js';

/** Operators' orders to send nothing that could move money. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [
    `create table stops (
      id bigint generated always as identity primary key,
      scope text not null check (scope in ('account', 'provider', 'merchant', 'all')),
      -- Empty for all.
      value text not null check ((scope = 'all') = (value = '')),
      reason text not null,
      actor text not null,
      stopped_at timestamptz(3) not null default now(),
      resumed_at timestamptz(3),
      resumed_by text,
      resume_reason text,
      check ((resumed_at is null) = (resumed_by is null) and (resumed_at is null) = (resume_reason is null))
    )`,
    // One in force per scope; also how each intent looks for those that cover it.
    `create unique index stops_in_force on stops (scope, value) where resumed_at is null`,
    `create index stops_resumed on stops (scope, value, resumed_at) where resumed_at is not null`,

    `create function refuse_all_but_resuming() returns trigger language plpgsql as $$
    begin
      if old.resumed_at is not null
        or (new.id, new.scope, new.value, new.reason, new.actor, new.stopped_at)
          is distinct from (old.id, old.scope, old.value, old.reason, old.actor, old.stopped_at)
      then
        raise exception 'The journal is permanent: a stop can only be resumed, once'
          using errcode = 'restrict_violation';
      end if;
      return new;
    end $$`,
    `create trigger only_resumed before update on stops for each row execute function refuse_all_but_resuming()`,
    `create trigger never_deleted before delete or truncate on stops
      for each statement execute function refuse_rewriting()`,
  ]);
}
