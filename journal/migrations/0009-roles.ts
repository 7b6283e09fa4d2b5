import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.js';

/** Keys carry roles instead of one of two kinds, may end by themselves, and change their secret. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [
    `alter table api_keys
      add column roles text[],
      add column expires_at timestamptz(3),
      -- To the hour: a key that is used is not written to with each request.
      add column last_used_at timestamptz(3),
      -- The secret before the last rotation, and until when it opens the door as well.
      add column former_sha256 bytea,
      add column former_until timestamptz(3)`,
    `update api_keys set roles = case role
      when 'operator' then array['create', 'read', 'operate', 'approve', 'admin']
      else array['create', 'read'] end`,
    `alter table api_keys
      drop column role,
      alter column roles set not null,
      add check (cardinality(roles) > 0 and roles <@ array['create', 'read', 'operate', 'approve', 'admin']),
      add check ((former_sha256 is null) = (former_until is null))`,
  ]);
}
