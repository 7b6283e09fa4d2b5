import type { PGlite } from '@electric-sql/pglite';
import { Kysely, sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { readCacheDir } from '../../config/cache-dir.js';
import { blankDatabase } from '../../journal/blank-database.js';
import { createAuditTrail } from '../../journal/audit/trail.js';
import { createApiKeys } from '../../journal/api-keys.js';
import * as audit from '../../journal/migrations/0010-audit.js';
import * as apiKeys from '../../journal/migrations/0003-api-keys.js';
import * as payments from '../../journal/migrations/0006-payments.js';
import * as payouts from '../../journal/migrations/0001-payouts.js';
import * as callbacks from '../../journal/migrations/0002-callbacks.js';
import * as roles from '../../journal/migrations/0009-roles.js';
import * as stops from '../../journal/migrations/0007-stops.js';
import * as storedCards from '../../journal/migrations/0004-stored-cards.js';
import { pgliteDialect } from '../../journal/pglite-dialect.js';
import type { Tables } from '../../journal/tables.js';
import { PARSERS } from '../../journal/wire-types.js';

let db: Kysely<Tables>;
afterAll(() => db.destroy());

it('gives the keys of before the roles of what they could do, and takes the stops of before into the audit', async () => {
  const database: PGlite = await blankDatabase({ parsers: PARSERS }, readCacheDir());
  db = new Kysely<Tables>({ dialect: pgliteDialect(database) });
  // As a migration sees it: what tables there are changes under its hands.
  const migrated = db as unknown as Kysely<unknown>;
  for (const { up } of [payouts, callbacks, apiKeys, storedCards, payments, stops]) await up(migrated);
  await sql`insert into api_keys (id, name, role, merchant, secret_sha256) values
    ('1', 'olga', 'operator', null, ''), ('2', 'shop', 'merchant', 'shop', '')`.execute(db);
  await sql`insert into stops (scope, value, reason, actor, resumed_at, resumed_by, resume_reason) values
    ('merchant', 'shop', 'halt', 'olga', now() + interval '1 second', 'anna', 'over'),
    ('all', '', 'all of it', 'olga', null, null, null)`.execute(db);
  for (const { up } of [roles, audit]) await up(migrated);

  expect(await createApiKeys(db).list()).toMatchObject([
    { id: '1', roles: ['create', 'read', 'operate', 'approve', 'admin'] },
    { id: '2', roles: ['create', 'read'], merchant: 'shop' },
  ]);
  const { items } = await createAuditTrail(db).list({}, { limit: 10 });
  expect(items).toHaveLength(3);
  expect(items[0]).toMatchObject({ actor: 'anna', action: 'resumeStop', merchant: 'shop', reason: 'over' });
});
