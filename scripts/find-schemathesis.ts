import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCacheDir } from '../config/cache-dir.js';
import { withInstallLock } from '../embedded/install-lock.js';

/** Every package of it by its version. */
const PACKAGES = fileURLToPath(new URL('schemathesis.txt', import.meta.url));

/**
 * The program schemathesis, installed once into a Python environment of its own in our cache.
 *
 * @throws Error that says what is missing
 */
export async function findSchemathesis(progress: (line: string) => void): Promise<string> {
  const version = createHash('sha256').update(readFileSync(PACKAGES)).digest('hex').slice(0, 12);
  const folder = join(readCacheDir(), `schemathesis-${version}`);
  const [program, done] = [join(folder, 'bin', 'schemathesis'), join(folder, 'installed')];
  await withInstallLock(
    `${folder}.lock`,
    () => progress('Another process installs schemathesis'),
    async () => {
      if (existsSync(done)) return;
      rmSync(folder, { recursive: true, force: true });
      progress('Installing schemathesis (Python) into the cache');
      run(
        'python3',
        ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))'],
        'Python 3.10 or newer is needed.',
      );
      run(
        'python3',
        ['-m', 'venv', folder],
        'Python cannot make environments (Debian: apt-get install python3-venv).',
      );
      const pip = ['install', '--quiet', '--disable-pip-version-check', '--requirement', PACKAGES];
      run(join(folder, 'bin', 'pip'), pip, 'The Python package index cannot be reached, or lacks a package.');
      writeFileSync(done, '');
    },
  );
  return program;
}

function run(program: string, args: readonly string[], otherwise: string): void {
  const { status, error, stderr } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status === 0) return;
  const why = error?.message ?? stderr.toString().trim().slice(-500);
  throw new Error(`schemathesis cannot be had, so the API was not fuzzed. ${otherwise}\n${why}`);
}
