import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Child {
  readonly pid: number;
  /** What it has said so far, by line. */
  readonly lines: readonly string[];
  /** Resolves when it has said this many lines; rejects with its words if it ends before. */
  said(count: number): Promise<void>;
  /** kill -9. Resolves when it is gone and all that it had said is here. */
  kill(): Promise<void>;
}

/** Runs `writer.ts` as a process of its own. */
export function startWriter(directory: string, mode: 'write' | 'hold' = 'write'): Child {
  const loader = new URL('./typescript-loader.mjs', import.meta.url).href;
  const program = fileURLToPath(new URL('./writer.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', loader, program, directory, mode], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let words = '';
  let wake: () => void = () => undefined;
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    wake();
  });
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const closed = once(child, 'close').then(() => wake());

  return {
    pid: child.pid ?? 0,
    lines,
    async said(count) {
      while (lines.length < count) {
        if (child.exitCode !== null) throw new Error(`The child ended:\n${words}`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
