import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Installer } from './install-temporal.js';
import { runCommand } from './run-command.js';

const TIMEOUT_MS = 25 * 60_000;
const EXE = process.platform === 'win32' ? '.exe' : '';

export const GO_PACKAGE = 'github.com/temporalio/cli/cmd/temporal';

/** Builds the CLI from its source, which comes through Go's module proxy: works where only package registries do. */
export const installByGo: Installer = async ({ folder, version, search, onProgress }) => {
  const go = search.searchPath.map((dir) => join(dir, `go${EXE}`)).find((file) => existsSync(file));
  if (go === undefined) return { ok: false, why: 'there is no "go" on PATH' };
  const tell = (elapsed: number): undefined => {
    const seconds = (elapsed / 1000).toFixed(0);
    onProgress(`Building the Temporal CLI with Go (once, about 6 minutes) … ${seconds} s`);
  };
  tell(0);
  const result = await runCommand(go, ['install', `${GO_PACKAGE}@v${version}`], {
    env: search.childEnv({ GOBIN: folder }),
    timeoutMs: TIMEOUT_MS,
    onTick: tell,
  });
  if (!result.ok) return { ok: false, why: result.why };
  return { ok: true, path: join(folder, `temporal${EXE}`) };
};
