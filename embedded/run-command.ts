import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Killed after so many ms. */
  readonly timeoutMs: number;
  /** Called every `tickMs` (default 5 s) with the ms since the start. A text it returns stops the command: why. */
  readonly onTick?: ((elapsedMs: number) => string | undefined) | undefined;
  readonly tickMs?: number | undefined;
}

export type CommandResult =
  { readonly ok: true; readonly output: string } | { readonly ok: false; readonly why: string };

/** Runs a program to its end and never longer than allowed. It does not outlive us. */
export function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const { env, timeoutMs, onTick, tickMs = 5_000 } = options;
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let stopped: string | undefined;
    const stop = (why: string): void => {
      stopped ??= why;
      child.kill('SIGKILL');
    };
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
    const deadline = setTimeout(() => stop(`no end after ${Math.round(timeoutMs / 1000)} s`), timeoutMs);
    const ticks = setInterval(() => {
      const why = onTick?.(Date.now() - started);
      if (why !== undefined) stop(why);
    }, tickMs);
    const finish = (result: CommandResult): void => {
      process.off('exit', kill);
      clearTimeout(deadline);
      clearInterval(ticks);
      resolve(result);
    };
    const collect = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-8_000));
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error: NodeJS.ErrnoException) =>
      finish({ ok: false, why: error.code ?? error.message }),
    );
    // 'exit', not 'close': a grandchild that still holds the pipes must not hold us.
    child.once('exit', (code, signal) => {
      setImmediate(() => {
        if (code === 0) finish({ ok: true, output });
        else finish({ ok: false, why: stopped ?? `${signal ?? `exit code ${code}`}${lastLines(output)}` });
      });
    });
  });
}

function lastLines(output: string): string {
  const lines = output.trim().split('\n').slice(-3).join(' / ').trim();
  return lines === '' ? '' : `: ${lines.slice(-400)}`;
}
