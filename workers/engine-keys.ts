import { randomBytes } from 'node:crypto';
import { ConfigError, type ConfigProblem } from '../config/config-error.js';
import type { Environment } from '../config/environment.js';
import type { FingerprintKey } from '../secrets/fingerprint.js';
import { generatePayloadKeys, type PayloadKeys } from '../secrets/payload-keys.js';
import { generateSealingKeys, publicSealingKeys, type SealingKeys } from '../secrets/sealing-keys.js';

/** The engine's own keys: what opens sealed cards, what hides Temporal's payloads, and what fingerprints content. */
export interface EngineKeys {
  readonly sealingKeys: SealingKeys;
  readonly payloadKeys: PayloadKeys;
  readonly fingerprintKey: FingerprintKey;
}

/** What a gateway needs of them: it seals cards, and can open none. */
export interface GatewayKeys {
  readonly sealingPublicKeys: SealingKeys;
  readonly payloadKeys: PayloadKeys;
  readonly fingerprintKey: FingerprintKey;
}

/**
 * The keys of a worker process, from the environment alone.
 *
 * @throws ConfigError naming the missing variables
 */
export function requireEngineKeys({ sealingKeys, payloadKeys, fingerprintKey }: Environment): EngineKeys {
  if (!sealingKeys || !payloadKeys || !fingerprintKey) {
    throw new ConfigError([
      ...(sealingKeys ? [] : [missing('PAYOUTS_SEALING_KEYS')]),
      ...(payloadKeys ? [] : [missing('PAYOUTS_PAYLOAD_KEYS')]),
      ...(fingerprintKey ? [] : [missing('PAYOUTS_FINGERPRINT_KEY')]),
    ]);
  }
  return {
    sealingKeys: sealingKeys.reveal(),
    payloadKeys: payloadKeys.reveal(),
    fingerprintKey: fingerprintKey.reveal(),
  };
}

/**
 * The keys of a gateway process. The public half is enough, and all that it should be given.
 *
 * @throws ConfigError naming the missing variables
 */
export function requireGatewayKeys(environment: Environment): GatewayKeys {
  const { sealingKeys, sealingPublicKeys, payloadKeys, fingerprintKey } = environment;
  const publicKeys = sealingPublicKeys ?? (sealingKeys && publicSealingKeys(sealingKeys.reveal()));
  if (!publicKeys || !payloadKeys || !fingerprintKey) {
    throw new ConfigError([
      ...(publicKeys ? [] : [missing('PAYOUTS_SEALING_PUBLIC_KEY')]),
      ...(payloadKeys ? [] : [missing('PAYOUTS_PAYLOAD_KEYS')]),
      ...(fingerprintKey ? [] : [missing('PAYOUTS_FINGERPRINT_KEY')]),
    ]);
  }
  return {
    sealingPublicKeys: publicKeys,
    payloadKeys: payloadKeys.reveal(),
    fingerprintKey: fingerprintKey.reveal(),
  };
}

/**
 * What a codec server needs of them.
 *
 * @throws ConfigError if they are missing
 */
export function requirePayloadKeys({ payloadKeys }: Environment): PayloadKeys {
  if (!payloadKeys) throw new ConfigError([missing('PAYOUTS_PAYLOAD_KEYS')]);
  return payloadKeys.reveal();
}

function missing(where: string): ConfigProblem {
  return { where, problem: 'is not set', remedy: 'Make one with: payouts keys' };
}

/** Fresh keys. */
export async function makeEngineKeys(): Promise<EngineKeys> {
  return {
    sealingKeys: await generateSealingKeys(),
    payloadKeys: generatePayloadKeys(),
    fingerprintKey: randomBytes(32),
  };
}
