import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';

/** Counts, from now on, every statement that this process sends to a database of either kind. */
export function countRoundTrips(): { count(): number } {
  let count = 0;
  for (const prototype of [pg.Client.prototype, PGlite.prototype] as { query: unknown }[]) {
    const { query } = prototype;
    if (typeof query !== 'function') throw new Error('There is no query method to count');
    prototype.query = function (this: unknown, ...args: unknown[]): unknown {
      count += 1;
      return Reflect.apply(query, this, args) as unknown;
    };
  }
  return { count: () => count };
}
