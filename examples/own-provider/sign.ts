import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Signable {
  readonly method: 'GET' | 'POST';
  /** As requested, the base URL's own path included. */
  readonly path: string;
  /** Exactly what leaves: empty for a GET. */
  readonly body: Uint8Array;
}

/** `Pocket-Signature` of a request (Pocket Pay §3). */
export function signatureOf({ method, path, body }: Signable, secret: string): string {
  return createHmac('sha256', secret).update(`${method}\n${path}\n`, 'utf8').update(body).digest('hex');
}

/** Is it the signature of these bytes (§7)? In constant time; that it has 64 hex digits is no secret. */
export function isSignatureOfCallback(given: string, body: Uint8Array, callbackSecret: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(given)) return false;
  const ours = createHmac('sha256', callbackSecret).update(body).digest();
  return timingSafeEqual(Buffer.from(given, 'hex'), ours);
}
