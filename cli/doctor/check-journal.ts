import { join } from 'node:path';
import type { Environment } from '../../config/environment.js';
import { bad, good, type Finding } from './finding.js';

/** The journal itself where it is a server; an embedded one belongs to its process, and the gateway speaks for it. */
export async function checkJournal(
  { databaseUrl, dataDir }: Environment,
  embeddedRuns: boolean,
): Promise<Finding> {
  if (embeddedRuns) return good('journal', 'in use by "payouts up"; see gateway');
  if (!databaseUrl) {
    return good(
      'journal',
      `embedded, in ${join(dataDir, 'journal')}; for production set PAYOUTS_DATABASE_URL`,
    );
  }
  const { openJournal } = await import('../../journal/open-journal.js');
  try {
    // A look changes nothing: migrations are for processes that work with it.
    const journal = await openJournal({
      kind: 'postgres',
      url: databaseUrl.reveal(),
      migrate: false,
      maxConnections: 1,
    });
    try {
      await journal.check();
      return good('journal', 'PostgreSQL answers, its schema is up to date');
    } finally {
      await journal.close();
    }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return bad(
      'journal',
      words,
      'Start PostgreSQL or mend PAYOUTS_DATABASE_URL; whoever works with it first brings its schema up to date.',
    );
  }
}
