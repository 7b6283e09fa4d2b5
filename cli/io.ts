import picocolors from 'picocolors';

type Colors = ReturnType<typeof picocolors.createColors>;

/** What the commands use of the process, so that tests can call them without one. */
export interface CliIo {
  readonly stdout: NodeJS.WritableStream & { isTTY?: boolean; columns?: number; rows?: number };
  readonly stderr: NodeJS.WritableStream;
  readonly stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly colors: Colors;
  now(): number;
  /** Calls back on Ctrl-C and on a polite request to end (SIGTERM); returns how to stop listening. */
  onInterrupt(handler: () => void): () => void;
  exit(code: number): void;
}

/** The real process. Colours follow NO_COLOR, FORCE_COLOR and whether stdout is a terminal. */
export function processIo(): CliIo {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    colors: picocolors.createColors(picocolors.isColorSupported),
    now: () => Date.now(),
    onInterrupt: (handler) => {
      process.on('SIGINT', handler);
      process.on('SIGTERM', handler);
      return () => {
        process.off('SIGINT', handler);
        process.off('SIGTERM', handler);
      };
    },
    exit: (code) => process.exit(code),
  };
}

export function printLine(io: CliIo, line = ''): void {
  io.stdout.write(`${line}\n`);
}

export function printJson(io: CliIo, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value)}\n`);
}
