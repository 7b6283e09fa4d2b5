import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createPublicKey, createVerify, generateKeyPairSync } from 'node:crypto';
import { callbackChecksum } from '../../../simulators/index.js';
import { LOGIN, perform, receiveCallbacks, register, simulate } from './support.js';

const SECRET = 'ooc7slpvc61k7sf7ma7p4hrefr';

test('the checksum is that of the published example', () => {
  const params = {
    status: '1',
    orderNumber: '2003',
    operation: 'approved',
    mdOrder: '06cf5599-3f17-7c86-bdbc-bd7d00a8b38b',
    sign_alias: 'ignored',
    checksum: 'ignored',
  };
  expect(callbackChecksum(params, SECRET)).toBe(
    'EAF2FB72CAB99FD5067F4BA493DD84F4D79C1589FDE8ED29622F0F07215AA972',
  );
});

test.each(['GET', 'POST'] as const)('%s: one signed callback per final state', async (method) => {
  const { url, received } = await receiveCallbacks();
  const simulator = await simulate({ callbacks: { url, secret: SECRET, method } });
  await perform(simulator, 'C-1', 10_000);
  await expect.poll(() => received.length).toBe(1);
  const [first] = received;
  expect(first).toMatchObject({
    method,
    params: { orderNumber: 'C-1', operation: 'deposited', status: '1', amount: '10000' },
  });
  expect(first?.params['checksum']).toBe(callbackChecksum(first?.params ?? {}, SECRET));
  await expect.poll(async () => (await simulator.control.order('C-1'))?.callback).toBe('delivered');

  await perform(simulator, 'C-2', 10_006);
  await expect.poll(() => received[1]?.params).toMatchObject({ orderNumber: 'C-2', status: '0' });
});

test('pending, expired and cancelled orders call back when they are final', async () => {
  const { url, received } = await receiveCallbacks();
  const open = async (timings: { pendingMs?: number; sessionSecondMs?: number }): Promise<string> => {
    const simulator = await simulate({ callbacks: { url }, timings });
    await perform(simulator, 'C-1', 10_007);
    await register(simulator, 'C-2', 10_000, { sessionTimeoutSecs: 2 });
    return String((await register(simulator, 'C-3')).body['formUrl']);
  };
  await open({ pendingMs: 600_000, sessionSecondMs: 300_000 });
  expect(received).toHaveLength(0);
  const formUrl = await open({});
  await fetch(formUrl, {
    method: 'POST',
    body: new URLSearchParams({ action: 'cancel' }),
    redirect: 'manual',
  });
  await expect.poll(() => received.length).toBe(3);
  const statuses = Object.fromEntries(
    received.map(({ params }) => [String(params['orderNumber']), params['status']]),
  );
  expect(statuses).toEqual({ 'C-1': '1', 'C-2': '0', 'C-3': '0' });
  expect(received[0]?.params).not.toHaveProperty('checksum');
});

test('repeated until HTTP 200, and given up after enough tries', async () => {
  const { url, received } = await receiveCallbacks([500, 404]);
  const simulator = await simulate({ callbacks: { url, repeatMs: 20, maxTries: 3 } });
  await perform(simulator, 'C-1');
  await expect.poll(async () => (await simulator.control.order('C-1'))?.callback).toBe('delivered');
  expect(received).toHaveLength(3);

  const deaf = await receiveCallbacks([500, 500, 500, 500]);
  const other = await simulate({ callbacks: { url: deaf.url, repeatMs: 20, maxTries: 3 } });
  await perform(other, 'C-1');
  await expect.poll(async () => (await other.control.order('C-1'))?.callback).toBe('given_up');
  await sleep(60);
  expect(deaf.received).toHaveLength(3);
});

test('each login calls its own address', async () => {
  const own = await receiveCallbacks();
  const common = await receiveCallbacks();
  const logins = { 'b-api': { password: 'b', callback: { url: own.url, secret: 's' } } };
  const simulator = await simulate({ logins, callbacks: { url: common.url } });
  await perform(simulator, 'C-1', 10_000, { userName: 'b-api', password: 'b' });
  await perform(simulator, 'C-2', 10_000, LOGIN);
  await expect.poll(() => [own.received.length, common.received.length]).toEqual([1, 1]);
  expect(own.received[0]?.params).toHaveProperty('checksum');
  expect(common.received[0]?.params['orderNumber']).toBe('C-2');
});

test('faults: suppressed, late, doubled, forged', async () => {
  const { url, received } = await receiveCallbacks();
  const simulator = await simulate({ callbacks: { url, secret: SECRET } });
  await simulator.control.inject(
    { kind: 'callback_suppress', orderNumber: 'F-1' },
    { kind: 'callback_delay', orderNumber: 'F-2', ms: 500 },
    { kind: 'callback_double', orderNumber: 'F-3' },
    { kind: 'callback_forge', orderNumber: 'F-4' },
    { kind: 'callback_delay', orderNumber: 'F-5', ms: 600_000 },
  );
  const asked = Date.now();
  for (const orderNumber of ['F-1', 'F-2', 'F-3', 'F-4', 'F-5']) await perform(simulator, orderNumber);
  const of = (orderNumber: string) => received.filter(({ params }) => params['orderNumber'] === orderNumber);
  await expect.poll(() => [of('F-2').length, of('F-3').length, of('F-4').length]).toEqual([1, 2, 1]);
  expect(Date.now() - asked).toBeGreaterThanOrEqual(490);
  expect([of('F-1'), of('F-5')]).toEqual([[], []]);
  const [forged] = of('F-4');
  expect(forged?.params['checksum']).not.toBe(callbackChecksum(forged?.params ?? {}, SECRET));
});

