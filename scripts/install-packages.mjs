import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, step } from './say.mjs';
import { hashFiles, readStamp, root } from './source-files.mjs';

const STAMP = 'node_modules/.payouts-setup';

/** Installs what package-lock.json says, unless that is what is there. */
export async function installPackages() {
  const hash = hashFiles(['package-lock.json']);
  if (readStamp(STAMP) === hash) return;
  if (!matchesLock()) await step('Installing packages (npm ci)', npmCi);
  writeFileSync(join(root, STAMP), hash);
}

function npmCi() {
  // npm tells its own path to the scripts that it runs; without it, the one on PATH.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const [file, words] = npm ? [process.execPath, [npm, ...args]] : ['npm', args];
  const { status } = spawnSync(file, words, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0)
    giveUp("The packages could not be installed (npm's words are above). Is the npm registry reachable?");
}

/** True if somebody installed by hand: npm notes in node_modules what it put there. */
function matchesLock() {
  const note = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const there = JSON.parse(readFileSync(note, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || there[path]?.version === version,
  );
}
