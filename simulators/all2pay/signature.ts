/** X-Hash and X-Signature over the bytes that arrived. All2pay payouts document §9. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import type { SigningOptions } from './options.js';
import { Refusal, refusal } from './refusal.js';
import type { Method } from './request-log.js';
import type { Variant } from './variant.js';

export interface Signing {
  readonly key: KeyObject;
  readonly enforce: boolean;
  /** Undefined: every POST. */
  readonly methods: readonly Method[] | undefined;
}

/** `unchecked`: this login has uploaded no certificate. */
export type SignatureVerdict = 'valid' | 'invalid' | 'absent' | 'unchecked';

export function signingOf({ publicKey, enforce = true, methods }: SigningOptions): Signing {
  return { key: createPublicKey(publicKey), enforce, methods };
}

export function judgeSignature(
  bytes: Buffer,
  headers: IncomingHttpHeaders,
  signing: Signing | undefined,
  { hashRawBytes, signatureInput }: Variant,
): SignatureVerdict {
  const { 'x-hash': hash, 'x-signature': signature } = headers;
  if (hash === undefined && signature === undefined) return 'absent';
  if (!signing) return 'unchecked';
  if (typeof hash !== 'string' || typeof signature !== 'string') return 'invalid';
  const hashed = hashRawBytes ? bytes : Buffer.from(bytes.toString('utf8').replaceAll(/\s/g, ''), 'utf8');
  const digest = createHash('sha256').update(hashed).digest();
  if (digest.toString('base64') !== hash) return 'invalid';
  const signed = signatureInput === 'base64Text' ? Buffer.from(hash, 'ascii') : digest;
  const given = Buffer.from(signature, 'base64');
  const strict = given.toString('base64') === signature;
  return strict && verify('RSA-SHA256', signed, signing.key, given) ? 'valid' : 'invalid';
}

/** Throws what the login's variant answers to a bad signature. */
export function requireSignature(
  method: Method,
  verdict: SignatureVerdict,
  signing: Signing | undefined,
  { badSignatureReply }: Variant,
): void {
  if (!signing?.enforce || signing.methods?.includes(method) === false || verdict === 'valid') return;
  if (badSignatureReply === 'html403') throw new Refusal(0, 403, '', 'Forbidden');
  throw refusal(badSignatureReply === 'row7' ? 7 : 17);
}
