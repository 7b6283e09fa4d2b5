import { readFile } from 'node:fs/promises';
import { readStdin } from './card-prompt.js';
import { CliError, EXIT, usageError } from './cli-error.js';
import type { CliIo } from './io.js';

/** JSON from a file or, for `-`, from stdin. It may hold a card number, so no error quotes it. */
export async function readJsonInput(io: CliIo, path: string): Promise<unknown> {
  const text = path === '-' ? await readStdin(io) : await readText(path);
  try {
    return JSON.parse(text);
  } catch {
    // Not the parser's own words: they quote the text.
    throw usageError(
      `${path === '-' ? 'stdin' : path} is not JSON. Give one JSON object: {"merchant": "acme", …}.`,
    );
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
    const words = `${path} cannot be read (${code}). Give a JSON file, or - for stdin.`;
    throw new CliError(EXIT.usage, words, { cause });
  }
}
