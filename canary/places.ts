import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import type { Stage } from '../chaos/stage/start-stage.js';
import { everyRow } from '../test/support/journal-rows.js';
import { payloadsIn, textOf } from '../test/support/payloads.js';
import type { Answers } from './answers.js';
import type { Place } from './search.js';

/**
 * Everywhere that a run may have left something, as a thief finds it. Temporal's database and the journal are searched
 * twice: their files as they lie on the disk, and what they answer when asked, because a file may compress.
 */
export async function placesOf(stage: Stage, answers: Answers): Promise<readonly Place[]> {
  await writeOut(stage.databaseUrl);
  const files = readdirSync(stage.directory);
  const within = (suffix: string) => files.filter((name) => name.includes(suffix)).sort();
  const inFile = (name: string, allowed: Place['allowed'] = []): Place => ({
    name,
    allowed,
    content: { file: join(stage.directory, name) },
  });
  const inText = (name: string, text: string, allowed: Place['allowed'] = []): Place => ({
    name,
    allowed,
    content: { bytes: Buffer.from(text) },
  });
  return [
    ...within('temporal.db').map((name) => inFile(name)),
    inText('Temporal: histories and search attributes', await historiesOf(stage)),
    inText('journal: every row', await everyRow(stage.databaseUrl), ['person']),
    ...journalFiles(stage.journalFiles).map((file): Place => ({
      name: `journal: ${file.slice(stage.journalFiles.length + 1)}`,
      allowed: ['person'],
      content: { file },
    })),
    ...within('.log').map((name) => inFile(name)),
    inText('metrics', await metricsOf(stage)),
    inText('answers: errors', answers.errors()),
    // A merchant is told what it said itself.
    inText('answers: others', answers.others(), ['person']),
    inText('command lines', commandLines()),
  ];
}

async function historiesOf({ temporal: { address } }: Stage): Promise<string> {
  const connection = await Connection.connect({ address });
  try {
    const { workflow } = new Client({ connection });
    const texts: string[] = [];
    for await (const run of workflow.list()) {
      const { workflowId, runId } = run;
      const history = await workflow.getHandle(workflowId, runId).fetchHistory();
      const payloads = payloadsIn(history).map(textOf);
      texts.push(workflowId, JSON.stringify(run.searchAttributes), JSON.stringify(history), ...payloads);
    }
    return texts.join('\n');
  } finally {
    await connection.close();
  }
}

/** What is deleted or changed lies in the files until they are written anew. */
async function writeOut(databaseUrl: string): Promise<void> {
  const db = new pg.Client({ connectionString: databaseUrl });
  await db.connect();
  await db.query('checkpoint').finally(() => db.end());
}

function journalFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => /\/(base|pg_wal)\//.test(path));
}

async function metricsOf({ gatewayUrl, metricsUrls }: Stage): Promise<string> {
  const texts = await Promise.all(
    [gatewayUrl, ...metricsUrls].map(async (address) => {
      const response = await fetch(new URL('/metrics', address));
      if (!response.ok) throw new Error(`${address}/metrics answers ${response.status}`);
      return response.text();
    }),
  );
  return texts.join('\n');
}

/** Of every process of this machine, as anybody on it can see them. */
function commandLines(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      } catch {
        // It has ended meanwhile.
        return '';
      }
    })
    .join('\n');
}
