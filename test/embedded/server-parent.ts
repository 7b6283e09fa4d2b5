import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { temporalBinary } from '../support/temporal-binary.js';

const MODULE = new URL('../../dist/embedded/temporal-server.js', import.meta.url).href;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Another process that starts a server on `dbFile` as we would, and then does what `afterwards` says. */
export async function startParent(
  dbFile: string,
  afterwards: string,
): Promise<{ pid: number; server: number }> {
  const code = `
    const [binary, dbFile] = process.argv.slice(1);
    const { startTemporalServer } = await import('${MODULE}');
    const server = await startTemporalServer({ binary, dbFile });
    console.log(server.pid);
    ${afterwards}
  `;
  const args = ['--input-type=module', '-e', code, temporalBinary(), dbFile];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const server = await new Promise<number>((resolve) =>
    child.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))),
  );
  return { pid: child.pid ?? 0, server };
}

/** Kills the shell that watches over a server, so that only the pid file is left to find it by. */
export function killGuardOf(server: number): void {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  const line = stdout.split('\n').find((text) => text.includes(`kill -9 ${server}`));
  if (line === undefined) throw new Error(`Nobody watches over process ${server}.`);
  process.kill(Number.parseInt(line, 10), 'SIGKILL');
}
