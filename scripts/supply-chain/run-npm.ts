import { spawnSync } from 'node:child_process';

/** What npm prints, whatever its exit code; its own words of failure are in it too, with `--json`. */
export function runNpm(args: readonly string[]): { readonly ok: boolean; readonly stdout: string } {
  // npm tells its own path to the scripts that it runs; without it, the one on PATH.
  const npm = process.env['npm_execpath'];
  const [program, words] = npm ? [process.execPath, [npm, ...args]] : ['npm', args];
  const { status, stdout } = spawnSync(program, words, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { ok: status === 0, stdout };
}
