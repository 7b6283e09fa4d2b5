import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../embedded/free-port.js';

/** A PostgreSQL server of the test's own. */
export interface TestPostgres {
  /** Of the database `postgres`. */
  readonly url: string;
  /** Its data directory. */
  readonly data: string;
  /** Stops the server, breaking every connection: from here on they are refused. */
  down(): Promise<void>;
  /** Starts it again on the same data and port. */
  up(): Promise<void>;
  /** `down`, then `up`. */
  restart(): Promise<void>;
  /** @returns the new database's URL. */
  createDatabase(name: string): Promise<string>;
  /** Stops the server and removes its files. */
  stop(): Promise<void>;
}

/**
 * Starts a private cluster from the system's packages, in a temporary directory and on a free port. It is gone after
 * `stop`, and also when this process ends without it, however it ends.
 *
 * @returns undefined where PostgreSQL is not installed; with `CI` set that is an error.
 */
export async function startPostgres({ fsync = false } = {}): Promise<TestPostgres | undefined> {
  const bin = findBinaries();
  if (bin === undefined) {
    if (process.env['CI']) throw new Error('PostgreSQL is not installed, and CI must not skip its tests');
    console.log('PostgreSQL is not installed: its tests are skipped');
    return undefined;
  }
  const directory = await mkdtemp(join(tmpdir(), 'payouts-postgres-'));
  const user = await ownerFor(directory);
  const data = join(directory, 'data');
  const initialize = [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  execFileSync(join(bin, 'initdb'), initialize, { ...user, cwd: directory, stdio: 'pipe' });

  const port = await freePort('127.0.0.1');
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const settings = [
    ['port', String(port)],
    ['listen_addresses', '127.0.0.1'],
    ['unix_socket_directories', directory],
    ['shared_buffers', '32MB'],
    ...(fsync ? [] : ['fsync', 'full_page_writes', 'synchronous_commit'].map((name) => [name, 'off'])),
  ];
  const start = async (): Promise<ChildProcess> => {
    const options = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const guard = spawn(
      '/bin/sh',
      ['-c', GUARD, 'guard', directory, join(bin, 'postgres'), '-D', data, ...options],
      {
        ...user,
        cwd: directory,
        stdio: ['pipe', 'ignore', 'ignore'],
      },
    );
    await untilReady(url, join(directory, 'log'));
    return guard;
  };

  let guard = await start();
  const down = () => end(guard, 'keep\n');
  const up = async () => {
    guard = await start();
  };
  return {
    url,
    data,
    down,
    up,
    async restart() {
      await down();
      await up();
    },
    async createDatabase(name) {
      await query(url, `create database ${pg.escapeIdentifier(name)}`);
      return url.replace(/postgres$/, encodeURIComponent(name));
    },
    async stop() {
      await end(guard, '');
      // The guard of a server that is down has ended and left the data.
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Runs the server until a word comes, or until the other end of its input closes because that process is gone. */
const GUARD = `
directory=$1; shift
"$@" >>"$directory/log" 2>&1 &
server=$!
trap '' INT TERM HUP
read -r word
kill -INT $server; wait $server
[ "$word" = keep ] || { cd /; rm -rf "$directory"; }
`;

async function end(guard: ChildProcess, word: string): Promise<void> {
  if (guard.exitCode !== null) return;
  const closed = once(guard, 'close');
  guard.stdin?.end(word);
  await closed;
}

function findBinaries(): string | undefined {
  const packaged = '/usr/lib/postgresql';
  const versions = existsSync(packaged) ? readdirSync(packaged).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(packaged, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, who must own the directory. */
async function ownerFor(directory: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const user = { uid: idOf('-u'), gid: idOf('-g') };
  await chown(directory, user.uid, user.gid);
  return user;
}

async function untilReady(url: string, log: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      return await query(url, 'select 1');
    } catch {
      await sleep(50);
    }
  }
  throw new Error(`PostgreSQL did not start:\n${await readFile(log, 'utf8').catch(() => 'no log')}`);
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
