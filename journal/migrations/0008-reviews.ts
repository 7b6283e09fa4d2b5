import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.js';

/**
 * What a callback that is only a hint suggests: money that came back is worth a question even after a success. And the
 * outbox of what operators are told; no part of the record, so rows may be updated.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [
    `alter table callbacks add column suggests text check (suggests = 'returned')`,
    `create index callbacks_undelivered on callbacks (state, received_at, id) where state in ('late', 'orphan')`,

    `create table notices (
      id bigint generated always as identity primary key,
      subject text not null check (subject in ('payout', 'payment')),
      merchant text not null,
      subject_id text not null,
      sequence integer not null,
      account text not null,
      order_id text not null,
      kind text not null check (kind in ('review_entered', 'review_left', 'correction', 'contradiction')),
      from_status text not null,
      to_status text not null,
      reason jsonb,
      at timestamptz(3) not null default now(),
      state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
      tries integer not null default 0,
      due_at timestamptz(3) not null default now(),
      last_error text,
      unique (subject, merchant, subject_id, sequence)
    )`,
    `create index notices_due on notices (due_at, id) where state = 'waiting'`,
    `create index notices_undelivered on notices (id) where state <> 'delivered'`,
  ]);
}
