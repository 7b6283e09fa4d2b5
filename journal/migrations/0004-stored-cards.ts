import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.js';

/** The form of a compact JWE. A readable card number or CVV has no dots, so it cannot stand where this is asked for. */
const JWE = String.raw`'^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*){4}$'`;

/** Stored cards, their append-only history, the order ids that they share with payouts, and one-time secrets. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [
    `create table stored_cards (
      merchant text not null,
      stored_card_id text not null,
      account text not null,
      provider text not null,
      purpose text not null check (purpose in ('destination', 'source')),
      owner_id text not null,
      order_id text not null,
      masked text not null check (masked ~ '^[0-9]{6}\\*{3,9}[0-9]{4}$'),
      content_fingerprint text not null,
      request jsonb not null,
      status text not null check (status in ('requested', 'action_required', 'active', 'failed', 'expired',
        'in_review', 'removed')),
      provider_card_id text,
      action jsonb,
      reason jsonb,
      sent_at timestamptz(3),
      last_event integer not null,
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(),
      primary key (merchant, stored_card_id),
      unique (account, order_id),
      check (status <> 'active' or provider_card_id is not null),
      check ((status = 'action_required') = (action is not null)),
      -- The card is kept sealed and masked, and nothing else of it: no readable number, no name of the CVV's secret.
      constraint stored_cards_sealed check (coalesce(
        request -> 'card' = jsonb_build_object('sealed', request #>> '{card,sealed}', 'masked', masked)
          and request #>> '{card,sealed}' ~ ${JWE} and length(request #>> '{card,sealed}') <= 4096, false))
    )`,
    // One per filter of the list, each ending in the list's order so that a page is a short range scan.
    `create index stored_cards_newest on stored_cards (created_at, merchant, stored_card_id)`,
    `create index stored_cards_of_merchant on stored_cards (merchant, created_at, stored_card_id)`,
    `create index stored_cards_of_account on stored_cards (account, created_at, merchant, stored_card_id)`,
    `create index stored_cards_for_purpose on stored_cards (purpose, created_at, merchant, stored_card_id)`,
    `create index stored_cards_in_status on stored_cards (status, created_at, merchant, stored_card_id)`,

    `create table stored_card_events (
      merchant text not null,
      stored_card_id text not null,
      sequence integer not null,
      at timestamptz(3) not null default now(),
      type text not null,
      from_status text,
      to_status text,
      actor text not null,
      reason text,
      data jsonb,
      primary key (merchant, stored_card_id, sequence),
      foreign key (merchant, stored_card_id) references stored_cards
    )`,

    // A provider has one namespace of order ids for payouts and stored cards. A unique index cannot span two tables, and
    // a look into the other one cannot see what is being inserted there at that moment. So whatever is inserted into
    // either claims its order id here in the same statement: of two at once, the later waits for the earlier, and fails.
    // `journal/order-ids.ts` knows that failure by this primary key's name.
    `create table order_ids (
      account text not null,
      order_id text not null,
      constraint order_ids_pkey primary key (account, order_id)
    )`,
    `create function claim_order_id() returns trigger language plpgsql as $$
    begin
      insert into order_ids (account, order_id) values (new.account, new.order_id);
      return null;
    end $$`,
    // Creating the trigger keeps other processes from inserting payouts until those that are there have been copied.
    `create trigger claims_order_id after insert on payouts for each row execute function claim_order_id()`,
    `create trigger claims_order_id after insert on stored_cards for each row execute function claim_order_id()`,
    `insert into order_ids (account, order_id) select account, order_id from payouts`,

    `create trigger append_only before update or delete or truncate on order_ids
      for each statement execute function refuse_rewriting()`,
    `create trigger append_only before update or delete or truncate on stored_card_events
      for each statement execute function refuse_rewriting()`,
    `create trigger never_deleted before delete or truncate on stored_cards
      for each statement execute function refuse_rewriting()`,

    // No part of the record: rows come and go.
    `create table one_time_secrets (
      id text primary key,
      sealed text not null check (sealed ~ ${JWE} and length(sealed) <= 4096),
      expires_at timestamptz(3) not null
    )`,
    `create index one_time_secrets_expiry on one_time_secrets (expires_at)`,
  ]);
}
