import { afterAll, beforeAll, describe } from 'vitest';
import { readCacheDir } from '../../config/cache-dir.js';
import { openJournal } from '../../journal/open-journal.js';
import type { Journal } from '../../journal/port.js';
import { journalContract } from './contract/journal-contract.js';

describe('the journal on PGlite', () => {
  let journal: Journal;
  beforeAll(async () => {
    journal = await openJournal({ kind: 'pglite', cacheDir: readCacheDir() });
  }, 180_000);
  afterAll(() => journal.close());

  journalContract(() => journal, { numRuns: 60 });
});
