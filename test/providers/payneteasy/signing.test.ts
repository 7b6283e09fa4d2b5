import { createHash, createPrivateKey, createVerify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callbackControl, isSameControl, statusControl } from '../../../providers/payneteasy/control.js';
import { formBody } from '../../../providers/payneteasy/form-body.js';
import { baseString, hmacAuthorization, rsaAuthorization } from '../../../providers/payneteasy/oauth.js';
import { percentEncode } from '../../../providers/payneteasy/percent-encoding.js';
import { KEYS } from './fixtures.js';
import {
  CLIENT_ORDER_ID,
  CONTROL_KEY,
  CONTROLS,
  HMAC,
  LOGIN,
  PROVIDER_ORDER_ID,
  RSA,
  STAMP,
} from './vectors.js';

const oauthOf = (method: string) => ({
  oauth_consumer_key: LOGIN,
  oauth_nonce: STAMP.nonce,
  oauth_signature_method: method,
  oauth_timestamp: String(STAMP.timestamp),
  oauth_version: '1.0',
});

/** The fields of an Authorization header. */
function parts(header: string): Record<string, string> {
  const pairs = [...header.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    decodeURIComponent(value),
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

describe('the SHA-1 control (§4.3, §4.4)', () => {
  const parts = { login: LOGIN, clientOrderId: CLIENT_ORDER_ID };
  const callback = { orderId: PROVIDER_ORDER_ID, clientOrderId: CLIENT_ORDER_ID };

  it('of a status request, with and without the gateway id', () => {
    expect(statusControl({ ...parts, orderId: PROVIDER_ORDER_ID }, CONTROL_KEY)).toBe(CONTROLS.status);
    expect(statusControl(parts, CONTROL_KEY)).toBe(CONTROLS.statusWithoutOrderId);
  });

  it('of a callback, the status in lower case', () => {
    expect(callbackControl({ ...callback, status: 'approved' }, CONTROL_KEY)).toBe(CONTROLS.approved);
    expect(callbackControl({ ...callback, status: 'APPROVED' }, CONTROL_KEY)).toBe(CONTROLS.approved);
    expect(callbackControl({ ...callback, status: 'declined' }, CONTROL_KEY)).toBe(CONTROLS.declined);
  });

  it('of one message is not that of another', () => {
    const all = Object.values(CONTROLS);
    expect(new Set(all).size).toBe(all.length);
    for (const one of all) {
      expect(all.filter((other) => isSameControl(one, other))).toEqual([one]);
      expect(isSameControl(one, one.toUpperCase())).toBe(false);
      expect(isSameControl(one, `${one}0`)).toBe(false);
      expect(isSameControl(one, one.slice(1))).toBe(false);
    }
    expect(callbackControl({ ...callback, status: 'approved' }, CONTROL_KEY.toLowerCase())).not.toBe(
      CONTROLS.approved,
    );
  });
});

describe('OAuth RSA-SHA256 (§4.1, §4.4)', () => {
  const verifies = (base: string, signature: string, publicKey: string) =>
    createVerify('RSA-SHA256').update(base).verify(publicKey, signature, 'base64');

  it('has the base string of the vector', () => {
    const base = baseString(RSA.url, { ...RSA.fields, ...oauthOf('RSA-SHA256') });
    expect(base).toBe(RSA.base);
    expect(createHash('sha256').update(base).digest('hex')).toBe(RSA.sha256);
    expect(verifies(base, RSA.signature, RSA.publicKey)).toBe(true);
  });

  it.each([
    ['another amount', { ...RSA.fields, amount: '150.51' }, RSA.url],
    ['another endpoint', RSA.fields, RSA.url.replace('39915', '39916')],
    ['a field more', { ...RSA.fields, purpose: 'x' }, RSA.url],
    ['a plain blank for an encoded one', { ...RSA.fields, bank_name: 'Example+Bank' }, RSA.url],
  ])('%s does not match', (_what, fields, url) => {
    const base = baseString(url, { ...fields, ...oauthOf('RSA-SHA256') });
    expect(verifies(base, RSA.signature, RSA.publicKey)).toBe(false);
  });

  it('signs what the public half verifies', () => {
    const header = rsaAuthorization(RSA, LOGIN, createPrivateKey(KEYS.privateKey), STAMP);
    expect(header.startsWith('OAuth oauth_consumer_key="merchant1", oauth_nonce="')).toBe(true);
    const { oauth_signature = '', ...oauth } = parts(header);
    expect(oauth).toEqual(oauthOf('RSA-SHA256'));
    expect(verifies(RSA.base, oauth_signature, KEYS.publicKey)).toBe(true);
    expect(verifies(`${RSA.base}0`, oauth_signature, KEYS.publicKey)).toBe(false);
  });

  it('writes scheme and host in lower case, and a port that is not the default one', () => {
    const path = '/paynet/api/v4/payout/39915';
    const of = (url: string) => baseString(url, {}).split('&')[1];
    expect(of(`HTTPS://Sandbox.Payneteasy.COM:443${path}`)).toBe(percentEncode(RSA.url));
    expect(of(`http://127.0.0.1:8081${path}`)).toBe(percentEncode(`http://127.0.0.1:8081${path}`));
  });
});

describe('OAuth HMAC-SHA1 (§4.2, §4.4)', () => {
  it('has base string and signature of the vector, and puts the oauth fields in the body too', () => {
    expect(baseString(HMAC.url, { ...HMAC.fields, ...oauthOf('HMAC-SHA1') })).toBe(HMAC.base);
    const { header, fields } = hmacAuthorization(HMAC, LOGIN, CONTROL_KEY, STAMP);
    expect(parts(header)).toEqual({ ...oauthOf('HMAC-SHA1'), oauth_signature: HMAC.signature });
    expect(fields).toEqual({ ...HMAC.fields, ...oauthOf('HMAC-SHA1') });
  });

  it('another key, time or provider does not match', () => {
    const signatureOf = (key: string, stamp = STAMP, fields: Record<string, string> = HMAC.fields) =>
      parts(hmacAuthorization({ url: HMAC.url, fields }, LOGIN, key, stamp).header)['oauth_signature'];
    expect(signatureOf(CONTROL_KEY)).toBe(HMAC.signature);
    expect(signatureOf(CONTROL_KEY.toLowerCase())).not.toBe(HMAC.signature);
    expect(signatureOf(CONTROL_KEY, { ...STAMP, timestamp: STAMP.timestamp + 1 })).not.toBe(HMAC.signature);
    expect(signatureOf(CONTROL_KEY, STAMP, { 'balance-provider': 'other' })).not.toBe(HMAC.signature);
  });
});

describe('percent-encoding (§4.1 step 2)', () => {
  it('leaves the unreserved alone and nothing else', () => {
    expect(percentEncode('AZaz09-._~')).toBe('AZaz09-._~');
    expect(percentEncode("!'()* +&=é€")).toBe('%21%27%28%29%2A%20%2B%26%3D%C3%A9%E2%82%AC');
  });

  it('of any text reads back, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const encoded = percentEncode(text);
        expect(encoded).toMatch(/^(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})*$/);
        expect(decodeURIComponent(encoded)).toBe(text);
      }),
    );
    expect(percentEncode('\ud800')).toBe('%EF%BF%BD');
  });
});

it('the body holds the trimmed values that were signed, and no empty ones', () => {
  const { fields, bytes } = formBody({ a: '  x y ', b: ' ', c: undefined, d: '+&' });
  expect(fields).toEqual({ a: 'x y', d: '+&' });
  expect(bytes.toString()).toBe('a=x%20y&d=%2B%26');
  expect(Object.fromEntries(new URLSearchParams(bytes.toString()))).toEqual(fields);
});
