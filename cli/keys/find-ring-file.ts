import { existsSync } from 'node:fs';
import { keyFileOf } from '../../config/key-files.js';
import { environmentFor, type GlobalOptions } from '../context.js';
import { usageError } from '../cli-error.js';
import type { RingKind } from './ring-file.js';

const VARIABLE = { payload: 'PAYOUTS_PAYLOAD_KEYS', sealing: 'PAYOUTS_SEALING_KEYS' } as const;

/** Where the ring is kept: what the environment names, or else the embedded engine's file. */
export async function findRingFile(
  kind: RingKind,
  globals: GlobalOptions,
  env: NodeJS.ProcessEnv | undefined,
): Promise<string> {
  const name = VARIABLE[kind];
  const named = keyFileOf(name, env);
  if (named === 'inline') {
    throw usageError(
      `${name} holds the keys themselves. Put them into a file, set ${name}_FILE to it, and try again.`,
    );
  }
  if (named !== undefined) return named.path;
  const { embeddedKeysFile } = await import('../../workers/embedded-keys.js');
  const kept = embeddedKeysFile(environmentFor(globals, env).dataDir);
  if (existsSync(kept)) return kept;
  throw usageError(`There are no ${kind} keys to rotate: name their file with --file, or set ${name}_FILE.`);
}
