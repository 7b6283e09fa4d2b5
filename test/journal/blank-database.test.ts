import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blankDatabase } from '../../journal/blank-database.js';

let cacheDir: string;

beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'payouts-cache-'));
});

afterAll(async () => {
  await rm(cacheDir, { recursive: true, force: true });
});

/** True if it works and nobody has been in it. */
async function isBlank(): Promise<boolean> {
  const database = await blankDatabase({}, cacheDir);
  const { rows } = await database.query(`select 1 from pg_tables where schemaname = 'public'`);
  await database.exec('create table mine (n int)');
  await database.close();
  return rows.length === 0;
}

it('keeps a copy of the first, whole and once, and what is done to a database is not in the next', async () => {
  expect(await isBlank()).toBe(true);
  const [name = '', ...others] = await readdir(join(cacheDir, 'pglite'));
  expect(name).toMatch(/^\d+\.\d+\.\d+\.tar\.gz$/);
  expect(others).toEqual([]);
  expect(await isBlank()).toBe(true);
});

it('makes one anew where the copy is damaged, and mends the copy', async () => {
  const [name = ''] = await readdir(join(cacheDir, 'pglite'));
  const copy = join(cacheDir, 'pglite', name);
  const { length } = await readFile(copy);
  await writeFile(copy, 'no archive');
  expect(await isBlank()).toBe(true);
  expect((await readFile(copy)).length).toBeGreaterThan(length / 2);
});
