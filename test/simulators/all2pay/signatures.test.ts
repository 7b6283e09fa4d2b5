import { createHash, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { All2paySimulator, All2paySimulatorOptions } from '../../../simulators/index.js';
import { CARD, HEADERS, performBody, simulate } from './support.js';

interface Vector {
  readonly body: string;
  readonly publicKeyPem: string;
  readonly expectedXHash: string;
  readonly expectedXSignature: string;
}
const vector = JSON.parse(
  readFileSync(new URL('../../providers/all2pay/signing-vector.json', import.meta.url), 'utf8'),
) as Vector;

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = publicKey.export({ type: 'spki', format: 'pem' }).toString();

function signed(body: string, input: 'base64Text' | 'rawDigest' = 'base64Text', key: KeyObject = privateKey) {
  const digest = createHash('sha256').update(body).digest();
  const hash = digest.toString('base64');
  const signature = sign('RSA-SHA256', input === 'base64Text' ? Buffer.from(hash) : digest, key);
  return { 'x-hash': hash, 'x-signature': signature.toString('base64') };
}

async function send({ baseUrl }: All2paySimulator, body: string, headers: object = {}) {
  const answer = await fetch(`${baseUrl}/performPayout.do`, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body,
  });
  return { status: answer.status, text: await answer.text() };
}

const signing = { publicKey: PEM };
const enforcing = (more: Partial<All2paySimulatorOptions> = {}) => simulate({ signing, ...more });
const bodyOf = (orderNumber: string, more: object = {}) =>
  JSON.stringify(performBody(orderNumber, 10_050, more));

test('the published example is accepted as it was sent, and in no other way', async () => {
  const login = { password: 'test_user_password', signing: { publicKey: vector.publicKeyPem } };
  const simulator = await simulate({ logins: { test_user: login } });
  const bindingId = '6e8eb975-e1ba-7072-9f7a-5b7848ca5a88';
  await simulator.control.bind({ bindingId, pan: CARD, clientId: 'payer', direction: 'source' });
  const headers = { 'x-hash': vector.expectedXHash, 'x-signature': vector.expectedXSignature };
  expect((await send(simulator, vector.body.replace(':953', ':954'), headers)).status).toBe(401);
  expect((await send(simulator, ` ${vector.body}`, headers)).status).toBe(401);
  const paid = await send(simulator, vector.body, headers);
  expect(JSON.parse(paid.text)).toMatchObject({ errorCode: '0', orderStatus: '2', amount: 953 });
  const { signatures } = await simulator.control.requests(undefined, 'test_user');
  expect(signatures).toEqual({ valid: 1, invalid: 2, absent: 0, unchecked: 0 });
});

test('a signature that is missing, foreign or of other bytes is refused and counted', async () => {
  const simulator = await enforcing();
  const body = bodyOf('S-1', { description: 'Выигрыш за май' });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const good = signed(body);
  const bad = [
    {},
    { 'x-hash': good['x-hash'] },
    { ...good, 'x-signature': good['x-signature'].slice(0, -4) },
    signed(body, 'base64Text', stranger),
    signed(body, 'rawDigest'),
    signed(`${body} `),
  ];
  for (const headers of bad) {
    const refused = await send(simulator, body, headers);
    expect(refused.status).toBe(401);
    expect(JSON.parse(refused.text)).toMatchObject({ errorCode: '90' });
  }
  expect(await simulator.control.order('S-1')).toBeUndefined();
  expect(JSON.parse((await send(simulator, body, good)).text)).toMatchObject({ orderStatus: '2' });
  const { signatures, requests } = await simulator.control.requests('S-1');
  expect(signatures).toEqual({ valid: 1, invalid: 5, absent: 1, unchecked: 0 });
  expect(requests.at(-1)?.signature).toBe('valid');
});

test('without enforcement, and without a certificate, it is only counted', async () => {
  const simulator = await simulate({
    signing: { publicKey: PEM, enforce: false },
    logins: {
      'b-api': { password: 'b', signing: { publicKey: PEM, methods: ['registerPayout'] } },
    },
  });
  expect((await send(simulator, bodyOf('S-1'))).status).toBe(200);
  expect((await send(simulator, bodyOf('S-2'), { 'x-hash': 'x', 'x-signature': 'y' })).status).toBe(200);
  expect((await send(simulator, bodyOf('S-3', { userName: 'b-api', password: 'b' }))).status).toBe(200);
  expect((await simulator.control.requests()).signatures).toMatchObject({ absent: 2, invalid: 1 });
  const free = await simulate();
  expect((await send(free, bodyOf('S-1'), signed(bodyOf('S-1')))).status).toBe(200);
  expect((await free.control.requests()).signatures).toMatchObject({ unchecked: 1 });
});

test('variants: the raw digest, stripped white space, other refusals', async () => {
  const raw = await enforcing({ signatureInput: 'rawDigest' });
  expect((await send(raw, bodyOf('S-1'), signed(bodyOf('S-1')))).status).toBe(401);
  expect((await send(raw, bodyOf('S-1'), signed(bodyOf('S-1'), 'rawDigest'))).status).toBe(200);

  const stripped = await enforcing({ hashRawBytes: false });
  const spaced = bodyOf('S-1', { description: 'for  May' });
  expect((await send(stripped, spaced, signed(spaced))).status).toBe(401);
  expect((await send(stripped, spaced, signed(spaced.replaceAll(' ', '')))).status).toBe(200);

  expect((await send(await enforcing({ badSignatureReply: 'row7' }), spaced)).status).toBe(400);
  const forbidden = await send(await enforcing({ badSignatureReply: 'html403' }), spaced);
  expect([forbidden.status, forbidden.text.startsWith('<html>')]).toEqual([403, true]);
});

test('a key that is none is refused at the start', async () => {
  await expect(simulate({ signing: { publicKey: 'none' } })).rejects.toThrow();
  expect(createPublicKey(vector.publicKeyPem).asymmetricKeyType).toBe('rsa');
});
