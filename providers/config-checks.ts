import { createPrivateKey, type KeyObject } from 'node:crypto';

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

/** Every request carries credentials or personal data: http is for a simulator (loopback, or a container's name). */
export function isSafeBase(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username || password || search || hash) return false;
  return (
    protocol === 'https:' ||
    /^(127\.\d+\.\d+\.\d+|\[::1\]|[a-z0-9_-]+|[a-z0-9_-]+\.localhost)$/i.test(hostname)
  );
}

/** A private RSA key of 2048 bits or more: PKCS#8 in PEM. */
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

function isEncrypted(pem: string): boolean {
  return pem.includes('ENCRYPTED');
}

export function rsaFault(key: KeyObject, minBits: number): Fault {
  if (key.asymmetricKeyType !== 'rsa') return 'Is not an RSA key';
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < minBits ? `Has ${bits} bits: at least ${minBits} are needed` : undefined;
}
