import { createHmac, timingSafeEqual } from 'node:crypto';
import type { EightbPayConfig } from './config.js';

export type SigningKey = Pick<EightbPayConfig, 'secretKey' | 'signAlgorithm'>;

/** `hash_hmac('md5', $data, $secret_key)` in lower-case hex, over the base64 text itself (8b.world /pay §3.1, seed). */
export function signatureOf(data: string, { secretKey, signAlgorithm }: SigningKey): string {
  return createHmac(signAlgorithm, Buffer.from(secretKey, 'utf8')).update(data, 'utf8').digest('hex');
}

/** `data` exactly as it was received: a line break within it is signed too (§3.1, V6). In constant time. */
export function isSignature(sign: string, data: string, key: SigningKey): boolean {
  const theirs = Buffer.from(sign.toLowerCase(), 'utf8');
  const ours = Buffer.from(signatureOf(data, key), 'utf8');
  // The length of a signature is no secret.
  return theirs.length === ours.length && timingSafeEqual(theirs, ours);
}
