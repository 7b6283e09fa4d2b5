import { randomBytes } from 'node:crypto';

/** One symmetric key of 256 bits, as a JWK. */
export interface PayloadKey {
  readonly kty: 'oct';
  /** Stands readable beside everything that the key encrypted. */
  readonly kid: string;
  /** Base64url of 32 bytes. */
  readonly k: string;
}

/** What Temporal's payloads are encrypted with, as a JWKS: the first key encrypts, all of them decrypt (rotation). */
export interface PayloadKeys {
  readonly keys: readonly PayloadKey[];
}

export const PAYLOAD_KEY_BYTES = 32;

/** A fresh ring of one key. Its id is short, because every payload bears it, and random, because it tells nothing. */
export function generatePayloadKeys(): PayloadKeys {
  const kid = randomBytes(6).toString('base64url');
  return { keys: [{ kty: 'oct', kid, k: randomBytes(PAYLOAD_KEY_BYTES).toString('base64url') }] };
}
