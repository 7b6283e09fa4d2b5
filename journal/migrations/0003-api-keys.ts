import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.js';

/** Keys to the HTTP API: digests only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [
    `create table api_keys (
      id text primary key,
      name text not null,
      role text not null check (role in ('merchant', 'operator')),
      merchant text,
      secret_sha256 bytea not null,
      created_at timestamptz(3) not null default now(),
      revoked_at timestamptz(3),
      check ((role = 'merchant') = (merchant is not null))
    )`,
  ]);
}
