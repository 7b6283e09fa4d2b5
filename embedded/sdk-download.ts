import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runCommand } from './run-command.js';
import type { Installer } from './install-temporal.js';

/** Nothing arrived in this time: there is no network. */
const FIRST_BYTE_MS = 10_000;
const TIMEOUT_MS = 5 * 60_000;

/**
 * In a process of its own: the SDK's download starts a server too, its runtime can exist once per process (the worker
 * needs it), and it cannot be interrupted otherwise.
 */
const SCRIPT = `
const [testing, downloadDir, version] = process.argv.slice(1);
const executable = { type: 'cached-download', downloadDir, version };
require(testing).TestWorkflowEnvironment.createLocal({ server: { executable } })
  .then((env) => env.teardown())
  .then(() => process.exit(0), (error) => { console.error(error.message); process.exit(1); });
`;

/** The Temporal SDK's own download of the CLI, into `folder`. */
export const downloadBySdk: Installer = async ({ folder, version, search, onProgress }) => {
  const testing = createRequire(import.meta.url).resolve('@temporalio/testing');
  const result = await runCommand(process.execPath, ['-e', SCRIPT, testing, folder, `v${version}`], {
    env: search.childEnv({}),
    timeoutMs: TIMEOUT_MS,
    onTick: (elapsed) => {
      const bytes = sizeOf(folder);
      if (bytes === 0) return elapsed > FIRST_BYTE_MS ? 'nothing arrived: no network?' : undefined;
      const megabytes = (bytes / 1e6).toFixed(0);
      onProgress(`Downloading the Temporal CLI (once) … ${megabytes} MB, ${(elapsed / 1000).toFixed(0)} s`);
      return undefined;
    },
  });
  const file = readdirSync(folder).find((name) => !name.endsWith('.downloading'));
  if (file !== undefined) return { ok: true, path: join(folder, file) };
  return { ok: false, why: result.ok ? 'it left no file' : concise(result.why) };
};

function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** Rust nests the same words several times; the innermost cause is what helps. */
function concise(why: string): string {
  return why.includes('error sending request') ? `no network (${why.split(': ').slice(-2).join(': ')})` : why;
}
