import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.js';

/** Which payouts and stored cards are of one card; rows from before have none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const check = `check (card_fingerprint ~ '^[0-9a-f]{32}$')`;
  await runStatements(db, [
    `alter table payouts add column card_fingerprint text ${check}`,
    `alter table stored_cards add column card_fingerprint text ${check}`,
    `create index payouts_card_fingerprint on payouts (card_fingerprint, created_at)
       where card_fingerprint is not null`,
  ]);
}
