import { Migrator, type Kysely, type Migration } from 'kysely';
import * as payouts from './migrations/0001-payouts.js';
import * as callbacks from './migrations/0002-callbacks.js';
import * as apiKeys from './migrations/0003-api-keys.js';
import * as storedCards from './migrations/0004-stored-cards.js';
import * as notFoundAnswers from './migrations/0005-not-found-answers.js';
import * as payments from './migrations/0006-payments.js';
import * as stops from './migrations/0007-stops.js';
import * as reviews from './migrations/0008-reviews.js';
import * as roles from './migrations/0009-roles.js';
import * as audit from './migrations/0010-audit.js';
import * as cardFingerprints from './migrations/0011-card-fingerprints.js';
import type { Tables } from './tables.js';

/** In order. A released migration is never edited: append another. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-payouts': payouts,
  '0002-callbacks': callbacks,
  '0003-api-keys': apiKeys,
  '0004-stored-cards': storedCards,
  '0005-not-found-answers': notFoundAnswers,
  '0006-payments': payments,
  '0007-stops': stops,
  '0008-reviews': reviews,
  '0009-roles': roles,
  '0010-audit': audit,
  '0011-card-fingerprints': cardFingerprints,
};

/** Brings the schema up to date. Safe where several processes start at once: Kysely holds an advisory lock. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error, results } = await migratorOf(db).migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName;
  if (failed === undefined && error instanceof Error) throw error;
  throw new Error(`The journal's migration ${failed} failed; nothing of it was kept`, { cause: error });
}

/** For a process that may not change the schema: throws unless it is up to date already. */
export async function requireMigrated(db: Kysely<Tables>): Promise<void> {
  const missing = (await migratorOf(db).getMigrations()).filter(
    (migration) => migration.executedAt === undefined,
  );
  if (missing.length === 0) return;
  throw new Error(
    `The journal's schema lacks ${missing.map((migration) => migration.name).join(', ')}. ` +
      'Open it once with migrations allowed, then start this process again.',
  );
}

function migratorOf(db: Kysely<Tables>): Migrator {
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
}
