import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ReplayWorkerOptions } from '@temporalio/worker';
import { dataConverter } from '../../secrets/data-converter.js';
import type { PayloadKeys } from '../../secrets/payload-keys.js';

const BUILD = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));

/** Path of the workflows' bundle, as it ships: what a history must replay on. */
export const WORKFLOW_BUNDLE = fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url));

/** What histories of the namespace `default` are replayed with. */
export function replayOptions(keys: PayloadKeys | undefined): ReplayWorkerOptions {
  return { workflowBundle: { codePath: WORKFLOW_BUNDLE }, dataConverter: dataConverter(keys, 'default') };
}

let built: Promise<void> | undefined;

/** For tests that run what users run: resolves when dist/ is up to date, rejects with the compiler's words. */
export function ensureBuilt(): Promise<void> {
  built ??= new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BUILD], { stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`dist/ cannot be built.\n${words}`)),
    );
  });
  return built;
}
