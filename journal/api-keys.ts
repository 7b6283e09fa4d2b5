import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { ApiKey, ApiKeys } from './port.js';
import type { ApiKeyRow, Tables } from './tables.js';

/** `payk_<id>_<secret>`: the id finds the key, the secret of 256 random bits proves it. */
const SECRET = /^payk_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;

/** Compared with where there is no such key, so that the answer takes as long. */
const NO_DIGEST = Buffer.alloc(32);

/** Keys to the HTTP API. The secrets are random, so that a plain SHA-256 of them gives nothing away. */
export function createApiKeys(db: Kysely<Tables>): ApiKeys {
  return {
    /** Round trips: 1. */
    async add({ name, role, merchant }) {
      if ((role === 'merchant') !== (merchant !== undefined)) {
        throw new TypeError('A merchant key names its merchant, and an operator key names none');
      }
      const id = randomBytes(8).toString('hex');
      const secret = `payk_${id}_${randomBytes(32).toString('base64url')}`;
      const row = await db
        .insertInto('api_keys')
        .values({ id, name, role, merchant: merchant ?? null, secret_sha256: digestOf(secret) })
        .returningAll()
        .executeTakeFirstOrThrow();
      return { key: keyOf(row), secret };
    },

    /** Oldest first. Round trips: 1. */
    async list() {
      const rows = await db.selectFrom('api_keys').selectAll().orderBy('created_at').orderBy('id').execute();
      return rows.map(keyOf);
    },

    /** Round trips: 1. */
    async revoke(id) {
      const { numUpdatedRows } = await db
        .updateTable('api_keys')
        .set({ revoked_at: sql<string>`now()` })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Round trips: 1; 0 for what has not the form of a secret. */
    async verify(secret) {
      const id = SECRET.exec(secret)?.[1];
      if (id === undefined) return undefined;
      const row = await db
        .selectFrom('api_keys')
        .selectAll()
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      const matches = timingSafeEqual(digestOf(secret), row?.secret_sha256 ?? NO_DIGEST);
      return row !== undefined && matches ? keyOf(row) : undefined;
    },
  };
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function keyOf(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    ...(row.merchant !== null && { merchant: row.merchant }),
    createdAt: row.created_at,
    ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
  };
}
