import { homedir } from 'node:os';
import { join } from 'node:path';

/** What is dear to make and the same for every checkout: Temporal's binary, a new database. XDG_CACHE_HOME moves it. */
export function readCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'payout-engine');
}
