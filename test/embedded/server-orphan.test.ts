import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { isRunning } from '../../embedded/process-info.js';
import { startTemporalServer } from '../../embedded/temporal-server.js';
import { ensureBuilt } from '../support/built.js';
import { tempDir } from '../support/temp-dir.js';
import { temporalBinary } from '../support/temporal-binary.js';
import { killGuardOf, startParent } from './server-parent.js';

const WAIT_FOR_EVER = 'setInterval(() => {}, 1000);';
const gone = (pid: number): Promise<void> => vi.waitFor(() => expect(isRunning(pid)).toBe(false), 60_000);

// The other processes run what users run.
beforeAll(ensureBuilt, 300_000);

test.each([
  ['comes to its end', '', undefined],
  ['exits', 'process.exit(1);', undefined],
  ['throws', 'throw new Error("expected by the test");', undefined],
  ['is asked to stop', WAIT_FOR_EVER, 'SIGTERM'],
  ['is interrupted', WAIT_FOR_EVER, 'SIGINT'],
  ['is killed', WAIT_FOR_EVER, 'SIGKILL'],
] as const)('a server ends when its process %s', async (_, afterwards, signal) => {
  const { pid, server } = await startParent(join(tempDir(), 'temporal.db'), afterwards);
  if (signal) process.kill(pid, signal);
  await gone(server);
});

test('an orphan that survived is ended by the next start on its file', async () => {
  const dbFile = join(tempDir(), 'temporal.db');
  const { pid, server: orphan } = await startParent(dbFile, WAIT_FOR_EVER);
  killGuardOf(orphan);
  process.kill(pid, 'SIGKILL');
  await gone(pid);
  expect(isRunning(orphan)).toBe(true);

  const next = await startTemporalServer({ binary: temporalBinary(), dbFile });
  onTestFinished(() => next.kill());
  expect(isRunning(orphan)).toBe(false);
});

test('a process that merely has the id that an orphan once had is left alone', async () => {
  const dbFile = join(tempDir(), 'temporal.db');
  writeFileSync(`${dbFile}.pid`, JSON.stringify({ server: process.pid, owner: 1 }));
  const server = await startTemporalServer({ binary: temporalBinary(), dbFile });
  expect(isRunning(process.pid)).toBe(true);
  await server.kill();
});
