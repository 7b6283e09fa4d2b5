import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** A command of ours in a process of its own, as a user runs it. */
export interface CommandProcess {
  readonly child: ChildProcess;
  /** All that it said so far. */
  output(): string;
  /** Resolves when it has said this; rejects with its words if it ends before. */
  says(pattern: RegExp, timeoutMs?: number): Promise<void>;
  /** As a crash: SIGKILL, no chance to clean up. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** `main`: of another copy of the package than ours. */
export function startCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  main: string = MAIN,
): CommandProcess {
  const { TEMPORAL_ADDRESS: _foreign, ...inherited } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const ended = once(child, 'close');
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    child,
    output: () => words,
    async says(pattern, timeoutMs = 60_000) {
      const deadline = Date.now() + timeoutMs;
      while (!pattern.test(words)) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`It ended:\n${words}`);
        if (Date.now() > deadline) throw new Error(`It did not say ${pattern} in time:\n${words}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    crash: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}
