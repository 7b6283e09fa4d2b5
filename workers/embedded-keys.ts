import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Environment } from '../config/environment.js';
import { generatePayloadKeys } from '../secrets/payload-keys.js';
import { makeEngineKeys, type EngineKeys } from './engine-keys.js';

const ringOf = <Key extends z.ZodType>(key: Key) => z.object({ keys: z.array(key).min(1) });

const fileSchema = z.object({
  sealingKeys: ringOf(z.object({ kty: z.string(), kid: z.string() }).loose()),
  payloadKeys: ringOf(z.object({ kty: z.literal('oct'), kid: z.string(), k: z.string() })).optional(),
  fingerprintKey: z.base64(),
});

/** The keys of an embedded engine: from the environment, else made once and kept in its data directory (mode 0600). */
export async function embeddedEngineKeys(environment: Environment, dataDir: string): Promise<EngineKeys> {
  const kept = await readOrMake(embeddedKeysFile(dataDir));
  return {
    sealingKeys: environment.sealingKeys?.reveal() ?? kept.sealingKeys,
    payloadKeys: environment.payloadKeys?.reveal() ?? kept.payloadKeys,
    fingerprintKey: environment.fingerprintKey?.reveal() ?? kept.fingerprintKey,
  };
}

export function embeddedKeysFile(dataDir: string): string {
  return join(dataDir, 'keys.json');
}

async function readOrMake(file: string): Promise<EngineKeys> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return write(file, await makeEngineKeys());
  const kept = fileSchema.parse(JSON.parse(text));
  const fingerprintKey = Buffer.from(kept.fingerprintKey, 'base64');
  if (kept.payloadKeys) return { ...kept, payloadKeys: kept.payloadKeys, fingerprintKey };
  // A folder from before payloads were encrypted.
  return write(file, { ...kept, payloadKeys: generatePayloadKeys(), fingerprintKey });
}

async function write(file: string, keys: EngineKeys): Promise<EngineKeys> {
  await mkdir(dirname(file), { recursive: true });
  const content = { ...keys, fingerprintKey: Buffer.from(keys.fingerprintKey).toString('base64') };
  await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
  return keys;
}
