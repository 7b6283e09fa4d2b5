/** HMAC over the base64 text. 8b.world /pay §3.1. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export type SignAlgorithm = 'md5' | 'sha256';

export function sign(data: string, secretKey: string, algorithm: SignAlgorithm): string {
  return createHmac(algorithm, secretKey).update(data).digest('hex');
}

export function isSigned(data: string, given: string, secretKey: string, algorithm: SignAlgorithm): boolean {
  const [a, b] = [Buffer.from(given.toLowerCase()), Buffer.from(sign(data, secretKey, algorithm))];
  return a.length === b.length && timingSafeEqual(a, b);
}
