import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** What is wrong with a setting, in words; undefined when nothing is. Never repeats a value: it may be a secret. */
export type Fault = string | undefined;

export function isRegExp(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

/** Every request carries the password: http is for a simulator (loopback, or a container's name). */
export function isSafeBase(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username || password || search || hash) return false;
  return (
    protocol === 'https:' ||
    /^(127\.\d+\.\d+\.\d+|\[::1\]|[a-z0-9_-]+|[a-z0-9_-]+\.localhost)$/i.test(hostname)
  );
}

/** All2pay payouts document §9: RSA 2048, PKCS#8. */
export function signingKeyFault(pkcs8Pem: string, passphrase: string | undefined): Fault {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pkcs8Pem, format: 'pem', ...(passphrase !== undefined && { passphrase }) });
  } catch {
    if (!/-----BEGIN (ENCRYPTED |RSA )?PRIVATE KEY-----/.test(pkcs8Pem)) {
      return 'Is no private key in PEM: it must start with -----BEGIN PRIVATE KEY----- or -----BEGIN ENCRYPTED PRIVATE KEY-----';
    }
    if (!isEncrypted(pkcs8Pem)) return 'Cannot be opened: the PEM is damaged';
    return passphrase === undefined
      ? 'Is encrypted: give signing.passphrase'
      : 'Cannot be opened: signing.passphrase is wrong, or the PEM is damaged';
  }
  return rsaFault(key, 2048);
}

/** A PEM certificate or public key. The gateway family's own sample key has 1024 bits (§13). */
export function callbackCertFault(pem: string): Fault {
  if (pem.includes('PRIVATE KEY')) return 'Is a private key: give the certificate or public key only';
  try {
    return rsaFault(createPublicKey(pem), 1024);
  } catch {
    return 'Is neither a certificate nor a public key in PEM';
  }
}

function isEncrypted(pem: string): boolean {
  return pem.includes('ENCRYPTED');
}

function rsaFault(key: KeyObject, minBits: number): Fault {
  if (key.asymmetricKeyType !== 'rsa') return 'Is not an RSA key';
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < minBits ? `Has ${bits} bits: at least ${minBits} are needed` : undefined;
}
