#!/usr/bin/env node
// Compiles what changed into dist/ and prebuilds the workflow bundle. Does nothing, fast, when nothing changed.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withBuildLock } from './build-lock.mjs';
import { bundleWorkflows } from './bundle-workflows.mjs';
import { giveUp, step } from './say.mjs';
import { filesBelow, hashFiles, readStamp, root, sourceFolders } from './source-files.mjs';

const STAMP = 'dist/.build-stamp';

/** True if dist/ is what the sources make. */
export function isBuilt() {
  return readStamp(STAMP) === sourceHash();
}

export async function build() {
  if (isBuilt()) return;
  await withBuildLock(async () => {
    if (isBuilt()) return;
    const hash = sourceHash();
    mkdirSync(join(root, 'dist'), { recursive: true });
    await step('Compiling TypeScript', compile);
    copyAssets();
    removeOrphans();
    await bundleWorkflows();
    writeFileSync(join(root, STAMP), hash);
  });
}

function sourceHash() {
  const sources = sourceFolders.flatMap(filesBelow);
  return hashFiles([...sources, 'tsconfig.json', 'package-lock.json', ...filesBelow('scripts')]);
}

function compile() {
  if (!existsSync(join(root, 'dist/cli'))) rmSync(join(root, 'dist/.tsbuildinfo'), { force: true });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  // The compiler's words go to our stderr: stdout belongs to the command that we run for.
  const { status } = spawnSync(process.execPath, [tsc, '-p', root], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) giveUp('TypeScript found errors (above). Mend them, then run the same command again.');
}

const isSource = (file) => file.endsWith('.ts') || file.endsWith('tsconfig.json') || file.endsWith('.md');

/** Migrations, pages, anything that the code reads beside itself at run time. */
function copyAssets() {
  for (const file of sourceFolders.flatMap(filesBelow).filter((file) => !isSource(file))) {
    cpSync(join(root, file), join(root, 'dist', file));
  }
}

/** What a deleted or renamed source left behind would still be imported. */
function removeOrphans() {
  for (const file of sourceFolders.flatMap((folder) => filesBelow(join('dist', folder)))) {
    const source = file.slice('dist/'.length);
    const stem = source.replace(/\.(js|js\.map|d\.ts)$/, '');
    if (!existsSync(join(root, source)) && !existsSync(join(root, `${stem}.ts`))) rmSync(join(root, file));
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await build();
