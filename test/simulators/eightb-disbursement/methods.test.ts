import { describe, expect, test } from 'vitest';
import {
  check,
  ending,
  hashOf,
  payout,
  PAYOUT,
  post,
  registry,
  SERVICE,
  simulate,
  type Form,
} from './support.js';

const ID = 'PX7K2M9QH4T6W8Z1C5D0';
const TODAY = () => new Date().toISOString().slice(0, 10).split('-').reverse().join('.');
const span = (): Form => ({ dt_start: `${TODAY()} 00:00`, dt_end: `${TODAY()} 23:59` });

describe('hashes', () => {
  test('the vectors of the document are taken (§3.2)', async () => {
    const simulator = await simulate();
    const sample = { id: ID, ...PAYOUT, client: '9876543210' };
    expect(hashOf('payout', sample)).toBe('950785f936a892eb7766263bdcad511b');
    // 10: no funds, so it was let in.
    expect((await post(simulator, 'payout', sample)).of('result')).toBe('ERROR: insufficient funds');
    const asked = { id: ID, dt: '2025-03-04 05:07:30', amount: '150.00', destination: '202' };
    expect(hashOf('check', asked)).toBe('ed99ae70bb7b01269887d13de40886b7');
    expect((await post(simulator, 'check', asked)).of('result')).toBe('NOT FOUND');
    expect((await post(simulator, 'balance', { dt: asked.dt })).of('balance')).toBe('1000.00');
  });

  test('a hash in capitals is taken, any other is refused in every message', async () => {
    const simulator = await simulate();
    const messages: [string, Form][] = [
      ['payout', { id: ID, ...PAYOUT }],
      ['check', { id: ID, dt: PAYOUT.dt, amount: '150.00', destination: '202' }],
      ['balance', { dt: PAYOUT.dt }],
      ['balance_statement', span()],
      ['notify', { id: ID, dt: PAYOUT.dt }],
    ];
    for (const [method, fields] of messages) {
      for (const hash of [
        '',
        'f'.repeat(32),
        hashOf(method, fields).slice(1),
        hashOf(method, fields, 'other'),
      ]) {
        const { of, status } = await post(simulator, method, fields, { hash });
        expect([method, status, of('result')]).toEqual([method, 200, 'ERROR: invalid hash']);
      }
      const capitals = await post(simulator, method, fields, { hash: hashOf(method, fields).toUpperCase() });
      expect(capitals.of('result')).not.toBe('ERROR: invalid hash');
    }
    const { signature } = (await simulator.control.requests(ID)).requests[0] ?? {};
    expect(signature).toBe('invalid');
    const query = new URLSearchParams({ ...span(), type: 'csv', service_id: SERVICE, hash: 'f'.repeat(32) });
    const wrong = await fetch(`${simulator.baseUrl}/payout_reestr?${query.toString()}`);
    expect(await wrong.text()).toContain('ERROR: invalid hash');
  });

  test('another service, another sender', async () => {
    const simulator = await simulate();
    expect((await post(simulator, 'balance', { dt: PAYOUT.dt }, { service: '7' })).of('result')).toBe(
      'ERROR: unknown service',
    );
    await simulator.control.allowIps(SERVICE, ['10.1.2.3']);
    expect((await payout(simulator, 'A')).of('result')).toBe('ERROR: access denied');
    await simulator.control.allowIps(SERVICE, ['127.0.0.1']);
    expect((await payout(simulator, 'A')).of('result')).toBe('OK');
  });

  test('JSON is no form', async () => {
    const { baseUrl } = await simulate();
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    expect(await (await fetch(`${baseUrl}/partner/${SERVICE}/payout`, init)).text()).toContain(
      'invalid hash',
    );
    expect((await fetch(`${baseUrl}/partner/${SERVICE}/nothing`, { method: 'POST' })).status).toBe(404);
  });
});

