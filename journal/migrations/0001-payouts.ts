import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.js';

/** Payouts, their attempts and their append-only history. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [
    `create table payouts (
      merchant text not null,
      payout_id text not null,
      account text not null,
      provider text not null,
      order_id text not null,
      amount_minor bigint not null check (amount_minor > 0),
      currency text not null check (length(currency) = 3),
      destination text not null,
      batch text,
      content_fingerprint text not null,
      request jsonb not null,
      status text not null check (status in ('created', 'awaiting_approval', 'scheduled', 'action_required',
        'processing', 'in_review', 'succeeded', 'declined', 'failed', 'cancelled', 'expired', 'returned')),
      action jsonb,
      reason jsonb,
      reference text,
      fee_minor bigint,
      last_event integer not null,
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(),
      primary key (merchant, payout_id),
      unique (account, order_id)
    )`,
    // One per filter of the list, each ending in the list's order so that a page is a short range scan.
    `create index payouts_newest on payouts (created_at, merchant, payout_id)`,
    `create index payouts_of_merchant on payouts (merchant, created_at, payout_id)`,
    `create index payouts_of_account on payouts (account, created_at, merchant, payout_id)`,
    `create index payouts_in_status on payouts (status, created_at, merchant, payout_id)`,
    `create index payouts_of_batch on payouts (batch, created_at, merchant, payout_id) where batch is not null`,

    `create table payout_events (
      merchant text not null,
      payout_id text not null,
      sequence integer not null,
      at timestamptz(3) not null default now(),
      type text not null,
      from_status text,
      to_status text,
      actor text not null,
      reason text,
      data jsonb,
      primary key (merchant, payout_id, sequence),
      foreign key (merchant, payout_id) references payouts
    )`,

    `create table attempts (
      merchant text not null,
      payout_id text not null,
      number integer not null,
      step text not null check (step in ('register', 'execute')),
      order_id text not null,
      request_fingerprint text not null,
      intent_at timestamptz(3) not null default now(),
      answered_at timestamptz(3),
      answer jsonb,
      primary key (merchant, payout_id, number),
      foreign key (merchant, payout_id) references payouts
    )`,

    `create function refuse_rewriting() returns trigger language plpgsql as $$
    begin
      raise exception 'The journal is permanent: % on % is refused', tg_op, tg_table_name
        using errcode = 'restrict_violation';
    end $$`,
    `create trigger append_only before update or delete or truncate on payout_events
      for each statement execute function refuse_rewriting()`,
    `create trigger never_deleted before delete or truncate on attempts
      for each statement execute function refuse_rewriting()`,
    `create trigger never_deleted before delete or truncate on payouts
      for each statement execute function refuse_rewriting()`,
  ]);
}
