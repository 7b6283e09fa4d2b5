import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** True while there is a process with this id; one that has ended and was not yet buried does not count. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !statusOf(pid).startsWith('Z');
}

/** The command line of a process, words parted by spaces; empty if there is none. */
export function commandLine(pid: number): string {
  if (existsSync('/proc/self')) return readOr(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
  return ps(pid, 'command=');
}

export function parentOf(pid: number): number {
  if (existsSync('/proc/self')) return Number(afterName(pid).split(' ')[1] ?? 0);
  return Number(ps(pid, 'ppid='));
}

/** SIGTERM, and SIGKILL for what is still there after `patienceMs`. Resolves when it is gone. */
export async function endProcess(pid: number, patienceMs: number): Promise<void> {
  signal(pid, 'SIGTERM');
  const until = Date.now() + patienceMs;
  while (isRunning(pid) && Date.now() < until) await sleep(25);
  if (!isRunning(pid)) return;
  signal(pid, 'SIGKILL');
  while (isRunning(pid)) await sleep(25);
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}

function statusOf(pid: number): string {
  return existsSync('/proc/self') ? afterName(pid) : ps(pid, 'state=');
}

/** The fields of /proc/<pid>/stat after the name, which may itself hold spaces and brackets: state, parent, … */
function afterName(pid: number): string {
  return readOr(`/proc/${pid}/stat`).replace(/^.*\) /s, '');
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function ps(pid: number, field: string): string {
  return spawnSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}
