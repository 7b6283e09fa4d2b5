import { readFile } from 'node:fs/promises';
import type { PayoutRow } from '../batch/payout-row.js';
import { describeFileProblem } from '../batch/problem.js';
import { readPayoutsCsv } from '../batch/read-payouts-csv.js';
import { CliError, EXIT, usageError } from './cli-error.js';
import { printJson, type CliIo } from './io.js';

export interface FileOptions {
  readonly merchant?: string | undefined;
  readonly json?: boolean | undefined;
}

/** The rows of a payout file; all that is wrong with it goes to the person, and nothing is started. */
export async function readPayoutFile(
  io: CliIo,
  path: string,
  options: FileOptions,
): Promise<readonly PayoutRow[]> {
  const file = readPayoutsCsv(await bytesOf(path), { defaultMerchant: options.merchant });
  if (file.ok) return file.rows;
  if (options.json) for (const problem of file.problems) printJson(io, { problem });
  throw usageError(
    ...file.problems.map(describeFileProblem),
    `${path} was not run: ${count(file.problems.length)} to mend first. Nothing was started.`,
  );
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const why = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'it may not be read' };
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    const words = why[code as keyof typeof why] ?? code;
    throw new CliError(
      EXIT.usage,
      `${path} cannot be read: ${words}. Give the path of a CSV file of payouts.`,
      {
        cause,
      },
    );
  }
}

function count(problems: number): string {
  return problems === 1 ? 'one problem' : `${problems} problems`;
}
