import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';

const unzip = promisify(gunzip);

/**
 * A new database in memory. Making one takes PostgreSQL in WebAssembly seconds, unpacking a copy of one a fraction of
 * that: the first is kept in `cacheDir` for the next process. Whatever is wrong with the copy, a database is made.
 */
export async function blankDatabase(options: PGliteOptions, cacheDir: string | undefined): Promise<PGlite> {
  if (cacheDir === undefined) return PGlite.create(options);
  const copy = join(cacheDir, 'pglite', `${await pgliteVersion()}.tar.gz`);
  // Unzipped here: its checksum tells a damaged copy, which PGlite would only stumble over.
  const archive = await readFile(copy)
    .then(unzip)
    .catch(() => undefined);
  if (archive) return PGlite.create({ ...options, loadDataDir: new Blob([archive]) });
  const made = await PGlite.create(options);
  await keep(made, copy).catch(() => undefined);
  return made;
}

/** Whole or not at all, also where two processes do it at once. */
async function keep(database: PGlite, copy: string): Promise<void> {
  const partial = `${copy}.${process.pid}`;
  const image = await database.dumpDataDir('gzip');
  await mkdir(dirname(copy), { recursive: true });
  try {
    await writeFile(partial, new Uint8Array(await image.arrayBuffer()));
    await rename(partial, copy);
  } finally {
    await rm(partial, { force: true });
  }
}

/** Its `package.json` is no part of what it exports. */
async function pgliteVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const text = await readFile(join(dirname(entry), '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