describe('payout', () => {
  test('is answered as the document prints it', async () => {
    const simulator = await simulate();
    const { text, type } = await payout(simulator, ID);
    expect(text).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<response><id>${ID}</id><result>OK</result></response>`,
    );
    expect(type).toMatch(/^application\/xml/);
  });

  test.each([
    ['id', 'X'.repeat(21)],
    ['id', 'a-b'],
    ['id', ''],
    ['dt', '04.03.2025 05:06'],
    ['dt', '2025-13-04 05:06:07'],
    ['amount', '150'],
    ['amount', '150.0'],
    ['amount', '0.00'],
    ['amount', '-1.00'],
    ['amount', '1,00'],
    ['phone', '+622851280'],
    ['client', ''],
    ['client', 'DE-89'],
    ['receiver_fio', ''],
    ['receiver_country', 'lv'],
    ['receiver_zip', '1'],
    ['card_expire', '13/30'],
    ['card_holder', 'A 1'],
    ['detailsofpayment', 'x'.repeat(256)],
    ['whatever', '1'],
  ])('a bad %s is named: %s', async (name, value) => {
    const simulator = await simulate();
    const { of } = await payout(simulator, 'A', { [name]: value });
    expect(of('result')).toBe(`ERROR: invalid parameter ${name}`);
    expect((await simulator.control.ledger()).totals.operations).toBe(0);
  });

  test.each([
    [{ destination: '999' }, 'unknown destination'],
    [{ currency: 'USD' }, 'currency mismatch'],
    [{ amount: '1000.01' }, 'insufficient funds'],
    [{ client: '9876543210' }, 'insufficient funds'],
  ])('%j: %s', async (more, words) => {
    const simulator = await simulate();
    expect((await payout(simulator, 'A', more as unknown as Form)).of('result')).toBe(`ERROR: ${words}`);
    expect((await simulator.control.ledger()).totals.operations).toBe(0);
  });

  test('what a direction wants', async () => {
    const destinations = {
      '202': { currencies: ['EUR'], requiredFields: ['receiver_bic'], clientPattern: '^\\d+$' },
    };
    const simulator = await simulate({ destinations });
    expect((await payout(simulator, 'A')).of('result')).toBe('ERROR: invalid parameter receiver_bic');
    expect((await payout(simulator, 'A', { receiver_bic: 'X' })).of('result')).toBe('OK');
  });

  test('the same again is told how it stands, something else under its id is a duplicate', async () => {
    const simulator = await simulate({ timings: { paidMs: 600_000 } });
    expect((await payout(simulator, 'A', ending('00'))).of('result')).toBe('OK');
    expect((await payout(simulator, 'A', ending('00'))).of('result')).toBe('PROCESSING');
    expect((await payout(simulator, 'A', { ...ending('00'), amount: '151.00' })).of('result')).toBe(
      'ERROR: duplicate id',
    );
    await simulator.control.end('A', 'PAID');
    expect((await payout(simulator, 'A', ending('00'))).of('result')).toBe('PAID');
    expect(await simulator.control.operation('A')).toMatchObject({ bookings: 1, bookedMinor: 15_000 });
  });

  test.each([
    ['duplicate', 'ERROR: duplicate id', 1],
    ['executeAgain', 'OK', 2],
  ] as const)('existingId %s', async (existingId, result, bookings) => {
    const simulator = await simulate({ existingId });
    await payout(simulator, 'A');
    expect((await payout(simulator, 'A')).of('result')).toBe(result);
    expect(await simulator.control.operation('A')).toMatchObject({ bookings });
    const { totals } = await simulator.control.ledger();
    expect(totals.bookedTwice).toBe(bookings - 1);
  });

  test('ids belong to their service', async () => {
    const services = { [SERVICE]: { secretKey: 'k3yEXAMPLEnotreal' }, '7': { secretKey: 'seven' } };
    const simulator = await simulate({ services });
    await payout(simulator, 'A');
    const other = await post(
      simulator,
      'payout',
      { id: 'A', ...PAYOUT, amount: '1.00' },
      { service: '7', key: 'seven' },
    );
    expect(other.of('result')).toBe('OK');
    await expect(simulator.control.operation('A')).rejects.toThrow('Several services');
    expect(await simulator.control.operation('A', '7')).toMatchObject({ minor: 100 });
  });
});

describe('scenarios (§11)', () => {
  test.each([
    ['00', 'OK', 'PAID', 1],
    ['01', 'OK', 'NOT_PAID', 0],
    ['02', 'OK', 'PROCESSING', 0],
    ['03', 'OK', 'PAID', 1],
    ['04', undefined, 'PAID', 1],
    ['05', 'reset', 'NOT FOUND', 0],
    ['08', 'OK', 'PAID', 1],
    ['11', undefined, 'PAID', 1],
    ['12', 'OK', 'PAID', 1],
  ] as const)('%s', async (digits, answered, ends, bookings) => {
    const simulator = await simulate();
    const answer = await payout(simulator, 'A', ending(digits)).catch(() => undefined);
    expect(answer === undefined ? 'reset' : answer.of('result')).toBe(answered);
    if (digits === '04') expect(answer?.status).toBe(500);
    await expect.poll(async () => (await check(simulator, 'A')).of('result')).toBe(ends);
    expect((await simulator.control.ledger()).totals).toMatchObject({
      bookings,
      bookedMinor: bookings * 15_000,
    });
    const left = bookings === 1 || ends === 'PROCESSING' ? '850.00' : '1000.00';
    expect((await post(simulator, 'balance', { dt: PAYOUT.dt })).of('balance')).toBe(left);
  });

  test('08, at first: not found, although it is there', async () => {
    const simulator = await simulate({ timings: { notFoundMs: 600_000 } });
    expect((await payout(simulator, 'A', ending('08'))).of('result')).toBe('OK');
    expect((await check(simulator, 'A')).of('result')).toBe('NOT FOUND');
    expect(await simulator.control.operation('A')).toBeDefined();
  });
});

describe('check', () => {
  test('tells the reason, and wants what the payout had', async () => {
    const simulator = await simulate({ timings: { paidMs: 0 } });
    await payout(simulator, 'A', ending('01'));
    expect((await check(simulator, 'A')).of('error')).toBe('recipient account is closed');
    expect((await check(simulator, 'A', { amount: '151.00' })).of('result')).toBe(
      'ERROR: invalid parameter amount',
    );
    expect((await check(simulator, 'A', { destination: '3' })).of('result')).toBe(
      'ERROR: invalid parameter destination',
    );
    expect((await check(simulator, 'A', { more: '1' })).of('result')).toBe('ERROR: invalid parameter more');
    expect((await check(simulator, 'B')).of('result')).toBe('NOT FOUND');
  });
});

describe('lists', () => {
  test('movements: out at the payout, back at a decline, and a top-up', async () => {
    const simulator = await simulate({ timings: { paidMs: 0 } });
    await payout(simulator, 'A');
    await payout(simulator, 'B', ending('01'));
    await simulator.control.topUp(SERVICE, 5_000);
    const { text } = await post(simulator, 'balance_statement', span());
    const rows = [...text.matchAll(/id="(\d+)"[^>]* type="(\w+)"><sum>([\d.]+)<\/sum><comment>([^<]*)</g)];
    expect(rows.map(([, , ...row]) => row)).toEqual([
      ['OUT', '150.00', 'payout A'],
      ['OUT', '150.00', 'payout B'],
      ['IN', '150.00', 'return of payout B'],
      ['IN', '50.00', 'top-up'],
    ]);
    expect(new Set(rows.map(([, id]) => id)).size).toBe(4);
    expect((await post(simulator, 'balance', { dt: PAYOUT.dt })).of('balance')).toBe('900.00');
    const before = { dt_start: '01.03.2025 00:00', dt_end: '02.03.2025 00:00' };
    expect((await post(simulator, 'balance_statement', before)).text).toContain('<response></response>');
    const odd = await post(simulator, 'balance_statement', { ...span(), dt_end: span()['dt_start'] ?? '' });
    expect(odd.of('result')).toBe('ERROR: invalid parameter dt_end');
  });

  test('the registry in three forms, without a whole account number', async () => {
    const simulator = await simulate({ timings: { paidMs: 0 } });
    await payout(simulator, 'A');
    await payout(simulator, 'B', ending('01'));
    const of = (type: string) => registry(simulator, { ...span(), type, service_id: SERVICE });
    const csv = await of('csv');
    const lines = csv.text.trim().split('\n');
    expect(lines[0]).toBe('id,created,processed,amount,currency,destination,client,status,error,fee');
    expect(lines[1]).toMatch(/^A,[\d-]+ [\d:]+,[\d-]+ [\d:]+,150\.00,EUR,202,987\*\*\*3212,PAID,,0\.00$/);
    expect(lines[2]).toMatch(/,NOT_PAID,recipient account is closed,0\.00$/);
    expect(JSON.parse((await of('json')).text)).toMatchObject([{ id: 'A' }, { id: 'B', status: 'NOT_PAID' }]);
    expect((await of('xml')).text).toMatch(/<response><operation id="A" .*status="PAID"/);
    expect(csv.text).not.toContain('9876543212');
    expect((await of('pdf')).of('result')).toBe('ERROR: invalid parameter type');
    expect((await registry(simulator, { ...span(), service_id: SERVICE }, '/reestr/csv')).status).toBe(404);
  });
});
