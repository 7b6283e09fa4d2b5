import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError, type ConfigProblem } from '../config/config-error.js';
import type { Environment } from '../config/environment.js';
import type { FingerprintKey } from '../secrets/fingerprint.js';
import { generateSealingKeys, publicSealingKeys, type SealingKeys } from '../secrets/sealing-keys.js';

/** The engine's own keys: what opens sealed cards, and what fingerprints content. */
export interface EngineKeys {
  readonly sealingKeys: SealingKeys;
  readonly fingerprintKey: FingerprintKey;
}

/** What a gateway needs of them: it seals, and can open nothing. */
export interface GatewayKeys {
  readonly sealingPublicKeys: SealingKeys;
  readonly fingerprintKey: FingerprintKey;
}

/**
 * The keys of a worker process, from the environment alone.
 *
 * @throws ConfigError naming the missing variables
 */
export function requireEngineKeys({ sealingKeys, fingerprintKey }: Environment): EngineKeys {
  if (!sealingKeys || !fingerprintKey) {
    throw new ConfigError([
      ...(sealingKeys ? [] : [missing('PAYOUTS_SEALING_KEYS')]),
      ...(fingerprintKey ? [] : [missing('PAYOUTS_FINGERPRINT_KEY')]),
    ]);
  }
  return { sealingKeys: sealingKeys.reveal(), fingerprintKey: fingerprintKey.reveal() };
}

/**
 * The keys of a gateway process. The public half is enough, and all that it should be given.
 *
 * @throws ConfigError naming the missing variables
 */
export function requireGatewayKeys(environment: Environment): GatewayKeys {
  const { sealingKeys, sealingPublicKeys, fingerprintKey } = environment;
  const publicKeys = sealingPublicKeys ?? (sealingKeys && publicSealingKeys(sealingKeys.reveal()));
  if (!publicKeys || !fingerprintKey) {
    throw new ConfigError([
      ...(publicKeys ? [] : [missing('PAYOUTS_SEALING_PUBLIC_KEY')]),
      ...(fingerprintKey ? [] : [missing('PAYOUTS_FINGERPRINT_KEY')]),
    ]);
  }
  return { sealingPublicKeys: publicKeys, fingerprintKey: fingerprintKey.reveal() };
}

function missing(where: string): ConfigProblem {
  return { where, problem: 'is not set', remedy: 'Make one with: payouts keys' };
}

const fileSchema = z.object({
  sealingKeys: z.object({ keys: z.array(z.object({ kty: z.string(), kid: z.string() }).loose()).min(1) }),
  fingerprintKey: z.base64(),
});

/** The keys of an embedded engine: from the environment, else made once and kept in its data directory (mode 0600). */
export async function embeddedEngineKeys(environment: Environment, dataDir: string): Promise<EngineKeys> {
  const kept = await readOrMake(join(dataDir, 'keys.json'), dataDir);
  return {
    sealingKeys: environment.sealingKeys?.reveal() ?? kept.sealingKeys,
    fingerprintKey: environment.fingerprintKey?.reveal() ?? kept.fingerprintKey,
  };
}

/** Fresh keys as the JSON that the environment takes. */
export async function makeEngineKeys(): Promise<EngineKeys> {
  return { sealingKeys: await generateSealingKeys(), fingerprintKey: randomBytes(32) };
}

async function readOrMake(file: string, dataDir: string): Promise<EngineKeys> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) {
    const { sealingKeys, fingerprintKey } = fileSchema.parse(JSON.parse(text));
    return { sealingKeys, fingerprintKey: Buffer.from(fingerprintKey, 'base64') };
  }
  const made = await makeEngineKeys();
  await mkdir(dataDir, { recursive: true });
  const content = { ...made, fingerprintKey: Buffer.from(made.fingerprintKey).toString('base64') };
  await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return made;
}
