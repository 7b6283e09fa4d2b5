import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.js';

/** The form of a compact JWE: a readable token is none. */
const JWE = String.raw`'^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*){4}$'`;

/** Payments, their calls, their operations and their append-only history; and what callbacks say of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [
    `create table payments (
      merchant text not null,
      payment_id text not null,
      account text not null,
      provider text not null,
      order_id text not null,
      amount_minor bigint not null check (amount_minor > 0),
      currency text not null check (length(currency) = 3),
      content_fingerprint text not null,
      request jsonb not null,
      status text not null check (status in ('created', 'action_required', 'processing', 'held', 'in_review',
        'succeeded', 'refunded', 'cancelled', 'declined', 'failed', 'expired')),
      action jsonb,
      reason jsonb,
      transactions jsonb not null default '[]',
      refunded_minor bigint not null default 0 check (refunded_minor between 0 and amount_minor),
      -- By which the payer's card can be charged again: only a worker's activity can open it.
      sealed_token text check (sealed_token ~ ${JWE} and length(sealed_token) <= 4096),
      last_event integer not null,
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(),
      primary key (merchant, payment_id),
      unique (account, order_id),
      check (status <> 'action_required' or action is not null)
    )`,
    // One per filter of the list, each ending in the list's order so that a page is a short range scan.
    `create index payments_newest on payments (created_at, merchant, payment_id)`,
    `create index payments_of_merchant on payments (merchant, created_at, payment_id)`,
    `create index payments_of_account on payments (account, created_at, merchant, payment_id)`,
    `create index payments_in_status on payments (status, created_at, merchant, payment_id)`,

    `create table payment_events (
      merchant text not null,
      payment_id text not null,
      sequence integer not null,
      at timestamptz(3) not null default now(),
      type text not null,
      from_status text,
      to_status text,
      actor text not null,
      reason text,
      data jsonb,
      primary key (merchant, payment_id, sequence),
      foreign key (merchant, payment_id) references payments
    )`,

    `create table payment_operations (
      merchant text not null,
      payment_id text not null,
      operation_id text not null,
      kind text not null check (kind in ('refund', 'void', 'complete')),
      asked jsonb not null,
      transaction_id text not null,
      status_before text not null,
      amount_minor bigint check (amount_minor > 0),
      status text not null default 'processing' check (status in ('processing', 'done', 'not_done', 'in_review')),
      reason jsonb,
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(),
      primary key (merchant, payment_id, operation_id),
      foreign key (merchant, payment_id) references payments
    )`,
    // Two at once could not be told apart by the transaction's status.
    `create unique index one_open_operation on payment_operations (merchant, payment_id)
      where status in ('processing', 'in_review')`,

    `create table payment_calls (
      merchant text not null,
      payment_id text not null,
      number integer not null,
      kind text not null check (kind in ('start', 'recurrent', 'refund', 'void', 'complete')),
      operation_id text,
      request_fingerprint text not null,
      intent_at timestamptz(3) not null default now(),
      answered_at timestamptz(3),
      answer jsonb,
      primary key (merchant, payment_id, number),
      foreign key (merchant, payment_id) references payments,
      foreign key (merchant, payment_id, operation_id) references payment_operations,
      check ((kind in ('start', 'recurrent')) = (operation_id is null))
    )`,

    `create trigger claims_order_id after insert on payments for each row execute function claim_order_id()`,
    `create trigger append_only before update or delete or truncate on payment_events
      for each statement execute function refuse_rewriting()`,
    `create trigger never_deleted before delete or truncate on payment_calls
      for each statement execute function refuse_rewriting()`,
    `create trigger never_deleted before delete or truncate on payment_operations
      for each statement execute function refuse_rewriting()`,
    `create trigger never_deleted before delete or truncate on payments
      for each statement execute function refuse_rewriting()`,

    // What a payment's callback says; its own body is kept sealed, because it may hold the token.
    `alter table callbacks add column transactions jsonb`,
    `alter table callbacks add column sealed_token text
      check (sealed_token ~ ${JWE} and length(sealed_token) <= 4096)`,
  ]);
}
