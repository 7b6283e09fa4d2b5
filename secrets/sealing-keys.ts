import { exportJWK, generateKeyPair, calculateJwkThumbprint, type JWK } from 'jose';

/** Public or private keys by which cards are sealed; the first seals, all of them open (rotation). */
export interface SealingKeys {
  readonly keys: readonly JWK[];
}

export const SEALING_ALGORITHM = 'ECDH-ES';
export const SEALING_ENCRYPTION = 'A256GCM';

/** A fresh P-256 key pair as a private JWKS of one key, its id being the RFC 7638 thumbprint. */
export async function generateSealingKeys(): Promise<SealingKeys> {
  const { privateKey } = await generateKeyPair(SEALING_ALGORITHM, { crv: 'P-256', extractable: true });
  const jwk = await exportJWK(privateKey);
  return { keys: [{ ...jwk, kid: await calculateJwkThumbprint(jwk), alg: SEALING_ALGORITHM, use: 'enc' }] };
}

/** The half that may be shown to anyone: what clients seal with. */
export function publicSealingKeys({ keys }: SealingKeys): SealingKeys {
  return { keys: keys.map(({ d: _private, ...publicPart }) => publicPart) };
}
