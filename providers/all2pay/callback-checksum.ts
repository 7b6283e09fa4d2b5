import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import type { All2payConfig } from './config.js';

export type ChecksumSettings = Pick<All2payConfig, 'callbackSecret' | 'callbackCert' | 'callbackDigest'>;

/** True for the checksum of this canonical string. */
export type ChecksumTest = (canonical: string, checksum: string) => boolean;

/** Undefined without a key: then no callback can be believed (All2pay payouts document §13). */
export function checksumTest(settings: ChecksumSettings): ChecksumTest | undefined {
  const { callbackSecret, callbackCert } = settings;
  if (callbackCert !== undefined) return asymmetric(callbackCert, settings.callbackDigest);
  if (callbackSecret === undefined) return undefined;
  return (canonical, checksum) => equal(checksum, checksumOf(canonical, callbackSecret));
}

/** `name;value;` for each parameter in code-unit order, but for the checksum's own two. */
export function canonicalString(parameters: ReadonlyMap<string, string>): string {
  return [...parameters]
    .filter(([name]) => name !== 'checksum' && name !== 'sign_alias')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name};${value};`)
    .join('');
}

/** `UPPERHEX(HMAC-SHA256(secret, canonical string))`. */
export function checksumOf(canonical: string, secret: string): string {
  return createHmac('sha256', secret).update(canonical, 'utf8').digest('hex').toUpperCase();
}

/** Hex of an RSA PKCS#1 v1.5 signature. */
function asymmetric(pem: string, digest: string): ChecksumTest {
  const key = createPublicKey(pem);
  const bytes = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  const form = new RegExp(`^[0-9A-Fa-f]{${bytes * 2}}$`);
  return (canonical, checksum) =>
    form.test(checksum) && verify(digest, Buffer.from(canonical, 'utf8'), key, Buffer.from(checksum, 'hex'));
}

/** In constant time; the length of a checksum is no secret. */
function equal(theirs: string, ours: string): boolean {
  const [a, b] = [Buffer.from(theirs, 'utf8'), Buffer.from(ours, 'utf8')];
  return a.length === b.length && timingSafeEqual(a, b);
}
