import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCallback } from '../../../providers/all2pay/callback.js';
import { canonicalString, checksumOf, checksumTest } from '../../../providers/all2pay/callback-checksum.js';
import { limitsOf } from '../../../providers/all2pay/capabilities.js';
import type { CallbackReading } from '../../../providers/port.js';
import { PUBLISHED } from './callback-vector.js';
import { configOf } from './fixtures.js';

const SECRET = 'ooc7slpvc61k7sf7ma7p4hrefr';
const ON = { callbacksEnabled: true, callbackSecret: SECRET };
/** The provider's published example. */
const VECTOR = {
  mdOrder: '06cf5599-3f17-7c86-bdbc-bd7d00a8b38b',
  operation: 'approved',
  orderNumber: '2003',
  status: '1',
};

function get(query: string, config: Record<string, unknown> = ON): CallbackReading {
  const parsed = configOf(config);
  const raw = { method: 'GET', url: `/callbacks/a2p?${query}`, headers: {}, body: new Uint8Array() } as const;
  return readCallback(raw, parsed, checksumTest(parsed), limitsOf(parsed));
}

function post(body: string): CallbackReading {
  const config = configOf(ON);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const raw = { method: 'POST', url: '/callbacks/a2p', headers, body: Buffer.from(body, 'latin1') } as const;
  return readCallback(raw, config, checksumTest(config), limitsOf(config));
}

function signed(parameters: Record<string, string>, secret = SECRET): [string, string][] {
  const entries = Object.entries(parameters);
  return [...entries, ['checksum', checksumOf(canonicalString(new Map(entries)), secret)]];
}

const encode = (entries: [string, string][]): string => new URLSearchParams(entries).toString();
const why = (reading: CallbackReading): string => (reading.kind === 'refused' ? reading.why : 'verified');

describe('the checksum (§13)', () => {
  it('agrees with the published example', () => {
    const text = canonicalString(new Map(Object.entries(VECTOR)));
    expect(text).toBe(
      'mdOrder;06cf5599-3f17-7c86-bdbc-bd7d00a8b38b;operation;approved;orderNumber;2003;status;1;',
    );
    expect(checksumOf(text, SECRET)).toBe('EAF2FB72CAB99FD5067F4BA493DD84F4D79C1589FDE8ED29622F0F07215AA972');
  });

  it('verifies as GET query and as POST form', () => {
    const expected = {
      kind: 'verified',
      orderId: '2003',
      dedupeKey: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      acknowledge: { status: 200, contentType: 'text/plain', body: 'OK' },
    };
    expect(get(encode(signed(VECTOR)))).toEqual(expected);
    expect(post(encode(signed(VECTOR)))).toEqual(expected);
    expect(get(encode(signed(VECTOR)))).toEqual(post(encode(signed(VECTOR))));
  });

  it('leaves out sign_alias, and sorts by code unit, capitals first', () => {
    expect(get(`${encode(signed(VECTOR))}&sign_alias=SHA-256`).kind).toBe('verified');
    expect(canonicalString(new Map([['b', '1'], ['a', '2'], ['Z', '3']]))).toBe('Z;3;a;2;b;1;'); // prettier-ignore
  });

  it('covers decoded values: Cyrillic, blanks, percent signs', () => {
    const parameters = { ...VECTOR, creditBankName: 'Банк «Ёж» 100% & сын' };
    expect(get(encode(signed(parameters))).kind).toBe('verified');
  });
});

describe('the asymmetric checksum (§13)', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const callbackCert = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const by = (changes: object = {}) => ({ callbacksEnabled: true, callbackCert, ...changes });
  const signedBy = (digest: string, parameters: Record<string, string> = VECTOR): [string, string][] => {
    const entries = Object.entries(parameters);
    const canonical = Buffer.from(canonicalString(new Map(entries)), 'utf8');
    return [...entries, ['checksum', sign(digest, canonical, privateKey).toString('hex').toUpperCase()]];
  };

  it('agrees with the published example of the gateway family: SHA-512, whatever its sign_alias says', () => {
    const { certificate, parameters } = PUBLISHED;
    const canonical = canonicalString(new Map(Object.entries(parameters)));
    expect(canonical).toBe(
      'amount;35000099;mdOrder;12b59da8-f68f-7c8d-12b5-9da8000826ea;operation;deposited;status;1;',
    );
    const test = (changes: object) => checksumTest(configOf({ callbackCert: certificate, ...changes }));
    expect(test({})?.(canonical, parameters.checksum)).toBe(true);
    expect(test({ callbackDigest: 'sha256' })?.(canonical, parameters.checksum)).toBe(false);
    expect(test({})?.(canonical.replace('35000099', '35000098'), parameters.checksum)).toBe(false);
    // It names no order, so as a callback it says nothing.
    const query = encode(Object.entries(parameters));
    expect(why(get(query, by({ callbackCert: certificate })))).toContain('no order number');
  });

  it('verifies with the configured digest alone, in capitals or not', () => {
    expect(get(encode(signedBy('sha512')), by()).kind).toBe('verified');
    expect(get(encode(signedBy('sha256')), by({ callbackDigest: 'sha256' })).kind).toBe('verified');
    expect(why(get(encode(signedBy('sha256')), by()))).toBe('the checksum is wrong');
    expect(
      get(
        encode(signedBy('sha512')).replace(/checksum=.*/, (text) => text.toLowerCase()),
        by(),
      ).kind,
    ).toBe('verified');
  });

  it('any flipped byte, a symmetric checksum and odd texts are refused', () => {
    const text = encode(signedBy('sha512'));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = Buffer.from(text, 'latin1');
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        // Hexadecimal digits mean the same in both cases.
        if (bytes.toString('latin1').toLowerCase() === text.toLowerCase()) return;
        expect(get(bytes.toString('latin1'), by()).kind).toBe('refused');
      }),
      { numRuns: 500 },
    );
    // What is no digit would otherwise end the reading of the rest.
    expect(why(get(`${text}zz`, by()))).toBe('the checksum is wrong');
    expect(why(get(`${text}0`, by()))).toBe('the checksum is wrong');
    for (const checksum of ['', '00', 'zz', '0'.repeat(512), 'F0'.repeat(256), 'x'.repeat(1_000)]) {
      const query = encode([...Object.entries(VECTOR), ['checksum', checksum]]);
      expect(get(query, by())).toMatchObject({ kind: 'refused', answer: { status: 401 } });
    }
    expect(why(get(encode(signed(VECTOR)), by()))).toBe('the checksum is wrong');
  });
});

