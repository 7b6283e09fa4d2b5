import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Whatever tsconfig.json compiles. */
export const sourceFolders = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).include;

/** Every file below `path` (or `path` itself), sorted, relative to the root. */
export function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  const entries = readdirSync(full, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}

/** One hash over names and contents of files; a file that is not there counts as such. */
export function hashFiles(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const full = join(root, file);
    hash.update(`${file}\0`).update(existsSync(full) ? readFileSync(full) : 'absent');
  }
  return hash.digest('hex');
}

export const readStamp = (file) =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
