import { createHash, createPrivateKey, sign } from 'node:crypto';
import type { All2payConfig, SignedMethod } from './config.js';

/** The headers that sign one request; none where nothing is to be signed. */
export type Signer = (method: SignedMethod, exact: Uint8Array) => Readonly<Record<string, string>>;

/**
 * `X-Hash` and `X-Signature` over the bytes that leave (All2pay payouts document §9). What RSA signs is the base64 text
 * of the hash, which it hashes once more; `rawDigest` is the gateway family's other reading.
 */
export function createSigner(signing: All2payConfig['signing']): Signer {
  if (!signing?.enabled) return () => ({});
  const { pkcs8Pem, passphrase, signMethods, signatureInput, hashRawBytes } = signing;
  const key = createPrivateKey({
    key: pkcs8Pem,
    format: 'pem',
    ...(passphrase !== undefined && { passphrase }),
  });
  return (method, exact) => {
    if (!signMethods.includes(method)) return {};
    const digest = createHash('sha256')
      .update(hashRawBytes ? exact : withoutBlanks(exact))
      .digest();
    const hash = digest.toString('base64');
    const input = signatureInput === 'base64Text' ? Buffer.from(hash, 'ascii') : digest;
    return { 'X-Hash': hash, 'X-Signature': sign('RSA-SHA256', input, key).toString('base64') };
  };
}

/** What a provider hashes that drops blanks and line breaks first, also those inside texts. */
function withoutBlanks(exact: Uint8Array): Buffer {
  return Buffer.from(exact.filter((byte) => byte !== 0x20 && (byte < 0x09 || byte > 0x0d)));
}
