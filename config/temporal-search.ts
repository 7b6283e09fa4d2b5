import { delimiter } from 'node:path';
import type { TemporalSearch } from '../embedded/temporal-search.js';
import { readCacheDir } from './cache-dir.js';

/** Where to look for Temporal: TEMPORAL_ADDRESS, TEMPORAL_CLI_PATH, PATH, XDG_CACHE_HOME. */
export function readTemporalSearch(env: NodeJS.ProcessEnv = process.env): TemporalSearch {
  return {
    address: env['TEMPORAL_ADDRESS'] || undefined,
    cliPath: env['TEMPORAL_CLI_PATH'] || undefined,
    searchPath: (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''),
    cacheDir: readCacheDir(env),
    childEnv: (additions) => ({ ...env, ...additions }),
  };
}
