import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DirectoryInUseError } from './errors.js';

const CLAIM = /^owner-(\d+)-([0-9a-z]+)-[0-9a-f]+$/;
const TRIES = 5;

export interface DirectoryLock {
  readonly release: () => Promise<void>;
}

/**
 * Makes this process the directory's only owner until `release` or its end, however it ends.
 *
 * Each contender writes a claim of its own and then looks for others: of two at the same time at least one sees the
 * other, so never both win. A claim is void once its process has ended, and nobody but its owner ever writes one, so
 * clearing void claims away races with nothing. Two that saw each other both step back and try again.
 *
 * Processes are told apart by pid and start time, because pids are used again. Not seen: owners in another container
 * or on another machine that shares the disk.
 *
 * @throws DirectoryInUseError naming the process that has it.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  await mkdir(directory, { recursive: true });
  const claim = `owner-${process.pid}-${await startTimeOf(process.pid)}-${randomBytes(6).toString('hex')}`;
  const release = () => rm(join(directory, claim), { force: true });

  let owner: number | undefined;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (attempt > 0) await delay(20 + Math.random() * 100);
    await writeFile(join(directory, claim), '', { flag: 'wx' });
    owner = await otherOwner(directory, claim);
    if (owner === undefined) return { release };
    await release();
  }
  throw new DirectoryInUseError(directory, owner ?? process.pid);
}

async function otherOwner(directory: string, own: string): Promise<number | undefined> {
  let owner: number | undefined;
  for (const name of await readdir(directory)) {
    const [, pid, startTime] = CLAIM.exec(name) ?? [];
    if (name === own || pid === undefined || startTime === undefined) continue;
    if (await isAlive(Number(pid), startTime)) owner = Number(pid);
    else await rm(join(directory, name), { force: true });
  }
  return owner;
}

async function isAlive(pid: number, startTime: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = await startTimeOf(pid);
  return now === UNKNOWN || startTime === UNKNOWN || now === startTime;
}

const UNKNOWN = 'unknown';

/** Which start of the machine, and the ticks from there to the process's start; `unknown` where there is no /proc. */
async function startTimeOf(pid: number): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined);
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (boot === undefined || stat === undefined) return UNKNOWN;
  // The second field is the command in parentheses, which may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const zombie = fields[0] === 'Z';
  return zombie ? 'ended' : `${boot.slice(0, 8)}${fields[19]}`;
}
