import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname, resolve } from 'node:path';
import { SEARCH_ATTRIBUTES } from '../domain/search-attributes.js';
import { awaitTemporal } from './await-temporal.js';
import { endWithUs } from './end-with-us.js';
import { freePort } from './free-port.js';
import { endOrphan, removePidFile, writePidFile } from './pid-file.js';
import { endProcess } from './process-info.js';
import { serverArguments, type SearchAttributeTypes } from './server-arguments.js';

export interface TemporalServerOptions {
  /** The Temporal CLI (`findTemporal`). */
  readonly binary: string;
  /** Default `127.0.0.1`. */
  readonly ip?: string | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** Port of the Temporal UI, 0 for any free one. Default: no UI. */
  readonly uiPort?: number | undefined;
  /** Where the UI has encrypted payloads decrypted. Default: it shows them as they are. */
  readonly codecUrl?: string | undefined;
  /** Keeps everything in this file. Default: in memory. */
  readonly dbFile?: string | undefined;
  /** Default `default`. */
  readonly namespace?: string | undefined;
  /** Default: those of a payout. */
  readonly searchAttributes?: SearchAttributeTypes | undefined;
  /** Dynamic configuration, as JSON values. */
  readonly dynamicConfig?: Readonly<Record<string, unknown>> | undefined;
  /** Gets the server's own words. */
  readonly logFile?: string | undefined;
  /** How long the start may take. Default 60 s: a busy machine, an old database. */
  readonly startTimeoutMs?: number | undefined;
}

export interface TemporalServer {
  /** `127.0.0.1:41234` */
  readonly address: string;
  readonly uiUrl?: string | undefined;
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason, with its last words. */
  readonly ended: Promise<string>;
  /** Ends it gently, after 5 s by force. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

/**
 * One SQLite file serves the whole server. Where a write takes longer than this (default 5 s), as on a busy machine, the
 * server gives its shard up ("shard status unknown") and may not get it back for minutes.
 */
const SLOW_DISK = { 'history.shardIOTimeout': '60s' };
const STOP_PATIENCE_MS = 5_000;
/** Between finding a free port and listening on it, another process may take it. */
const PORT_TRIES = 3;
/** Before it comes all that explains a crash of a Go program, after it nothing but the stack. */
const GO_STACK = /^goroutine \d+ \[/m;

/**
 * Starts Temporal's dev server and resolves when it answers. It ends when this process does, however that ends; if it
 * should yet survive, the next start on the same `dbFile` ends it first.
 *
 * @throws Error with the server's last lines if it does not start.
 * @example
 * const server = await startTemporalServer({ binary: found.path });
 * const connection = await Connection.connect({ address: server.address });
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const dbFile = options.dbFile === undefined ? undefined : resolve(options.dbFile);
  if (dbFile !== undefined) {
    mkdirSync(dirname(dbFile), { recursive: true });
    await endOrphan(dbFile);
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce({ ...options, dbFile });
    } catch (error) {
      if (attempt >= PORT_TRIES || !String(error).includes('address already in use')) throw error;
    }
  }
}

async function startOnce(options: TemporalServerOptions): Promise<TemporalServer> {
  const { binary, codecUrl, dbFile, namespace = 'default', searchAttributes = SEARCH_ATTRIBUTES } = options;
  const ip = options.ip ?? '127.0.0.1';
  const port = await freePort(ip, options.port);
  const uiPort = options.uiPort === undefined ? undefined : await freePort(ip, options.uiPort);
  const dynamicConfig = { ...SLOW_DISK, ...options.dynamicConfig };
  const args = serverArguments({
    ip,
    port,
    uiPort,
    codecUrl,
    dbFile,
    namespace,
    searchAttributes,
    dynamicConfig,
  });
  // In a group of its own: Ctrl-C in the terminal must reach us first, so that workers can finish what they do.
  const child = spawn(binary, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const words = lastWords(child, options.logFile);
  let over = false;
  const ended = new Promise<string>((done) => {
    const finish = (what: string): void => {
      over = true;
      if (dbFile !== undefined) removePidFile(dbFile);
      done([what, ...words()].join('\n'));
    };
    child.once('error', (error) => finish(error.message));
    child.once('exit', (code, signal) =>
      finish(signal ? `ended by ${signal}` : `ended with exit code ${code}`),
    );
  });
  endWithUs(child);
  const { pid } = child;
  if (pid === undefined) throw new Error(`The Temporal server does not start: ${await ended}`);
  if (dbFile !== undefined && !over) writePidFile(dbFile, { server: pid, owner: process.pid });

  const end = async (patienceMs: number): Promise<void> => {
    // From here on somebody waits for it.
    child.ref();
    if (!over) await endProcess(pid, patienceMs);
    await ended;
  };
  const timeoutMs = options.startTimeoutMs ?? 60_000;
  const names = Object.keys(searchAttributes);
  const host = ip === '0.0.0.0' ? '127.0.0.1' : ip;
  if (
    !(await awaitTemporal({
      host,
      port,
      namespace,
      searchAttributes: names,
      timeoutMs,
      hasEnded: () => over,
    }))
  ) {
    const why = over ? await ended : `no answer after ${timeoutMs / 1000} s\n${words().join('\n')}`;
    await end(0);
    throw new Error(`The Temporal server does not start: ${why}\nIt was: ${binary} ${args.join(' ')}`);
  }
  child.unref();
  return {
    address: `${host}:${port}`,
    uiUrl: uiPort === undefined ? undefined : `http://${host}:${uiPort}`,
    pid,
    ended,
    stop: () => end(STOP_PATIENCE_MS),
    kill: () => end(0),
  };
}

/** Keeps the last lines that a process says, and all of them in `logFile`. */
function lastWords(child: ChildProcess, logFile: string | undefined): () => string[] {
  const file = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' });
  // A full disk must not end the engine for want of a log.
  file?.on('error', () => undefined);
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-32_000);
      file?.write(chunk);
    });
    // Our process may end while the server runs; then the server ends too.
    if (stream instanceof Socket) stream.unref();
  }
  child.once('close', () => file?.end());
  return () => (tail.split(GO_STACK)[0] ?? '').trim().split('\n').slice(-12);
}
