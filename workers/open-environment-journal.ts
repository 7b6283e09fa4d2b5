import { join } from 'node:path';
import type { Environment } from '../config/environment.js';
import { openJournal } from '../journal/open-journal.js';
import type { Journal } from '../journal/port.js';

/** The journal that the environment names: PostgreSQL, or the embedded one in the data directory. */
export function openEnvironmentJournal({ databaseUrl, dataDir }: Environment): Promise<Journal> {
  return databaseUrl
    ? openJournal({ kind: 'postgres', url: databaseUrl.reveal() })
    : openJournal({ kind: 'pglite', directory: join(dataDir, 'journal') });
}