describe('what a callback is about', () => {
  const about = (operation: string, callbackOperationMap = {}) =>
    get(encode(signed({ ...VECTOR, operation })), { ...ON, callbackOperationMap });

  it.each(['approved', 'deposited', 'declinedByTimeout', 'bindingCreated', 'something new', '__proto__'])(
    '%s: a reason to ask',
    (operation) => expect(about(operation).kind).toBe('verified'),
  );

  it('a stored card that was switched on or off is none: acknowledged, and that is all', () => {
    expect(about('bindingActivityChanged')).toMatchObject({
      kind: 'refused',
      answer: { status: 200, body: 'OK' },
    });
  });

  it('the account may say otherwise', () => {
    expect(about('bindingActivityChanged', { bindingActivityChanged: 'ask' }).kind).toBe('verified');
    expect(about('approved', { approved: 'ignore' })).toMatchObject({
      kind: 'refused',
      answer: { status: 200 },
    });
  });

  it('a forged one is refused before that is looked at', () => {
    const forged = encode(signed({ ...VECTOR, operation: 'bindingActivityChanged' }, 'other'));
    expect(get(forged)).toMatchObject({ kind: 'refused', answer: { status: 401 } });
  });
});

describe('whatever happens on the way', () => {
  it('any flipped byte is refused', () => {
    const text = encode(signed(VECTOR));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = Buffer.from(text, 'latin1');
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        expect(post(bytes.toString('latin1')).kind).toBe('refused');
        expect(get(bytes.toString('latin1')).kind).toBe('refused');
      }),
      { numRuns: 2_000 },
    );
  });

  it('the order of the parameters does not matter', () => {
    const entries = signed({ ...VECTOR, amount: '10050', Zeta: 'x' });
    const first = get(encode(entries));
    expect(first.kind).toBe('verified');
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        expect(get(encode(shuffled))).toEqual(first);
      }),
    );
  });

  it('a missing or added parameter is refused', () => {
    const entries = signed(VECTOR);
    for (const [name] of entries) {
      expect(get(encode(entries.filter(([other]) => other !== name))).kind).toBe('refused');
    }
    expect(get(encode([...entries, ['amount', '1']])).kind).toBe('refused');
  });

  it('arbitrary text never verifies and never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(get(text).kind).toBe('refused');
        expect(post(text).kind).toBe('refused');
      }),
    );
  });
});

describe('refused', () => {
  it('when callbacks are off', () => {
    const off = get(encode(signed(VECTOR)), { callbackSecret: SECRET });
    expect(off).toMatchObject({ kind: 'refused', answer: { status: 404 } });
  });

  it('a checksum by another key, in small letters, cut or missing', () => {
    expect(why(get(encode(signed(VECTOR, 'other'))))).toBe('the checksum is wrong');
    const [checksum] = signed(VECTOR)
      .slice(-1)
      .map(([, value]) => value);
    const with_ = (value: string) => get(encode([...Object.entries(VECTOR), ['checksum', value]]));
    expect(with_(checksum ?? '').kind).toBe('verified');
    expect(with_((checksum ?? '').toLowerCase())).toMatchObject({ kind: 'refused', answer: { status: 401 } });
    expect(with_((checksum ?? '').slice(2)).kind).toBe('refused');
    expect(why(get(encode(Object.entries(VECTOR))))).toBe('there is no checksum');
  });

  it('a parameter that is there twice, even with the same value', () => {
    expect(why(get(`${encode(signed(VECTOR))}&status=1`))).toBe('a parameter is there twice');
    expect(why(get(`status=0&${encode(signed(VECTOR))}`))).toBe('a parameter is there twice');
  });

  it('a semicolon, which would let values pose as parameters', () => {
    expect(why(get(encode(signed({ ...VECTOR, note: 'a;b' }))))).toBe('a parameter holds a semicolon');
  });

  it('more than a callback can need', () => {
    expect(why(get(`x=${'y'.repeat(9_000)}`))).toContain('longer than');
    expect(why(get(Array.from({ length: 51 }, (_, i) => `p${i}=1`).join('&')))).toContain('more than 50');
    expect(why(get(`x=${'y'.repeat(1_025)}`))).toContain('too long');
  });

  it('bad encodings', () => {
    for (const text of ['a=%', 'a=%ff', 'a=%c3%28', 'a=b c', 'a=\u00e9', '&', 'a=1&&b=2', '=x']) {
      expect(post(text).kind, text).toBe('refused');
    }
  });

  it('an order number that cannot be ours', () => {
    expect(why(get(encode(signed({ ...VECTOR, orderNumber: '../x' }))))).toContain('no order number');
    expect(why(get(encode(signed({ mdOrder: 'x', status: '1' }))))).toContain('no order number');
  });
});
