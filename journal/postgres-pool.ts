import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { JournalUnavailableError } from './errors.js';
import { isUnavailable } from './unavailable.js';
import { PARSERS } from './wire-types.js';

export interface PostgresPoolOptions {
  readonly url: string;
  readonly maxConnections: number;
  /** The longest one statement may take, in ms. 0 lets it take what it takes. */
  readonly statementTimeoutMs: number;
}

/** Connections to PostgreSQL for Kysely, which report an unusable database as `JournalUnavailableError`. */
export function postgresPool({ url, maxConnections, statementTimeoutMs }: PostgresPoolOptions): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: 'payouts journal',
    // Also how long a call waits for a connection while all are busy.
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types,
    ...(statementTimeoutMs > 0 && {
      statement_timeout: statementTimeoutMs,
      // For a server that does not even say that it is late.
      query_timeout: statementTimeoutMs + 5_000,
      // A frozen process must not keep a payout locked.
      idle_in_transaction_session_timeout: statementTimeoutMs,
    }),
  });
  // Without listeners, a connection lost outside of a query would end the process. The pool replaces it by itself,
  // and a query on it fails with its own error.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { connect: () => connect(pool), end: () => pool.end() };
}

async function connect(pool: pg.Pool): Promise<PostgresPoolClient> {
  const client = await pool.connect().catch(rethrow);
  let broken = false;
  const query = async (text: string, parameters: readonly unknown[]): Promise<unknown> => {
    try {
      return await client.query(text, [...parameters]);
    } catch (error) {
      broken ||= isUnavailable(error);
      return rethrow(error);
    }
  };
  return {
    // Kysely's type of a client knows cursors too, which the journal has no use for.
    query: query as unknown as PostgresPoolClient['query'],
    // A connection in doubt is closed, not lent again: it may still be busy with the query that timed out.
    release: () => client.release(broken),
  };
}

function rethrow(error: unknown): never {
  throw isUnavailable(error) ? new JournalUnavailableError(error) : error;
}

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format): unknown => PARSERS[oid] ?? pg.types.getTypeParser(oid, format),
};
