#!/usr/bin/env node
// Makes a fresh checkout ready: packages, dist/, the Temporal CLI. Runs before `npm run demo` and `npm test`;
// silent and quick when there is nothing to do. Never writes to stdout.
import { build } from './build.mjs';
import { checkNode } from './check-node.mjs';
import { installPackages } from './install-packages.mjs';
import { endProgress, giveUp, progress } from './say.mjs';

checkNode();
await installPackages();
await build();
await ensureTemporal();

async function ensureTemporal() {
  // Compiled just now, so not imported above.
  const { findTemporal } = await import('../dist/embedded/find-temporal.js');
  const { readTemporalSearch } = await import('../dist/config/temporal-search.js');
  let told = false;
  const onProgress = (line) => {
    told = true;
    progress(line);
  };
  try {
    const found = await findTemporal(readTemporalSearch(), { onProgress });
    if (told) endProgress(`Temporal CLI ready: ${found.path}`);
  } catch (error) {
    giveUp(error.message);
  }
}
