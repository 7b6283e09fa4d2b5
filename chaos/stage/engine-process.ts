import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** One process of the engine under a supervisor, as production has it: whenever it ends, it is started again. */
export interface EngineProcess {
  readonly name: string;
  /** Resolves once it has said that it works. */
  ready(): Promise<void>;
  /**
   * SIGKILL; it is started again after so long. One that has hardly begun to work is spared: on a slow machine
   * nothing else would happen any more. False: it was.
   */
  kill(downMs: number): Promise<boolean>;
  /** Stands still for so long, then goes on. */
  freeze(ms: number): Promise<void>;
  isFrozen(): boolean;
  /** How often it ended without being killed. */
  readonly deaths: number;
  /** Of the running process, in bytes. */
  rss(): number;
  stop(): Promise<void>;
}

export interface EngineProcessOptions {
  readonly name: string;
  /** What Node runs. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly ready: RegExp;
}

const RESTART_MS = 300;
const READY_MS = 90_000;
/** So long it has worked before it may be killed again. */
const SPARED_MS = 1_500;

export function superviseProcess(options: EngineProcessOptions): EngineProcess {
  const { name, args, env, logFile, ready } = options;
  const log = createWriteStream(logFile, { flags: 'a' });
  let child: ChildProcess | undefined;
  let words = '';
  let readyAt: number | undefined;
  let isStopped = false;
  let isFrozen = false;
  let downMs = RESTART_MS;
  let isKilled = false;
  let deaths = 0;

  const endWithUs = (): void => void child?.kill('SIGKILL');
  process.once('exit', endWithUs);

  async function lead(): Promise<void> {
    while (!isStopped) {
      readyAt = undefined;
      isKilled = false;
      downMs = RESTART_MS;
      words = '';
      child = spawn(process.execPath, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (chunk: Buffer) => {
          log.write(chunk);
          if (readyAt !== undefined) return;
          words += chunk.toString();
          if (ready.test(words)) readyAt = Date.now();
        });
      }
      await once(child, 'close');
      if (!isKilled && !isStopped) deaths += 1;
      if (!isStopped) await sleep(downMs);
    }
  }
  const leading = lead();

  return {
    name,
    async ready() {
      for (const deadline = Date.now() + READY_MS; readyAt === undefined; await sleep(50)) {
        if (Date.now() > deadline) throw new Error(`${name} does not start:\n${words.slice(-2_000)}`);
      }
    },
    async kill(ms) {
      const running = child?.exitCode === null && child.signalCode === null ? child : undefined;
      if (!running || readyAt === undefined || Date.now() < readyAt + SPARED_MS) return false;
      isKilled = true;
      downMs = ms;
      const closed = once(running, 'close');
      running.kill('SIGKILL');
      await closed;
      return true;
    },
    async freeze(ms) {
      const frozen = child;
      if (isFrozen || !frozen) return;
      isFrozen = true;
      frozen.kill('SIGSTOP');
      await sleep(ms);
      frozen.kill('SIGCONT');
      isFrozen = false;
    },
    isFrozen: () => isFrozen,
    get deaths() {
      return deaths;
    },
    rss: () => (child?.pid === undefined ? 0 : rssOf(child.pid)),
    async stop() {
      isStopped = true;
      child?.kill('SIGCONT');
      child?.kill('SIGKILL');
      await leading;
      process.off('exit', endWithUs);
      log.end();
    },
  };
}

/** Linux tells; elsewhere it is 0. */
export function rssOf(pid: number): number {
  try {
    const pages = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(pages ?? 0) * 1_024;
  } catch {
    return 0;
  }
}
