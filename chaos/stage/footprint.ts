import { statSync } from 'node:fs';
import { join } from 'node:path';
import { queryJournal } from '../verdict/query-journal.js';
import { rssOf } from './engine-process.js';
import type { Stage } from './start-stage.js';

/**
 * What the engine holds at one moment, in words, in MiB: to see that it does not grow. Linux tells how much memory a
 * process holds; elsewhere these are 0.
 */
export async function footprintOf(stage: Stage): Promise<string> {
  const { workers, gateway, temporal, directory, databaseUrl } = stage;
  const file = (...names: string[]): number =>
    mib(names.reduce((sum, name) => sum + sizeOf(join(directory, name)), 0));
  const memory = [
    `workers ${mib(workers.reduce((sum, worker) => sum + worker.rss(), 0))}`,
    `gateway ${mib(gateway.rss())}`,
    `Temporal ${mib(rssOf(temporal.pid()))}`,
  ];
  const disk = [
    `journal ${mib(await databaseSize(databaseUrl))}`,
    `histories ${file('temporal.db', 'temporal.db-wal')}`,
    `logs ${file('worker-1.log', 'worker-2.log', 'gateway.log', 'temporal.log')}`,
  ];
  return `MiB in memory: ${memory.join(', ')}; on disk: ${disk.join(', ')}`;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

async function databaseSize(url: string): Promise<number> {
  const [row] = await queryJournal<{ readonly size: string }>(
    url,
    'select pg_database_size(current_database()) as size',
  );
  return Number(row?.size);
}

function mib(bytes: number): number {
  return Math.round(bytes / 1_048_576);
}
