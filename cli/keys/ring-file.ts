import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { CliError, EXIT, usageError } from '../cli-error.js';

/** Which ring: what Temporal's payloads are encrypted with, or what cards are sealed with. */
export type RingKind = 'payload' | 'sealing';

const ringSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })).min(1) });
export interface Ring {
  readonly keys: readonly z.output<typeof ringSchema>['keys'][number][];
}

/** A ring where it is kept. */
export interface RingFile {
  readonly path: string;
  readonly ring: Ring;
  write(ring: Ring): void;
}

/**
 * A file of one ring (PAYOUTS_PAYLOAD_KEYS, PAYOUTS_SEALING_KEYS), or `keys.json` of an embedded engine, which has both.
 *
 * @throws CliError that says what the file lacks, and quotes nothing of it
 */
export function openRingFile(file: string, kind: RingKind): RingFile {
  const path = resolve(file);
  const content = readJson(path);
  const field = `${kind}Keys`;
  const isEmbedded = field in content;
  const parsed = ringSchema.safeParse(isEmbedded ? content[field] : content);
  if (!parsed.success) {
    throw usageError(
      `${path} does not hold a set of ${kind} keys: {"keys":[{"kty":…,"kid":…}]}. Name the right file with --file.`,
    );
  }
  const ring = parsed.data;
  const expected = kind === 'payload' ? 'oct' : 'EC';
  if (ring.keys.some(({ kty, d }) => kty !== expected || (kind === 'sealing' && typeof d !== 'string'))) {
    throw usageError(`${path} holds other keys than ${kind} keys. Name the right file with --file.`);
  }
  return {
    path,
    ring,
    write: (changed) => replaceFile(path, isEmbedded ? { ...content, [field]: changed } : changed),
  };
}

function readJson(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new CliError(EXIT.usage, `${path} cannot be read (${why}). Name the file of the keys with --file.`);
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw usageError(`${path} is not a JSON object.`);
  }
}

/** At once and whole, for the same readers as before: a process that starts meanwhile reads the old ring or the new one. */
function replaceFile(path: string, content: object): void {
  const { mode } = statSync(path);
  const draft = `${path}.new`;
  writeFileSync(draft, `${JSON.stringify(content, undefined, 2)}\n`, { mode: mode & 0o777, flag: 'wx' });
  renameSync(draft, path);
}
