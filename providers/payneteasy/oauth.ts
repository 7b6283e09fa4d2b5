import { createHmac, sign, type KeyObject } from 'node:crypto';
import type { Fields } from './form-body.js';
import { percentEncode } from './percent-encoding.js';

/** What makes one signature differ from the next: both fresh for every sending. */
export interface Stamp {
  readonly nonce: string;
  /** Unix seconds. */
  readonly timestamp: number;
}

/** One request as it is signed. */
export interface ToSign {
  /** Absolute, without a query. */
  readonly url: string;
  readonly fields: Fields;
}

/** OAuth 1.0a with RSA-SHA256 and no token (Payneteasy §4.1): the oauth fields go in the header alone. */
export function rsaAuthorization(request: ToSign, login: string, key: KeyObject, stamp: Stamp): string {
  const oauth = oauthFields('RSA-SHA256', login, stamp);
  const base = baseString(request.url, { ...request.fields, ...oauth });
  return header({ ...oauth, oauth_signature: sign('RSA-SHA256', Buffer.from(base), key).toString('base64') });
}

/** OAuth 1.0a with HMAC-SHA1 (Payneteasy §4.2): the five oauth fields go in the body too, the signature does not. */
export function hmacAuthorization(
  request: ToSign,
  login: string,
  merchantControl: string,
  stamp: Stamp,
): { readonly header: string; readonly fields: Fields } {
  const oauth = oauthFields('HMAC-SHA1', login, stamp);
  const fields = { ...request.fields, ...oauth };
  const signature = createHmac('sha1', `${percentEncode(merchantControl)}&`)
    .update(baseString(request.url, fields))
    .digest('base64');
  return { header: header({ ...oauth, oauth_signature: signature }), fields };
}

/** What is signed (Payneteasy §4.1 steps 3 to 5). */
export function baseString(url: string, parameters: Fields): string {
  // The URL class writes scheme and host in lower case and drops a default port.
  const { protocol, host, pathname } = new URL(url);
  return ['POST', `${protocol}//${host}${pathname}`, normalised(parameters)].map(percentEncode).join('&');
}

function oauthFields(method: string, login: string, { nonce, timestamp }: Stamp): Fields {
  return {
    oauth_consumer_key: login,
    oauth_nonce: nonce,
    oauth_signature_method: method,
    oauth_timestamp: String(timestamp),
    oauth_version: '1.0',
  };
}

function normalised(parameters: Fields): string {
  return byName(parameters)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&');
}

function header(oauth: Fields): string {
  const parts = byName(oauth).map(([name, value]) => `${percentEncode(name)}="${percentEncode(value)}"`);
  return `OAuth ${parts.join(', ')}`;
}

function byName(fields: Fields): [string, string][] {
  return Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
}
