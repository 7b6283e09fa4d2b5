import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { MerchantId } from '../domain/ids.js';
import type { ApiKey, ApiKeys, ExaminedSecret } from './api-keys-port.js';
import { audited } from './audit/audited.js';
import { storable } from './json.js';
import type { ApiKeyRow, Tables } from './tables.js';

/** `payk_<id>_<secret>`: the id finds the key, the secret of 256 random bits proves it. */
const SECRET = /^payk_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;

/** Compared with where there is no such key, so that the answer takes as long. */
const NO_DIGEST = Buffer.alloc(32);

const IS_LIVE = sql<boolean>`revoked_at is null and (expires_at is null or expires_at > now())`;
const SUBJECT = sql`'api key ' || id`;

/** A row, and how it stands by the database's clock. */
type StandingRow = ApiKeyRow & { is_live: boolean; former_is_live: boolean; was_used_lately: boolean };

/** Keys to the HTTP API. The secrets are random, so that a plain SHA-256 of them gives nothing away. */
export function createApiKeys(db: Kysely<Tables>): ApiKeys {
  async function examine(secret: string): Promise<ExaminedSecret | undefined> {
    const id = SECRET.exec(secret)?.[1];
    if (id === undefined) return undefined;
    const { rows } = await sql<StandingRow>`
      select *, ${IS_LIVE} as is_live, coalesce(former_until > now(), false) as former_is_live,
        coalesce(last_used_at > now() - interval '1 hour', false) as was_used_lately
      from api_keys where id = ${id}`.execute(db);
    const row = rows[0];
    const digest = digestOf(secret);
    const isPresent = timingSafeEqual(digest, row?.secret_sha256 ?? NO_DIGEST);
    const isFormer = timingSafeEqual(digest, row?.former_sha256 ?? NO_DIGEST);
    if (row === undefined || !(isPresent || isFormer)) return undefined;
    const isLive = row.is_live && (isPresent || row.former_is_live);
    if (isLive && !row.was_used_lately) await used(db, id);
    return { key: keyOf(row), state: isLive ? 'live' : 'over' };
  }

  return {
    /** Round trips: 1. */
    async add({ name, roles, merchant, expiresAt }, { actor, requestId }) {
      const { id, secret } = newSecret();
      const { rows } = await sql<ApiKeyRow>`
        with changed as (
          insert into api_keys (id, name, roles, merchant, expires_at, secret_sha256)
          values (${id}, ${storable(name)}, string_to_array(${roles.join(',')}, ','), ${merchant ?? null}::text,
            ${expiresAt ?? null}::timestamptz, ${digestOf(secret)}::bytea)
          returning *
        ), audited as (${audited({
          ...{ actor, requestId, action: 'addApiKey', subject: SUBJECT },
          reason: sql`name || ': ' || array_to_string(roles, ', ')`,
        })})
        select * from changed`.execute(db);
      return { key: keyOf(only(rows)), secret };
    },

    /** Oldest first. Round trips: 1. */
    async list(merchant) {
      const { rows } = await sql<ApiKeyRow>`
        select * from api_keys where ${isOf(merchant)} order by created_at, id`.execute(db);
      return rows.map(keyOf);
    },

    /** Round trips: 1. */
    async find(id, merchant) {
      const { rows } = await sql<ApiKeyRow>`
        select * from api_keys where id = ${storable(id)} and ${IS_LIVE} and ${isOf(merchant)}`.execute(db);
      return rows[0] && keyOf(rows[0]);
    },

    /** Round trips: 1. */
    async rotate(id, { graceSecs, reason }, { actor, requestId }) {
      const { secret } = newSecret(id);
      const { rows } = await sql<ApiKeyRow>`
        with changed as (
          update api_keys set secret_sha256 = ${digestOf(secret)}::bytea, former_sha256 = secret_sha256,
            former_until = now() + ${graceSecs}::float8 * interval '1 second'
          where id = ${storable(id)} and ${IS_LIVE}
          returning *
        ), audited as (${audited({ actor, requestId, reason, action: 'rotateApiKey', subject: SUBJECT })})
        select * from changed`.execute(db);
      return rows[0] && { key: keyOf(rows[0]), secret };
    },

    /** Round trips: 1. */
    async revoke(id, { actor, requestId, reason }, merchant) {
      const { rows } = await sql`
        with changed as (
          update api_keys set revoked_at = now()
          where id = ${storable(id)} and revoked_at is null and ${isOf(merchant)}
          returning *
        ), audited as (${audited({ actor, requestId, reason, action: 'revokeApiKey', subject: SUBJECT })})
        select id from changed`.execute(db);
      return rows.length > 0;
    },

    /** Round trips: 1, once an hour 2; 0 for what has not the form of a secret. */
    async verify(secret) {
      const examined = await examine(secret);
      return examined?.state === 'live' ? examined.key : undefined;
    },

    examine,
  };
}

/** Coarse, so that a key in use costs one write an hour. */
async function used(db: Kysely<Tables>, id: string): Promise<void> {
  await sql`update api_keys set last_used_at = date_trunc('hour', now()) where id = ${id}`.execute(db);
}

/** The same statement whether or not a merchant is meant, so that none is found out by it. */
function isOf(merchant: MerchantId | undefined): RawBuilder<boolean> {
  return sql`(${merchant ?? null}::text is null or merchant = ${merchant ?? null}::text)`;
}

function newSecret(id = randomBytes(8).toString('hex')): { id: string; secret: string } {
  return { id, secret: `payk_${id}_${randomBytes(32).toString('base64url')}` };
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('A key was neither added nor refused');
  return row;
}

function keyOf(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    roles: row.roles,
    ...(row.merchant !== null && { merchant: row.merchant }),
    createdAt: row.created_at,
    ...(row.expires_at !== null && { expiresAt: row.expires_at }),
    ...(row.last_used_at !== null && { lastUsedAt: row.last_used_at }),
    ...(row.former_until !== null && { formerSecretUntil: row.former_until }),
    ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
  };
}
