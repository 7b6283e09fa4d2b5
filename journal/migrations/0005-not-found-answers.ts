import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.js';

/** How often in a row the provider said that it does not know an attempt's order (money rule 4). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [`alter table attempts add column not_found_answers integer not null default 0`]);
}
