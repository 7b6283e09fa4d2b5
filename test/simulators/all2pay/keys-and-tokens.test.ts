import { constants, createPublicKey, publicEncrypt, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { All2paySimulator } from '../../../simulators/index.js';
import { CARD, cardStarting, perform, simulate, status } from './support.js';

interface PublishedKey {
  readonly keyValue: string;
  readonly keyExpiration: number;
  readonly protocolVersion?: string;
}

async function keysOf({ baseUrl }: All2paySimulator): Promise<PublishedKey[]> {
  const answer = await fetch(`${baseUrl}/keys.do`);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  return ((await answer.json()) as { keys: PublishedKey[] }).keys;
}

const timestamp = (at = Date.now()): string => new Date(at).toISOString().replace(/\.\d+Z$/, '+00:00');

interface Parts {
  readonly at?: number;
  readonly time?: string;
  readonly uuid?: string;
  readonly pan?: string;
  readonly filler?: string;
  readonly orderNumber?: string;
}

function sealed({ keyValue }: PublishedKey, parts: Parts): string {
  const { at, time = timestamp(at), uuid = randomUUID(), pan = CARD, filler = '' } = parts;
  const { orderNumber = 'T-1' } = parts;
  const plain = [time, uuid, pan, filler, '', '', '', '', '', orderNumber].join('/');
  const key = keyValue.includes('BEGIN')
    ? createPublicKey(keyValue)
    : createPublicKey({ key: Buffer.from(keyValue, 'base64'), format: 'der', type: 'spki' });
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(plain)).toString('base64');
}

const pay = (simulator: All2paySimulator, seToken: string, orderNumber = 'T-1') =>
  perform(simulator, orderNumber, 10_000, { target: { seToken } });

describe('keys.do', () => {
  test('publishes two overlapping keys, each good for a payout', async () => {
    const simulator = await simulate();
    const keys = await keysOf(simulator);
    expect(keys).toHaveLength(2);
    expect(keys[0]?.keyExpiration).toBeGreaterThan(Date.now());
    expect(keys[1]?.keyExpiration).toBeGreaterThan(keys[0]?.keyExpiration ?? 0);
    for (const [place, key] of keys.entries()) {
      expect(key.protocolVersion).toBe('RSA-2048');
      expect(key.keyValue).not.toMatch(/BEGIN|\s/);
      const orderNumber = `T-${place}`;
      const paid = await pay(simulator, sealed(key, { orderNumber }), orderNumber);
      expect(paid.body).toMatchObject({ orderStatus: '2', target: { maskedPan: '220000XXXXXX0004' } });
      expect(await simulator.control.order(orderNumber)).toMatchObject({ bookings: 1 });
    }
    const { requests, counts } = await simulator.control.requests();
    expect(counts.keys).toBe(1);
    expect(requests.map(({ target }) => target)).toEqual([undefined, 'seToken', 'seToken']);
    expect(await keysOf(simulator)).toEqual(keys);
  });

  test('concurrent first callers are given the same keys', async () => {
    const simulator = await simulate();
    const [one, two] = await Promise.all([keysOf(simulator), keysOf(simulator)]);
    expect(one).toEqual(two);
  });

  test('seconds, PEM markers, another version or none', async () => {
    const simulator = await simulate({ keys: { format: 'pem', expiration: 's', protocolVersion: null } });
    const [key] = await keysOf(simulator);
    expect(key?.keyValue).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    expect(key?.keyExpiration).toBeLessThan(1e11);
    expect(key).not.toHaveProperty('protocolVersion');
    expect((await pay(simulator, sealed(key as PublishedKey, {}))).body['orderStatus']).toBe('2');
  });

  test('rotation retires the older key, or both', async () => {
    const simulator = await simulate();
    const [older, newer] = (await keysOf(simulator)) as [PublishedKey, PublishedKey];
    await simulator.control.rotateKeys();
    expect((await pay(simulator, sealed(older, {}))).body['errorMessage']).toBe('Invalid request');
    expect((await pay(simulator, sealed(newer, {}))).body['orderStatus']).toBe('2');
    expect((await keysOf(simulator))[0]).toEqual(newer);
    await simulator.control.rotateKeys(true);
    expect((await pay(simulator, sealed(newer, { orderNumber: 'T-2' }), 'T-2')).status).toBe(400);
    expect(await keysOf(simulator)).toHaveLength(2);
  });

  test('keys expire by the provider\u2019s clock and are replaced', async () => {
    const simulator = await simulate({ keys: { lifetimeMs: 60_000 } });
    const [older] = (await keysOf(simulator)) as [PublishedKey];
    await simulator.control.setClockSkew(61_000);
    const token = sealed(older, { at: Date.now() + 61_000 });
    expect((await pay(simulator, token)).body['errorMessage']).toBe('Invalid request');
    expect((await keysOf(simulator)).map(({ keyValue }) => keyValue)).not.toContain(older.keyValue);
  });
});

