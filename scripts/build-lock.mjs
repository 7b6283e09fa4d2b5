import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './source-files.mjs';

const LOCK = join(root, 'node_modules/.payouts-build.lock');
/** A lock older than this was left behind, whoever has its process id now. */
const LONGEST_BUILD_MS = 300_000;

/** One build at a time: a second waits for the first, and takes over from one that died. */
export async function withBuildLock(work) {
  while (!acquire()) await new Promise((resolve) => setTimeout(resolve, 200));
  const release = () => rmSync(LOCK, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    release();
    process.off('exit', release);
  }
}

function acquire() {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!holderLives()) rmSync(LOCK, { force: true });
    return false;
  }
}

function holderLives() {
  try {
    if (Date.now() - statSync(LOCK).mtimeMs > LONGEST_BUILD_MS) return false;
    process.kill(Number(readFileSync(LOCK, 'utf8')) || process.pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
