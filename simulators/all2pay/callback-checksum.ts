/** All2pay payouts document §13 "Checksum", both kinds. */
import { createHmac, createPrivateKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import type { CallbackTarget } from './options.js';

type Params = Readonly<Record<string, string>>;

/** What signs a login's callbacks: the parameters to add. */
export type Checksum = (params: Params) => Params;

/** `name;value;` of all parameters but `checksum` and `sign_alias`, names ascending. */
function signedText(params: Params): string {
  return Object.keys(params)
    .filter((name) => name !== 'checksum' && name !== 'sign_alias')
    .sort()
    .map((name) => `${name};${params[name]};`)
    .join('');
}

/** The symmetric kind: upper-case hex HMAC-SHA256. */
export function callbackChecksum(params: Params, secret: string): string {
  return createHmac('sha256', secret).update(signedText(params), 'utf8').digest('hex').toUpperCase();
}

/** The asymmetric kind: hex of an RSA PKCS#1 v1.5 signature. */
export function asymmetricChecksum(params: Params, key: KeyObject, digest: 'sha512' | 'sha256'): string {
  return sign(digest, Buffer.from(signedText(params), 'utf8'), key)
    .toString('hex')
    .toUpperCase();
}

export function checksumOf(target: Omit<CallbackTarget, 'url'>, ownKey: () => KeyObject): Checksum {
  const { secret, privateKey, digest = 'sha512' } = target;
  const kind =
    target.checksum ??
    (secret !== undefined ? 'symmetric' : privateKey !== undefined ? 'asymmetric' : 'none');
  if (kind === 'none') return () => ({});
  if (kind === 'symmetric') {
    if (secret === undefined) throw new Error('A symmetric callback checksum needs a secret.');
    return (params) => ({ checksum: callbackChecksum(params, secret) });
  }
  const key = privateKey === undefined ? ownKey() : createPrivateKey(privateKey);
  return (params) => ({
    checksum: asymmetricChecksum(params, key, digest),
    // The family's label says SHA-256 whatever was used.
    sign_alias: 'SHA-256 with RSA',
  });
}
