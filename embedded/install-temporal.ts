import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkBinary } from './check-binary.js';
import { withInstallLock } from './install-lock.js';
import type { TemporalSearch } from './temporal-search.js';

export interface InstallJob {
  /** Empty, on the same file system as the cache. */
  readonly folder: string;
  readonly version: string;
  readonly search: TemporalSearch;
  readonly onProgress: (line: string) => void;
}

/** One way to get the CLI: puts it into the job's folder and says where, or why not. */
export type Installer = (
  job: InstallJob,
) => Promise<{ readonly ok: true; readonly path: string } | { readonly ok: false; readonly why: string }>;

export type InstallResult = { readonly ok: true } | { readonly ok: false; readonly why: string };

/**
 * Gets the CLI by one way and moves it to `target` in one step, so that nobody ever sees half a file. Of several
 * processes one works and the others wait for it.
 */
export function install(
  target: string,
  installer: Installer,
  job: Omit<InstallJob, 'folder'>,
): Promise<InstallResult> {
  const beside = dirname(target);
  mkdirSync(beside, { recursive: true });
  const onWait = (elapsed: number): void =>
    job.onProgress(
      `Waiting for another process that gets the Temporal CLI … ${(elapsed / 1000).toFixed(0)} s`,
    );
  return withInstallLock(join(beside, '.installing'), onWait, async () => {
    if (existsSync(target)) return { ok: true };
    // The lock is ours, so whatever lies here was left by a process that was killed.
    for (const name of readdirSync(beside).filter((name) => name.startsWith('.install-'))) {
      rmSync(join(beside, name), { recursive: true, force: true });
    }
    const folder = mkdtempSync(join(beside, '.install-'));
    try {
      const result = await installer({ ...job, folder });
      if (!result.ok) return result;
      chmodSync(result.path, 0o755);
      const check = await checkBinary(result.path);
      if (!check.ok) return { ok: false, why: `what came ${check.why}` };
      renameSync(result.path, target);
      return { ok: true };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