describe('a token', () => {
  const MINUTE = 60_000;
  const wrong: [string, Parts][] = [
    ['too old', { at: Date.now() - 31 * MINUTE }],
    ['from the future', { at: Date.now() + 60 * MINUTE }],
    ['without a time zone', { time: '2026-02-03T10:11:12' }],
    ['in UTC shorthand', { time: new Date().toISOString() }],
    ['for another order', { orderNumber: 'T-2' }],
    ['with a wrong card number', { pan: '2200000000000005' }],
    ['with a filled position', { filler: '123' }],
    ['with too many positions', { filler: '/' }],
    ['with a UUID that is none', { uuid: randomUUID().replaceAll('-', '') }],
  ];
  test('with any fault is row 7 and leaves no order', async () => {
    const simulator = await simulate();
    const [key] = (await keysOf(simulator)) as [PublishedKey];
    for (const [what, parts] of wrong) {
      const answer = await pay(simulator, sealed(key, parts));
      expect([what, answer.status, answer.body['errorCode'], answer.body['errorMessage']]).toEqual([
        ...[what, 400, '98', 'Invalid request'],
      ]);
    }
    expect(await simulator.control.order('T-1')).toBeUndefined();
    expect((await status(simulator, 'T-1')).body['errorMessage']).toMatch(/^Order not found/);
  });

  test('is good once, and only as one block of plain base64', async () => {
    const simulator = await simulate();
    const [key] = (await keysOf(simulator)) as [PublishedKey];
    const uuid = randomUUID();
    expect((await pay(simulator, sealed(key, { uuid }))).body['orderStatus']).toBe('2');
    const again = sealed(key, { uuid, orderNumber: 'T-2' });
    expect((await pay(simulator, again, 'T-2')).body['errorMessage']).toBe('Invalid request');
    const token = sealed(key, { orderNumber: 'T-3' });
    for (const spoilt of [`${token}\n`, token.slice(0, -4), token.replace(/=*$/, ''), 'AAAA', ''])
      expect((await pay(simulator, spoilt, 'T-3')).status).toBe(400);
    expect((await pay(simulator, token, 'T-3')).body['orderStatus']).toBe('2');
  });

  test('its card is looked up like any other', async () => {
    const simulator = await simulate();
    const [key] = (await keysOf(simulator)) as [PublishedKey];
    expect((await pay(simulator, sealed(key, { pan: cardStarting('999999') }))).status).toBe(502);
    expect(await simulator.control.order('T-1')).toMatchObject({ rejected: true, bookings: 0 });
  });

  test('the window is that of the provider\u2019s clock', async () => {
    const simulator = await simulate({ clockSkewMs: 31 * MINUTE });
    const [key] = (await keysOf(simulator)) as [PublishedKey];
    expect((await pay(simulator, sealed(key, {}))).status).toBe(400);
    await simulator.control.setClockSkew(29 * MINUTE);
    expect((await pay(simulator, sealed(key, {}))).body['orderStatus']).toBe('2');
  });

  test('a login can be set to take tokens only, or none', async () => {
    const simulator = await simulate({
      cards: 'seTokenOnly',
      logins: { 'b-api': { password: 'b', variant: { cards: 'panOnly' } } },
    });
    const [key] = (await keysOf(simulator)) as [PublishedKey];
    expect((await perform(simulator, 'T-1')).body['errorMessage']).toMatch(/\[target.pan\] is not set/);
    expect((await pay(simulator, sealed(key, {}))).body['orderStatus']).toBe('2');
    const asB = { userName: 'b-api', password: 'b' };
    const target = { seToken: sealed(key, {}) };
    expect((await perform(simulator, 'T-1', 10_000, { ...asB, target })).status).toBe(400);
    expect((await perform(simulator, 'T-1', 10_000, asB)).body['orderStatus']).toBe('2');
  });
});
