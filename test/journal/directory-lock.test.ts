import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lockDirectory } from '../../journal/directory-lock.js';
import { tempDir } from '../support/temp-dir.js';

it('gives the directory to one at a time', async () => {
  const directory = tempDir();
  const lock = await lockDirectory(directory);
  await expect(lockDirectory(directory)).rejects.toMatchObject({
    name: 'DirectoryInUseError',
    pid: process.pid,
  });
  await lock.release();
  const next = await lockDirectory(directory);
  await next.release();
  expect(await readdir(directory)).toEqual([]);
});

it('gives it to at most one of many at the same time', async () => {
  for (let round = 0; round < 20; round += 1) {
    const directory = tempDir();
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => lockDirectory(directory)));
    const locks = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(locks.length).toBeLessThanOrEqual(1);
    expect(await readdir(directory)).toHaveLength(locks.length);
  }
});

it('takes over from a process that is gone', async () => {
  const directory = tempDir();
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'close');
  await writeFile(join(directory, `owner-${child.pid}-123-abc`), '');
  const lock = await lockDirectory(directory);
  expect(await readdir(directory)).toHaveLength(1);
  await lock.release();
});

it.runIf(existsSync('/proc/self/stat'))('takes over from a process whose pid is in use again', async () => {
  const directory = tempDir();
  await lockDirectory(directory);
  const [claim = ''] = await readdir(directory);
  // The same pid, but started at another time: not the process that made the claim.
  await rename(join(directory, claim), join(directory, claim.replace(/^(owner-\d+)-[^-]+/, '$1-1')));
  const lock = await lockDirectory(directory);
  expect(await readdir(directory)).toHaveLength(1);
  await lock.release();
});
