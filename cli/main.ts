#!/usr/bin/env node
import { processIo } from './io.js';
import { runCli } from './run-cli.js';

// A reader that went away (`payouts list | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// Something must keep Node awake while a command waits for what does not: a child that is not ours to wait for.
const awake = setInterval(() => undefined, 60_000);
// By exitCode, so that what was written to a pipe still gets there.
process.exitCode = await runCli(process.argv.slice(2), { io: processIo() });
clearInterval(awake);
// Whatever a failed start left open must not keep the command from ending.
setTimeout(() => process.exit(), 5_000).unref();
