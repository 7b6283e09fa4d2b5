import { sql, type Kysely } from 'kysely';

/** One by one: neither driver takes several statements in a prepared query. */
export async function runStatements(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
