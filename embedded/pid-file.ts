import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { commandLine, endProcess, isRunning, parentOf } from './process-info.js';

interface Note {
  /** The server's process. */
  readonly server: number;
  /** The process that started it. */
  readonly owner: number;
}

const fileOf = (dbFile: string): string => `${dbFile}.pid`;

/** Writes down who serves a database file, for the next start. */
export function writePidFile(dbFile: string, note: Note): void {
  writeFileSync(fileOf(dbFile), JSON.stringify(note));
}

export function removePidFile(dbFile: string): void {
  rmSync(fileOf(dbFile), { force: true });
}

/**
 * Ends a server that a killed process of ours left behind on this database file: it would hold file and port.
 *
 * @throws if its owner lives: two servers on one file would spoil it.
 */
export async function endOrphan(dbFile: string): Promise<void> {
  const note = read(dbFile);
  if (note === undefined) return;
  // Ids are used again: only a Temporal dev server on this very file is ours to end.
  const words = commandLine(note.server);
  if (isRunning(note.server) && words.includes('start-dev') && words.includes(dbFile)) {
    if (isRunning(note.owner) && parentOf(note.server) === note.owner) {
      throw new Error(
        `${dbFile} is in use: process ${note.owner} runs a Temporal server on it (process ${note.server}). ` +
          'Stop that one first, or use another data folder (PAYOUTS_DATA_DIR).',
      );
    }
    await endProcess(note.server, 5_000);
  }
  removePidFile(dbFile);
}

function read(dbFile: string): Note | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(fileOf(dbFile), 'utf8'));
    const { server, owner } = note as Partial<Note>;
    return Number.isInteger(server) && Number.isInteger(owner) ? (note as Note) : undefined;
  } catch {
    return undefined;
  }
}
