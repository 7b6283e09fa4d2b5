import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { signal } from './process-info.js';

/**
 * Sees to it that a child ends when we do, however we end. A shell waits for the end of its input, which the kernel
 * closes even after SIGKILL, and then kills the child.
 */
export function endWithUs(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  const kill = (): void => signal(pid, 'SIGKILL');
  process.once('exit', kill);
  const guard = spawn('/bin/sh', ['-c', `cat >/dev/null; kill -9 ${pid}`], {
    // In a group of its own: Ctrl-C in the terminal must not end the guard before its charge.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // No shell: the handler of 'exit' and the pid file remain.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  child.once('exit', () => {
    process.off('exit', kill);
    // The id may soon be another process's.
    guard.kill('SIGKILL');
  });
}
