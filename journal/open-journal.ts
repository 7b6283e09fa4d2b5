import { Kysely, PostgresDialect, sql } from 'kysely';
import { createApiKeys } from './api-keys.js';
import { createAuditTrail } from './audit/trail.js';
import { createInbox } from './inbox.js';
import { migrate, requireMigrated } from './migrate.js';
import { createOneTimeSecrets } from './one-time-secrets.js';
import { createOutbox } from './outbox.js';
import { createPaymentJournal } from './payments/payments.js';
import { createPayoutJournal } from './payouts.js';
import { pgliteDialect } from './pglite-dialect.js';
import type { Journal } from './port.js';
import { postgresPool } from './postgres-pool.js';
import { createStopJournal } from './stops/stops.js';
import { createStoredCardJournal } from './stored-cards/stored-cards.js';
import type { Tables } from './tables.js';

export type JournalOptions = {
  /**
   * Bring the schema up to date when opening; any number of processes may do so at once. With `false` the journal
   * only opens on a schema that is up to date.
   * @default true
   */
  readonly migrate?: boolean | undefined;
} & (
  | {
      readonly kind: 'postgres';
      /** `postgresql://user:password@host:5432/database` */
      readonly url: string;
      /** @default 10 */
      readonly maxConnections?: number | undefined;
    }
  | {
      /** PostgreSQL inside this process: for development, demonstrations and tests. */
      readonly kind: 'pglite';
      /** Where the data lives, for one process at a time. Absent: in memory. */
      readonly directory?: string | undefined;
      /** Where a copy of a new database may be kept, so that the next one in memory is there sooner. */
      readonly cacheDir?: string | undefined;
    }
);

const STATEMENT_TIMEOUT_MS = 10_000;

/**
 * Opens the permanent record.
 *
 * @example
 * const journal = await openJournal({ kind: 'postgres', url: 'postgresql://payouts@localhost/payouts' });
 * await journal.payouts.accept(entry);
 * await journal.close();
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const mayMigrate = options.migrate ?? true;
  if (options.kind === 'pglite') {
    // Loaded only where it is used: it is large.
    const { openPglite } = await import('./open-pglite.js');
    const { database, release } = await openPglite(options.directory, options.cacheDir);
    const db = new Kysely<Tables>({ dialect: pgliteDialect(database) });
    const close = async () => {
      await db.destroy();
      await release();
    };
    return ready(db, close, () => (mayMigrate ? migrate(db) : requireMigrated(db)));
  }
  const { url, maxConnections = 10 } = options;
  const db = postgres(url, maxConnections, STATEMENT_TIMEOUT_MS);
  return ready(
    db,
    () => db.destroy(),
    () => (mayMigrate ? migrateServer(url) : requireMigrated(db)),
  );
}

async function ready(
  db: Kysely<Tables>,
  close: () => Promise<void>,
  prepare: () => Promise<void>,
): Promise<Journal> {
  try {
    await prepare();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    payouts: createPayoutJournal(db),
    payments: createPaymentJournal(db),
    inbox: createInbox(db),
    apiKeys: createApiKeys(db),
    audit: createAuditTrail(db),
    storedCards: createStoredCardJournal(db),
    oneTimeSecrets: createOneTimeSecrets(db),
    stops: createStopJournal(db),
    outbox: createOutbox(db),
    check: () => check(db),
    close,
  };
}

/** Round trips: 1. A standby answers reads, but a journal must be able to write. */
async function check(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ read_only: boolean }>`
    select pg_is_in_recovery() as read_only, (select 1 from payouts limit 1)`.execute(db);
  if (rows[0]?.read_only !== false) throw new Error('The journal is on a standby server, which cannot write');
}

/** On connections of their own: a migration, or the wait for another process's, may take its time. */
async function migrateServer(url: string): Promise<void> {
  const db = postgres(url, 1, 0);
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}

function postgres(url: string, maxConnections: number, statementTimeoutMs: number): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: postgresPool({ url, maxConnections, statementTimeoutMs }) }),
  });
}
