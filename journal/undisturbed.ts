import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/** Wraps the result, so that `undefined` is left to say that another write came in between. */
export interface Done<Result> {
  readonly result: Result;
}

/**
 * Lets `attempt` read, decide and write without another decision about the same row in between.
 *
 * First without a lock: `attempt` writes in one statement that takes effect only if the row is unchanged since it was
 * read. If it is not, once more with the row locked first; then only a stop can still come in between, which the next
 * reading sees.
 *
 * Round trips: those of `attempt`; where another write came in between, three more and those of `attempt` again.
 */
export async function undisturbed<Result>(
  db: Kysely<Tables>,
  attempt: (db: Kysely<Tables>) => Promise<Done<Result> | undefined>,
  lock: (db: Kysely<Tables>) => Promise<unknown>,
): Promise<Result> {
  const done = await attempt(db);
  if (done !== undefined) return done.result;

  return db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (transaction) => {
      // A statement of its own: what the next one reads is then what the last holder of the lock committed.
      await lock(transaction);
      const locked = (await attempt(transaction)) ?? (await attempt(transaction));
      if (locked === undefined) throw new Error('A row changed while it was locked');
      return locked.result;
    });
}
