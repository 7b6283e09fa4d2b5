import { readFileSync } from 'node:fs';
import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { all2payConfig } from '../../../providers/all2pay/config.js';
import { createSigner } from '../../../providers/all2pay/signing.js';
import { playServer } from '../local-server.js';
import {
  ASKED,
  CARD_ORDER,
  configOf,
  MINIMAL,
  never,
  ORDER_ID,
  prepared,
  providerAt,
  SBP_ORDER,
} from './fixtures.js';

interface Vector {
  readonly body: string;
  readonly bodyUtf8Length: number;
  readonly encryptedPrivateKeyPem: string;
  readonly password: string;
  readonly publicKeyPem: string;
  readonly expectedXHash: string;
  readonly expectedXSignature: string;
  readonly mustNotMatch: {
    readonly signatureOverRawDigestBytes: string;
    readonly signatureOverBodyDirectly: string;
  };
}
const vector = JSON.parse(readFileSync(new URL('./signing-vector.json', import.meta.url), 'utf8')) as Vector;
const { encryptedPrivateKeyPem: pkcs8Pem, password: passphrase, publicKeyPem } = vector;
const KEY = { pkcs8Pem, passphrase };
const signerOf = (changes: object = {}) =>
  createSigner(configOf({ signing: { ...KEY, ...changes } }).signing);

describe('the published vector (§9)', () => {
  const body = Buffer.from(vector.body, 'utf8');
  const headers = signerOf()('performPayout.do', body);

  it('matches byte for byte', () => {
    expect(body).toHaveLength(vector.bodyUtf8Length);
    expect(headers).toEqual({ 'X-Hash': vector.expectedXHash, 'X-Signature': vector.expectedXSignature });
  });

  it.each([
    ['the raw digest', vector.mustNotMatch.signatureOverRawDigestBytes],
    ['the body itself', vector.mustNotMatch.signatureOverBodyDirectly],
  ])('is not signed over %s', (_what, wrong) => {
    expect(wrong).toHaveLength(344);
    expect(headers['X-Signature']).not.toBe(wrong);
  });

  it('with signatureInput rawDigest the first of those is what comes out', () => {
    const raw = signerOf({ signatureInput: 'rawDigest' })('performPayout.do', body);
    expect(raw).toEqual({
      'X-Hash': vector.expectedXHash,
      'X-Signature': vector.mustNotMatch.signatureOverRawDigestBytes,
    });
  });

  it('one other byte gives another hash and another signature', () => {
    const other = signerOf()('performPayout.do', Buffer.from(vector.body.replace('953', '954'), 'utf8'));
    expect(other['X-Hash']).not.toBe(vector.expectedXHash);
    expect(other['X-Signature']).not.toBe(vector.expectedXSignature);
  });
});

it('hashes Cyrillic and blanks as they are sent, or without any blanks where the provider drops them', () => {
  const text = '{"description":"Выигрыш за май\\n","amount":1}';
  const bytes = Buffer.from(`${text} \n`, 'utf8');
  const hashOf = (data: string) => createHash('sha256').update(data, 'utf8').digest('base64');
  expect(signerOf()('performPayout.do', bytes)['X-Hash']).toBe(hashOf(`${text} \n`));
  const dropped = signerOf({ hashRawBytes: false })('performPayout.do', bytes);
  expect(dropped['X-Hash']).toBe(hashOf('{"description":"Выигрышзамай\\n","amount":1}'));
});

it('signs nothing without a key, while switched off, and for methods that are not listed', () => {
  const bytes = Buffer.from('{}');
  expect(createSigner(undefined)('performPayout.do', bytes)).toEqual({});
  expect(signerOf({ enabled: false })('performPayout.do', bytes)).toEqual({});
  const some = signerOf({ signMethods: ['performPayout.do'] });
  expect(Object.keys(some('performPayout.do', bytes))).toEqual(['X-Hash', 'X-Signature']);
  expect(some('getPayoutStatus.do', bytes)).toEqual({});
});

it('every POST leaves with a signature over exactly its bytes; GETs have none', async () => {
  const { origin, seen } = await playServer(() => ({ status: 500 }));
  const provider = providerAt(origin, { signing: KEY, balancePath: '/invented/getBalance.do' });
  for (const order of [CARD_ORDER, SBP_ORDER]) {
    const request = await prepared(provider, order);
    await request.send(never);
    expect(seen.at(-1)?.body).toBe(Buffer.from(request.exact).toString('utf8'));
  }
  await provider.status({ orderId: ORDER_ID, amount: CARD_ORDER.amount, ...ASKED }, never);
  const card = { number: '2200000000000004', cvv: '123' };
  if ('lacking' in provider.cards || 'lacking' in provider.balance) throw new Error('Something is lacking');
  await provider.cards.store({ orderId: ORDER_ID, purpose: 'destination', ownerId: 'c', card }, never);
  await provider.cards.store({ orderId: ORDER_ID, purpose: 'source', ownerId: 'c', card }, never);
  await provider.balance.read(never);
  expect(seen.map(({ url }) => url.replace('/payouts/api/v2/', ''))).toEqual([
    'performPayout.do',
    'performPayout.do',
    'getPayoutStatus.do',
    'createTargetBindingId.do',
    'createSourceBindingId.do',
    'invented/getBalance.do',
  ]);
  for (const { headers, body } of seen) {
    const hash = createHash('sha256').update(body, 'utf8').digest('base64');
    expect(headers['x-hash']).toBe(hash);
    const signature = Buffer.from(String(headers['x-signature']), 'base64');
    expect(verify('RSA-SHA256', Buffer.from(hash), publicKeyPem, signature)).toBe(true);
  }
  await provider.ping(never);
  expect(seen.at(-1)?.headers).not.toHaveProperty('x-hash');
});

describe('a key that cannot be used is a configuration error in words', () => {
  const wordsOf = (signing: object): string => {
    const { error } = all2payConfig.safeParse({ ...MINIMAL, signing });
    const [issue] = error?.issues ?? [];
    expect(issue?.path).toEqual(['signing', 'pkcs8Pem']);
    return issue?.message ?? '';
  };
  const pemOf = (bits: number) =>
    generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

  it.each([
    ['a wrong passphrase', { pkcs8Pem, passphrase: 'wrong' }, 'signing.passphrase is wrong'],
    ['no passphrase', { pkcs8Pem }, 'Is encrypted: give signing.passphrase'],
    ['a public key', { pkcs8Pem: publicKeyPem }, 'Is no private key in PEM'],
    ['a damaged key', { pkcs8Pem: String(pemOf(2048)).replace(/M/g, '') }, 'damaged'],
    ['a short key', { pkcs8Pem: pemOf(1024) }, 'Has 1024 bits: at least 2048'],
    ['another kind', { pkcs8Pem: elliptic.export({ type: 'pkcs8', format: 'pem' }) }, 'not an RSA key'],
  ])('%s', (_what, signing, words) => {
    expect(wordsOf(signing)).toContain(words);
    expect(wordsOf(signing)).not.toMatch(/MII|123456|wrong[^,]*$/);
  });

  it('when the account is made', () => {
    expect(() => providerAt('http://127.0.0.1:1', { signing: { pkcs8Pem, passphrase: 'wrong' } })).toThrow(
      /signing.passphrase is wrong/,
    );
  });
});
