import type { TestProject } from 'vitest/node';
import { readTemporalSearch } from '../../config/temporal-search.js';
import { findTemporal } from '../../embedded/find-temporal.js';
import { ensureBuilt } from './built.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The Temporal CLI for `startTemporalServer`; empty if TEMPORAL_ADDRESS names a server or none was found. */
    temporalBinary: string;
    /** Why there is none. */
    temporalMissing: string;
  }
}

/** Runs once, before all test files. Cheap when the Temporal CLI is in the cache. */
export default async function setup(project: TestProject): Promise<void> {
  // A server that somebody uses must not be tested against: look for a binary even if TEMPORAL_ADDRESS is set.
  const search = { ...readTemporalSearch(), address: undefined };
  const onProgress = (line: string): void => void process.stderr.write(`${line}\n`);
  try {
    const found = await findTemporal(search, { onProgress });
    project.provide('temporalBinary', found.kind === 'binary' ? found.path : '');
    project.provide('temporalMissing', '');
  } catch (error) {
    project.provide('temporalBinary', '');
    project.provide('temporalMissing', error instanceof Error ? error.message : String(error));
  }
  if (process.env['PAYOUTS_TEST_NEEDS_DIST']) await ensureBuilt();
}
