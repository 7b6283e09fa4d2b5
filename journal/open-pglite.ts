import { access, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { blankDatabase } from './blank-database.js';
import { lockDirectory } from './directory-lock.js';
import { PARSERS } from './wire-types.js';

export interface OpenPglite {
  readonly database: PGlite;
  /** Gives the directory free; after the database is closed. */
  readonly release: () => Promise<void>;
}

/**
 * PostgreSQL in this process: in memory, or in a directory of its own that survives the process, however it ends.
 * It does not promise to survive a power cut (PGlite never calls fsync): production takes a PostgreSQL server.
 */
export async function openPglite(directory: string | undefined, cacheDir?: string): Promise<OpenPglite> {
  if (directory === undefined) {
    const database = await blankDatabase({ parsers: PARSERS }, cacheDir);
    return { database, release: () => Promise.resolve() };
  }
  const lock = await lockDirectory(directory);
  try {
    return { database: await openDirectory(directory), release: lock.release };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openDirectory(directory: string): Promise<PGlite> {
  const data = join(directory, 'data');
  const complete = join(directory, 'complete');
  if ((await exists(data)) && !(await exists(complete))) {
    // A process ended while it was creating the files, before anything could be written down in them.
    await rename(data, `${data}.incomplete-${Date.now()}`);
  }
  const database = await PGlite.create({ dataDir: data, parsers: PARSERS });
  if (!(await exists(complete))) await writeFile(complete, 'The database in data/ was created to the end.\n');
  return database;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
