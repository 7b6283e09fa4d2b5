import { createPrivateKey } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formBody, type Fields } from '../../../providers/payneteasy/form-body.js';
import { hmacAuthorization, rsaAuthorization } from '../../../providers/payneteasy/oauth.js';
import { readForm } from '../../../simulators/payneteasy/encoding.js';
import {
  isSignedByHmac,
  isSignedByRsa,
  readAuthorization,
  type Claimed,
} from '../../../simulators/payneteasy/oauth.js';
import { KEYS } from './fixtures.js';
import { CONTROL_KEY, LOGIN, STAMP } from './vectors.js';

const KEY = createPrivateKey(KEYS.privateKey);
const url = 'http://127.0.0.1:8081/paynet/api/v4/payout/39915';
const fields = fc.dictionary(
  fc.stringMatching(/^[a-z][a-z0-9_-]{0,12}$/),
  fc.string({ unit: 'binary', maxLength: 30 }),
  {
    maxKeys: 8,
  },
);

/** What the other side makes of the body's bytes and of the header. */
function received(body: Fields, authorization: string) {
  const form = readForm(formBody(body).bytes.toString());
  const claimed = readAuthorization(authorization);
  if (form === undefined || claimed === undefined) throw new Error('unreadable');
  return { request: { url, authorization, form }, claimed };
}

const changed = (form: Fields): Fields[] => [
  { ...form, purpose_x: '1' },
  ...Object.keys(form).map((name) => ({ ...form, [name]: `${form[name] ?? ''}0` })),
];

it('whatever is signed by RSA verifies on the other side, and nothing near it', () => {
  fc.assert(
    fc.property(fields, (given) => {
      const body = formBody(given);
      const { request, claimed } = received(
        body.fields,
        rsaAuthorization({ url, fields: body.fields }, LOGIN, KEY, STAMP),
      );
      expect(isSignedByRsa(request, claimed, KEYS.publicKey)).toBe(true);
      const verifies = (form: Fields, claim: Claimed = claimed) =>
        isSignedByRsa({ ...request, form }, claim, KEYS.publicKey);
      expect(changed(request.form).some((form) => verifies(form))).toBe(false);
      const later = { ...claimed.fields, oauth_timestamp: String(STAMP.timestamp + 1) };
      expect(verifies(request.form, { ...claimed, fields: later })).toBe(false);
    }),
    { numRuns: 60 },
  );
});

it('the same by HMAC, whose oauth fields stand in the body', () => {
  fc.assert(
    fc.property(fields, (given) => {
      const signed = hmacAuthorization({ url, fields: formBody(given).fields }, LOGIN, CONTROL_KEY, STAMP);
      const { request, claimed } = received(signed.fields, signed.header);
      expect(isSignedByHmac(request, claimed, CONTROL_KEY)).toBe(true);
      expect(isSignedByHmac(request, claimed, `${CONTROL_KEY}0`)).toBe(false);
      expect(
        changed(request.form).some((form) => isSignedByHmac({ ...request, form }, claimed, CONTROL_KEY)),
      ).toBe(false);
    }),
    { numRuns: 60 },
  );
});
