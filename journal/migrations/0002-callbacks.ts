import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.js';

/** The inbox: callbacks as they came in, stored before they are acknowledged (money rule 5). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [
    `create table callbacks (
      id bigint generated always as identity primary key,
      account text not null,
      order_id text not null,
      dedupe_key text not null,
      received_at timestamptz(3) not null default now(),
      state text not null default 'received' check (state in ('received', 'delivered', 'late', 'orphan')),
      proof jsonb,
      method text not null,
      url text not null,
      headers jsonb not null,
      body bytea not null,
      unique (account, dedupe_key)
    )`,
    `create index callbacks_pending on callbacks (received_at, id) where state = 'received'`,
    `create index callbacks_of_order on callbacks (account, order_id)`,
  ]);
}
