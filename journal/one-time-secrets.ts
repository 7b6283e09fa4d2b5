import { randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { OneTimeSecrets } from './port.js';
import { requireSealed } from './sealed-only.js';
import type { Tables } from './tables.js';

/** They are for the minutes between the caller's request and the provider call, not for keeping. */
const MAX_TTL_MS = 3_600_000;

/** Secrets that are read once. The database's clock decides when their time is over. */
export function createOneTimeSecrets(db: Kysely<Tables>): OneTimeSecrets {
  return {
    /** Round trips: 1. */
    async put(sealed, ttlMs) {
      requireSealed(sealed);
      if (!(ttlMs >= 1 && ttlMs <= MAX_TTL_MS)) {
        throw new RangeError(`A one-time secret lives from 1 to ${MAX_TTL_MS} ms`);
      }
      // 192 random bits: whoever has the id may take the secret.
      const id = randomBytes(24).toString('base64url');
      await db
        .insertInto('one_time_secrets')
        .values({ id, sealed, expires_at: sql<string>`now() + ${ttlMs}::float8 * interval '1 millisecond'` })
        .execute();
      return id;
    },

    /** Of several at once, one gets it. Round trips: 1. */
    async take(id) {
      const taken = await db
        .deleteFrom('one_time_secrets')
        .where('id', '=', id)
        .returning(['sealed', sql<boolean>`expires_at > now()`.as('in_time')])
        .executeTakeFirst();
      return taken?.in_time === true ? taken.sealed : undefined;
    },

    /** Round trips: 1. */
    async purge() {
      const { numDeletedRows } = await db
        .deleteFrom('one_time_secrets')
        .where('expires_at', '<=', sql<string>`now()`)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
