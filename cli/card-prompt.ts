import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { usageError } from './cli-error.js';
import type { CliIo } from './io.js';

/** All that comes in by stdin, as text. */
export async function readStdin(io: CliIo): Promise<string> {
  let text = '';
  for await (const chunk of io.stdin) text += chunk.toString();
  return text.replace(/^\ufeff/, '');
}

/** The card number from a pipe, or asked for on a terminal without showing it; blanks between the digits are dropped. */
export async function readCardNumber(io: CliIo, options: { fromStdin: boolean }): Promise<string> {
  const typed = options.fromStdin ? await readStdin(io) : await ask(io, 'Card number (not shown): ');
  return typed.replace(/[\s-]/g, '');
}

/** The CVV, asked for on a terminal without showing it. */
export async function readCvv(io: CliIo): Promise<string> {
  return (await ask(io, 'CVV (not shown): ')).trim();
}

/** The lines that come in by stdin, without empty ones. */
export async function readLines(io: CliIo): Promise<string[]> {
  return (await readStdin(io))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

async function ask(io: CliIo, question: string): Promise<string> {
  if (io.stdin.isTTY !== true) {
    throw usageError(
      'the card number is needed, and there is no terminal to ask on. Give it by --card-number-stdin.',
    );
  }
  io.stderr.write(question);
  // The terminal echoes what readline writes; this swallows it.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: io.stdin, output: nowhere, terminal: true });
  const interrupted = new Promise<never>((_resolve, reject) => {
    lines.once('SIGINT', () => reject(usageError('no card number was given.')));
  });
  try {
    return await Promise.race([lines.question(''), interrupted]);
  } finally {
    lines.close();
    io.stderr.write('\n');
  }
}
