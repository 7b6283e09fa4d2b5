/** Who signed a request: OAuth 1.0a without a token. Payneteasy §4.1 and §4.2. */
import { createHmac, createVerify, timingSafeEqual } from 'node:crypto';

import type { Form } from './encoding.js';
import { decode, encode } from './encoding.js';

export interface SignedRequest {
  /** Scheme, host and path as received. */
  readonly url: string;
  readonly authorization: string;
  readonly form: Form;
}

export interface Claimed {
  readonly login: string;
  readonly method: string;
  readonly nonce: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly signature: string;
  /** The five fields that are signed. */
  readonly fields: Form;
}

const SIGNED = [
  'oauth_consumer_key',
  'oauth_nonce',
  'oauth_signature_method',
  'oauth_timestamp',
  'oauth_version',
];

/** What the header says of itself; undefined if it is no such header. */
export function readAuthorization(header: string): Claimed | undefined {
  if (!header.startsWith('OAuth ')) return undefined;
  const fields: Record<string, string> = {};
  for (const part of header.slice('OAuth '.length).split(',')) {
    const match = /^\s*([a-z_]+)="([^"]*)"\s*$/.exec(part);
    if (!match?.[1] || match[2] === undefined || match[1] in fields) return undefined;
    const value = decode(match[2]);
    if (value === undefined) return undefined;
    fields[match[1]] = value;
  }
  const { oauth_consumer_key, oauth_nonce, oauth_signature_method, oauth_signature, ...rest } = fields;
  const names = Object.keys(fields).filter((name) => name !== 'oauth_signature');
  if (names.length !== SIGNED.length || !SIGNED.every((name) => names.includes(name))) return undefined;
  if (rest['oauth_version'] !== '1.0' || !/^\d{1,12}$/.test(rest['oauth_timestamp'] ?? '')) return undefined;
  if (!oauth_signature || !oauth_consumer_key || !oauth_nonce) return undefined;
  return {
    login: oauth_consumer_key,
    method: oauth_signature_method ?? '',
    nonce: oauth_nonce,
    timestamp: Number(rest['oauth_timestamp']),
    signature: oauth_signature,
    fields: Object.fromEntries(SIGNED.map((name) => [name, fields[name] ?? ''])),
  };
}

/** `POST&enc(URL)&enc(sorted parameters)`. */
export function signatureBase(url: string, parameters: Form): string {
  const sorted = Object.entries(parameters).sort(([a], [b]) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  const joined = sorted.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  return `POST&${encode(url)}&${encode(joined)}`;
}

/** RSA-SHA256; the oauth fields may stand in the header alone. */
export function isSignedByRsa(request: SignedRequest, claimed: Claimed, publicKey: string): boolean {
  if (claimed.method !== 'RSA-SHA256' || namesOAuth(request.form)) return false;
  const base = signatureBase(request.url, { ...request.form, ...claimed.fields });
  return createVerify('RSA-SHA256').update(base).verify(publicKey, claimed.signature, 'base64');
}

/** HMAC-SHA1; the same five fields must stand in the body too. */
export function isSignedByHmac(request: SignedRequest, claimed: Claimed, merchantControl: string): boolean {
  if (claimed.method !== 'HMAC-SHA1') return false;
  if (SIGNED.some((name) => request.form[name] !== claimed.fields[name])) return false;
  const base = signatureBase(request.url, request.form);
  const expected = createHmac('sha1', `${encode(merchantControl)}&`)
    .update(base)
    .digest();
  const given = Buffer.from(claimed.signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function namesOAuth(form: Form): boolean {
  return Object.keys(form).some((name) => name.startsWith('oauth_'));
}
