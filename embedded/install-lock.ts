import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A lock older than this was left behind, whoever has its process id now. */
const LONGEST_INSTALL_MS = 30 * 60_000;

/**
 * Lets one process at a time do what is expensive; the others wait, with a word now and then.
 * A lock whose holder died is taken over.
 */
export async function withInstallLock<T>(
  file: string,
  onWait: (elapsedMs: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  const started = Date.now();
  let told = 0;
  while (!acquire(file)) {
    const waited = Date.now() - started;
    if (waited - told >= 5_000) onWait((told = waited));
    await sleep(250);
  }
  const release = (): void => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function acquire(file: string): boolean {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!holderLives(file)) rmSync(file, { force: true });
    return false;
  }
}

function holderLives(file: string): boolean {
  try {
    if (Date.now() - statSync(file).mtimeMs > LONGEST_INSTALL_MS) return false;
    // Empty: just being written.
    process.kill(Number(readFileSync(file, 'utf8')) || process.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
