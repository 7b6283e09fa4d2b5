import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.js';
import { isRunning } from '../../embedded/process-info.js';
import { startTemporalServer, type TemporalServer } from '../../embedded/temporal-server.js';
import type { TemporalServerOptions } from '../../embedded/temporal-server.js';
import { tempDir } from '../support/temp-dir.js';
import { temporalBinary } from '../support/temporal-binary.js';
import { script } from './fake-binaries.js';

async function start(options: Partial<TemporalServerOptions> = {}): Promise<TemporalServer> {
  const server = await startTemporalServer({ binary: temporalBinary(), ...options });
  onTestFinished(() => server.kill());
  return server;
}

async function clientOf({ address }: TemporalServer): Promise<Client> {
  const connection = await Connection.connect({ address });
  onTestFinished(() => connection.close());
  return new Client({ connection });
}

const gone = (pid: number): Promise<void> => vi.waitFor(() => expect(isRunning(pid)).toBe(false), 60_000);

test('a server on free ports answers, with our search attributes and, on request, a UI', async () => {
  const server = await start({ uiPort: 0 });
  const { connection } = await clientOf(server);
  const { customAttributes } = await (connection as Connection).operatorService.listSearchAttributes({
    namespace: 'default',
  });
  expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(Object.keys(SEARCH_ATTRIBUTES)));
  await vi.waitFor(async () => expect((await fetch(server.uiUrl ?? '')).status).toBe(200), 60_000);
  await server.stop();
  expect(isRunning(server.pid)).toBe(false);
  expect(await server.ended).toContain('ended with exit code 0');
});

test('two servers run side by side', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  expect(one.address).not.toBe(other.address);
});

test('the same file keeps workflows and namespace, over a crash too', async () => {
  const dbFile = join(tempDir(), 'new-folder/temporal.db');
  const logFile = join(tempDir(), 'temporal.log');
  const first = await start({ dbFile, namespace: 'payouts', logFile });
  const { workflow } = new Client({ connection: (await clientOf(first)).connection, namespace: 'payouts' });
  await workflow.start('payout', { workflowId: 'w1', taskQueue: 'q' });
  expect(existsSync(`${dbFile}.pid`)).toBe(true);
  await first.kill();
  expect(existsSync(`${dbFile}.pid`)).toBe(false);

  const second = await start({ dbFile, namespace: 'payouts' });
  const { connection } = await clientOf(second);
  const description = await new Client({ connection, namespace: 'payouts' }).workflow
    .getHandle('w1')
    .describe();
  expect(description.status.name).toBe('RUNNING');
  await second.stop();
});

test('a file that a living process serves is refused', async () => {
  const dbFile = join(tempDir(), 'temporal.db');
  await start({ dbFile });
  await expect(start({ dbFile })).rejects.toThrow(/is in use: process \d+ runs a Temporal server on it/);
});

test('a port that is taken is refused at once', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await vi.waitFor(() => expect(other.listening).toBe(true), 60_000);
  const { port } = other.address() as AddressInfo;
  await expect(start({ port })).rejects.toThrow(`127.0.0.1:${port} is in use by another process`);
});

test('a server that does not start is quoted', async () => {
  const binary = script(join(tempDir(), 'temporal'), 'echo "unable to start: disk on fire" >&2; exit 2');
  const starting = startTemporalServer({ binary });
  await expect(starting).rejects.toThrow(
    /does not start: ended with exit code 2\nunable to start: disk on fire/,
  );
  await expect(startTemporalServer({ binary: '/nowhere/temporal' })).rejects.toThrow(
    /does not start: .*ENOENT/,
  );
});

/** What the server says where its port was taken at the last moment: it goes on without a listener, and crashes. */
const crashWords = (why: string): string =>
  [
    `level=ERROR msg="Failed to start gRPC listener" error="${why}"`,
    'panic: runtime error: invalid memory address or nil pointer dereference',
    '',
    'goroutine 1 [running]:',
    ...Array.from(
      { length: 200 },
      (_, n) => `go.uber.org/dig.Call${n}(0x150b581fc6c0)\n\t/dig/call.go:187 +0x3ae`,
    ),
  ].join('\n');

test('a server whose port was taken at the last moment is started again', async () => {
  const words = join(tempDir(), 'words');
  writeFileSync(words, crashWords('listen tcp 127.0.0.1:33193: bind: address already in use'));
  const crash = `if [ -f ${words} ]; then cat ${words} >&2; rm ${words}; exit 2; fi`;
  const server = await start({
    binary: script(join(tempDir(), 'temporal'), `${crash}; exec ${temporalBinary()} "$@"`),
  });
  expect(existsSync(words)).toBe(false);
  await clientOf(server);
});

test('a server that crashes is quoted with the reason, and without its stack', async () => {
  const words = join(tempDir(), 'words');
  writeFileSync(words, crashWords('no such device'));
  const starting = startTemporalServer({
    binary: script(join(tempDir(), 'temporal'), `cat ${words} >&2; exit 2`),
  });
  const message = await starting.then(String, String);
  expect(message).toContain('no such device');
  expect(message).toContain('panic: runtime error');
  expect(message).not.toContain('goroutine');
});

test('a server that never answers is ended', async () => {
  const file = join(tempDir(), 'pid');
  const binary = script(join(tempDir(), 'temporal'), `echo $$ > ${file}; exec sleep 60`);
  // Long enough for it to say who it is.
  const started = startTemporalServer({ binary, startTimeoutMs: 3_000 });
  await expect(started).rejects.toThrow('no answer after 3 s');
  await gone(Number(readFileSync(file, 'utf8')));
});
