import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemporalSearch } from '../../config/temporal-search.js';
import { findTemporal } from '../../embedded/find-temporal.js';
import { ensureBuilt } from '../../test/support/built.js';
import { startPostgres, type TestPostgres } from '../../test/support/postgres.js';

/** What a run stands on, all of it its own. */
export interface Ground {
  readonly postgres: TestPostgres;
  readonly temporalBinary: string;
  /** For logs, accounts and Temporal's database. */
  readonly directory: string;
  close(keep: boolean): Promise<void>;
}

/** @throws in words if this machine lacks something. */
export async function openGround(name: string, say: (line: string) => void): Promise<Ground> {
  await ensureBuilt();
  delete process.env['TEMPORAL_ADDRESS'];
  const found = await findTemporal(readTemporalSearch(), { onProgress: say });
  if (found.kind === 'address')
    throw new Error('A Temporal server of its own is needed: unset TEMPORAL_ADDRESS.');
  // Killed servers must find again what they were told: what is written is written.
  const postgres = await startPostgres();
  if (!postgres) {
    throw new Error(
      'PostgreSQL is needed: its programs initdb and postgres. Install it (apt-get install postgresql).',
    );
  }
  const directory = mkdtempSync(join(tmpdir(), `payouts-${name}-`));
  return {
    postgres,
    directory,
    temporalBinary: found.path,
    async close(keep) {
      await postgres.stop();
      if (!keep) rmSync(directory, { recursive: true, force: true });
    },
  };
}