test('the control endpoint sends one now: true, contradicting or forged', async () => {
  const { url, received } = await receiveCallbacks([503]);
  const simulator = await simulate();
  await perform(simulator, 'C-1');
  await expect(simulator.control.callback('C-1')).rejects.toThrow(/no callback URL/);
  expect(await simulator.control.callback('C-1', { url })).toMatchObject({
    httpStatus: 503,
    params: { status: '1' },
  });
  expect((await simulator.control.callback('C-1', { url, status: '0' })).httpStatus).toBe(200);
  await simulator.control.callback('C-1', { url, forged: true });
  expect(received.map(({ params }) => params['status'])).toEqual(['1', '0', '1']);
  expect(received[2]?.params['checksum']).toMatch(/^[0-9A-F]{64}$/);
  await expect(simulator.control.callback('none', { url })).rejects.toThrow(/knows no order/);
});

/** Does the RSA signature hold over `name;value;` of the rest, names ascending? */
function holds(params: Record<string, string>, key: string, digest: string): boolean {
  const { checksum = '', sign_alias, ...rest } = params;
  expect(sign_alias).toBe('SHA-256 with RSA');
  const text = Object.keys(rest)
    .sort()
    .map((name) => `${name};${rest[name]};`)
    .join('');
  return createVerify(digest).update(text).verify(createPublicKey(key), checksum, 'hex');
}

test('asymmetric checksums: with the simulator\u2019s key, or the login\u2019s own and another digest', async () => {
  const { url, received } = await receiveCallbacks();
  const own = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const simulator = await simulate({
    callbacks: { url, checksum: 'asymmetric' },
    logins: {
      'b-api': { password: 'b', callback: { url, privateKey: own.privateKey, digest: 'sha256' } },
      'c-api': { password: 'c', callback: { url }, variant: { callbacksEnabled: 'off' } },
    },
  });
  await perform(simulator, 'C-1');
  await perform(simulator, 'C-2', 10_000, { userName: 'b-api', password: 'b' });
  await perform(simulator, 'C-3', 10_000, { userName: 'c-api', password: 'c' });
  await expect.poll(() => received.length).toBe(2);
  const of = (orderNumber: string) =>
    received.map(({ params }) => params).find((params) => params['orderNumber'] === orderNumber) ?? {};
  expect(holds(of('C-1'), simulator.callbackPublicKey, 'sha512')).toBe(true);
  expect(holds({ ...of('C-1'), status: '0' }, simulator.callbackPublicKey, 'sha512')).toBe(false);
  expect(holds(of('C-2'), own.publicKey, 'sha256')).toBe(true);
});

test('faults: early, contradicting, out of order', async () => {
  const { url, received } = await receiveCallbacks();
  const simulator = await simulate({ callbacks: { url, secret: SECRET } });
  await simulator.control.inject(
    { kind: 'callback_early', orderNumber: 'F-1' },
    { kind: 'callback_contradict', orderNumber: 'F-2' },
    { kind: 'callback_out_of_order', orderNumber: 'F-3' },
  );
  const of = (orderNumber: string) =>
    received.map(({ params }) => params).filter((params) => params['orderNumber'] === orderNumber);
  await perform(simulator, 'F-1');
  expect(of('F-1')).toMatchObject([{ status: '1' }]);
  await perform(simulator, 'F-2');
  await perform(simulator, 'F-3');
  await expect.poll(() => of('F-2')).toMatchObject([{ status: '0' }]);
  await expect.poll(() => of('F-3').map(({ operation }) => operation)).toEqual(['deposited', 'approved']);
  expect(await simulator.control.order('F-2')).toMatchObject({ status: '2', bookings: 1 });
  const dates = of('F-3').map(({ callbackCreationDate = '' }) => Date.parse(callbackCreationDate));
  expect(dates[1]).toBeLessThan(dates[0] ?? 0);
  for (const params of [...of('F-2'), ...of('F-3')])
    expect(params['checksum']).toBe(callbackChecksum(params, SECRET));
});

test('foreign callbacks: of an order that nobody knows, or of another login', async () => {
  const mine = await receiveCallbacks();
  const theirs = await receiveCallbacks();
  const simulator = await simulate({
    callbacks: { url: mine.url, secret: SECRET },
    logins: { 'b-api': { password: 'b', callback: { url: theirs.url, secret: 'other' } } },
  });
  await simulator.control.strayCallback({ login: 'acme-api', orderNumber: 'nobody', amount: 5 });
  const [stray] = mine.received;
  expect(stray?.params).toMatchObject({ orderNumber: 'nobody', status: '1', amount: '5' });
  expect(stray?.params['checksum']).toBe(callbackChecksum(stray?.params ?? {}, SECRET));

  await perform(simulator, 'C-1');
  await expect.poll(() => mine.received.length).toBe(2);
  await simulator.control.callback('C-1', { via: 'b-api', set: { amount: '999' }, operation: 'refunded' });
  const [foreign] = theirs.received;
  expect(foreign?.params).toMatchObject({ orderNumber: 'C-1', amount: '999', operation: 'refunded' });
  expect(foreign?.params['checksum']).toBe(callbackChecksum(foreign?.params ?? {}, 'other'));
  await simulator.control.callback('C-1', { unsigned: true });
  expect(mine.received[2]?.params).not.toHaveProperty('checksum');
});
