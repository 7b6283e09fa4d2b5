import { describe, expect, test } from 'vitest';
import { payneteasyCallbackControl } from '../../../simulators/index.js';
import { isSignedByRsa, signatureBase } from '../../../simulators/payneteasy/oauth.js';
import { questionSum } from '../../../simulators/payneteasy/control-sum.js';
import {
  HMAC,
  RSA,
  CONTROLS,
  CLIENT_ORDER_ID,
  PROVIDER_ORDER_ID,
  STAMP,
} from '../../providers/payneteasy/vectors.js';
import {
  CONTROL_KEY,
  LOGIN,
  payout,
  payoutFields,
  post,
  simulate,
  status,
  type Fields,
  type HowSigned,
} from './support.js';

const OAUTH = (method: string) => ({
  oauth_consumer_key: LOGIN,
  oauth_nonce: STAMP.nonce,
  oauth_signature_method: method,
  oauth_timestamp: String(STAMP.timestamp),
  oauth_version: '1.0',
});

describe('the document’s vectors (§4.4)', () => {
  const claimed = {
    ...{ login: LOGIN, method: 'RSA-SHA256', nonce: STAMP.nonce, timestamp: STAMP.timestamp },
    signature: RSA.signature,
    fields: OAUTH('RSA-SHA256'),
  };
  const request = { url: RSA.url, authorization: '', form: RSA.fields };

  test('the signature verifies, of that request alone', () => {
    expect(signatureBase(RSA.url, { ...RSA.fields, ...OAUTH('RSA-SHA256') })).toBe(RSA.base);
    expect(isSignedByRsa(request, claimed, RSA.publicKey)).toBe(true);
    expect(
      isSignedByRsa({ ...request, form: { ...RSA.fields, amount: '150.51' } }, claimed, RSA.publicKey),
    ).toBe(false);
    expect(isSignedByRsa({ ...request, url: `${RSA.url}0` }, claimed, RSA.publicKey)).toBe(false);
    expect(
      isSignedByRsa(request, { ...claimed, fields: { ...claimed.fields, oauth_nonce: 'x' } }, RSA.publicKey),
    ).toBe(false);
  });

  test('base of HMAC, and the controls', () => {
    expect(signatureBase(HMAC.url, { ...HMAC.fields, ...OAUTH('HMAC-SHA1') })).toBe(HMAC.base);
    const asked = { login: LOGIN, clientOrderId: CLIENT_ORDER_ID };
    expect(questionSum({ ...asked, orderId: PROVIDER_ORDER_ID }, CONTROL_KEY)).toBe(CONTROLS.status);
    expect(questionSum({ ...asked, orderId: '' }, CONTROL_KEY)).toBe(CONTROLS.statusWithoutOrderId);
    for (const word of ['approved', 'declined'] as const) {
      const of = { status: word, orderId: PROVIDER_ORDER_ID, clientOrderId: CLIENT_ORDER_ID };
      expect(payneteasyCallbackControl(of, CONTROL_KEY)).toBe(CONTROLS[word]);
    }
  });
});

describe('HTTP 403, and nothing is created', () => {
  test.each<[string, HowSigned]>([
    ['a changed amount', { tamper: (fields) => ({ ...fields, amount: '1.00' }) }],
    ['a field more', { tamper: (fields) => ({ ...fields, purpose: 'x' }) }],
    ['an oauth field in the body', { tamper: (fields) => ({ ...fields, oauth_version: '1.0' }) }],
    ['an unknown login', { login: 'stranger' }],
    ['a clock that is off', { timestamp: Math.floor(Date.now() / 1000) - 400 }],
    ['another version', { version: '2.0' }],
    ['the method of the balance', { method: 'HMAC-SHA1' }],
  ])('%s', async (_what, how) => {
    const simulator = await simulate();
    expect(await payout(simulator, 'A-1', {}, how)).toMatchObject({ status: 403 });
    expect(simulator.control.order('A-1')).toBeUndefined();
    expect(simulator.control.requests().counts).toMatchObject({ payout: 1, money: 1, status: 0 });
  });

  test('a nonce that came before, but only of a genuine request', async () => {
    const simulator = await simulate();
    const tampered = { nonce: 'n1', tamper: (fields: Fields) => ({ ...fields, amount: '1.00' }) };
    expect(await payout(simulator, 'A-1', {}, tampered)).toMatchObject({ status: 403 });
    expect(await payout(simulator, 'A-1', {}, { nonce: 'n1' })).toMatchObject({ status: 200 });
    expect(await payout(simulator, 'A-2', {}, { nonce: 'n1' })).toMatchObject({ status: 403 });
  });

  test('an endpoint of nobody or of somebody else, and no key at all', async () => {
    const simulator = await simulate({ merchant: { groups: ['7'] } });
    expect(await post(simulator, 'v4/payout/1', payoutFields('A-1'))).toMatchObject({ status: 403 });
    expect(await post(simulator, 'v4/payout/group/39915', payoutFields('A-1'))).toMatchObject({
      status: 403,
    });
    expect(await post(simulator, 'v4/payout/group/7', payoutFields('A-1'))).toMatchObject({ status: 200 });
    const keyless = await simulate({ merchant: { publicKey: undefined } });
    expect(await payout(keyless, 'A-1')).toMatchObject({ status: 403 });
  });

  test('a wrong control', async () => {
    const simulator = await simulate();
    await payout(simulator, 'A-1');
    expect(await status(simulator, 'A-1')).toMatchObject({ status: 200 });
    expect(await status(simulator, 'A-1', { control: CONTROLS.status })).toMatchObject({ status: 403 });
    expect(await status(simulator, 'A-1', { login: 'stranger' })).toMatchObject({ status: 403 });
  });

  test('a header that is none', async () => {
    const simulator = await simulate();
    for (const authorization of [
      '',
      'Basic x',
      'OAuth x',
      'OAuth oauth_nonce="%zz"',
      'OAuth oauth_nonce="a", oauth_nonce="b"',
    ]) {
      const answer = await fetch(`${simulator.baseUrl}/api/v4/payout/39915`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', authorization },
        body: 'a=b',
      });
      expect(answer.status).toBe(403);
    }
  });
});

test('the window moves with the provider’s clock', async () => {
  const simulator = await simulate({ clockSkewMs: 3_600_000 });
  expect(await payout(simulator, 'A-1')).toMatchObject({ status: 403 });
  simulator.control.setClockSkew(200_000);
  expect(await payout(simulator, 'A-1')).toMatchObject({ status: 200 });
});

test('v4 status is signed, v2 needs no signature', async () => {
  const simulator = await simulate();
  await payout(simulator, 'A-1');
  const asked = { login: LOGIN, client_orderid: 'A-1' };
  expect((await post(simulator, 'v4/status/39915', asked)).body).toMatchObject({ type: 'status-response' });
  expect(await post(simulator, 'v4/status/39915', asked, { timestamp: 1 })).toMatchObject({ status: 403 });
});

test('odd bodies are refused without a crash', async () => {
  const simulator = await simulate();
  for (const body of ['', '&&&', 'a=%zz', 'a=1&a=2', '{"a":1}', '['.repeat(10_000), 'x'.repeat(300_000)]) {
    const answer = await fetch(`${simulator.baseUrl}/api/v4/payout/39915`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
    expect([400, 403, 413]).toContain(answer.status);
  }
});
