import { describe, expect, test } from 'vitest';
import { ALL2PAY_VARIANTS, VARIANT_DEFAULTS, type VariantChanges } from '../../../simulators/index.js';
import { stopClock } from '../../support/stop-clock.js';
import { CARD, LOGIN, TIMINGS, cardStarting, perform, post, register, simulate, status } from './support.js';

describe('the list of variants', () => {
  test('has unique names and switches only what there is, to something else', () => {
    const names = ALL2PAY_VARIANTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, words, key, patch, keys, checksum } of ALL2PAY_VARIANTS) {
      expect([name, words, key].every((text) => text.length > 0)).toBe(true);
      const changes = Object.entries(patch);
      expect(changes.length > 0 || keys !== undefined || checksum !== undefined).toBe(true);
      for (const [field, value] of changes) {
        expect(VARIANT_DEFAULTS).toHaveProperty(field);
        expect(VARIANT_DEFAULTS[field as keyof VariantChanges]).not.toEqual(value);
      }
    }
  });

  test('switches everything that has another variant', () => {
    const switched = new Set(ALL2PAY_VARIANTS.flatMap(({ patch }) => Object.keys(patch)));
    const numbersAndPrefixes = ['foreignPrefixes', 'frictionlessPrefixes'];
    const left = Object.keys(VARIANT_DEFAULTS).filter((field) => !switched.has(field));
    expect(left.sort()).toEqual(numbersAndPrefixes);
  });

  test('holds for one login of many', async () => {
    const logins = Object.fromEntries(
      ALL2PAY_VARIANTS.map(({ patch }, place) => [`v${place}`, { password: 'x', variant: patch }]),
    );
    const simulator = await simulate({ logins, feeMinor: 0 });
    for (const [place, { patch, name }] of ALL2PAY_VARIANTS.entries()) {
      const target = patch.panPath === undefined ? { pan: CARD } : { card: { pan: CARD } };
      const client = { name: 'Anna' };
      const asked = { userName: `v${place}`, password: 'x', target, client };
      const { body } = await perform(simulator, `V-${place}`, 10_000, asked);
      const tokenOnly = patch.cards === 'seTokenOnly';
      const said = body['orderStatus'];
      const paid = tokenOnly ? said === undefined : said === '2' || said === 2;
      expect([name, paid]).toEqual([name, true]);
    }
    expect((await perform(simulator, 'V-common')).body['orderStatus']).toBe('2');
  });
});

describe('how answers are written', () => {
  const differing = (variant: VariantChanges) => simulate(variant);

  test('types of amounts, currencies and statuses', async () => {
    const simulator = await differing({ amountAs: 'string', currencyAs: 'number', orderStatusAs: 'number' });
    const { body } = await perform(simulator, 'V-1');
    expect(body).toMatchObject({
      ...{ amount: '10050', fee: '0', currency: 643, orderStatus: 2 },
      operationList: [{ amount: '10050', currency: 643, resultCode: 0 }],
    });
    expect((await status(simulator, 'V-1')).body).toMatchObject({ amount: '10050', orderStatus: 2 });
  });

  test('without orderId, but registerPayout says it', async () => {
    const simulator = await differing({ orderIdInAnswers: false });
    expect((await perform(simulator, 'V-1')).body).not.toHaveProperty('orderId');
    expect((await status(simulator, 'V-1')).body).not.toHaveProperty('orderId');
    expect((await register(simulator, 'V-2')).body).toHaveProperty('orderId');
  });

  test('labelled as HTML', async () => {
    const { baseUrl } = await differing({ contentType: 'html' });
    const answer = await fetch(`${baseUrl}/keys.do`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await answer.json()).toHaveProperty('keys');
  });

  test.each([
    ['orderStatus', { orderNumber: 'V-1', orderStatus: '6' }],
    ['orderNumber', { orderNumber: 'V-1' }],
    ['bare', {}],
  ] as const)('errorEnvelope %s', async (errorEnvelope, more) => {
    const simulator = await differing({ errorEnvelope });
    const declined = await perform(simulator, 'V-1', 10_116);
    expect(declined.body).toEqual({ errorCode: '116', errorMessage: 'Insufficient funds', ...more });
  });

  test('row 32 with blanks', async () => {
    const simulator = await differing({ row32Blanks: 'plain' });
    const { body } = await perform(simulator, 'V-1', 10_000, { target: { pan: cardStarting('999999') } });
    expect(body['errorMessage']).toBe("Mrbin can't find this card");
  });
});

describe('how orders go', () => {
  const sbp = { phone: '79160001122', bankId: '100000000999', lastName: 'Сидоров', firstName: 'Олег' };

  test('SBP as -1, 0, 7 and then paid', async () => {
    const clock = stopClock();
    const simulator = await simulate({ sbpStatuses: 'async', timings: { sbpPendingMs: 3_000 } });
    const seen = [(await perform(simulator, 'V-1', 10_000, { target: sbp })).body['orderStatus']];
    for (let second = 1; second <= 3; second += 1) {
      clock.advance(1_000);
      seen.push((await status(simulator, 'V-1')).body['orderStatus']);
    }
    expect(seen).toEqual(['-1', '0', '7', '2']);
    expect(await simulator.control.order('V-1')).toMatchObject({ bookings: 1 });
  });

  const submit = async (formUrl: unknown, fields: Record<string, string>) => {
    const body = new URLSearchParams(fields);
    return (await fetch(String(formUrl), { method: 'POST', body, redirect: 'manual' })).status;
  };

  test('the page allows another try after a decline', async () => {
    const simulator = await simulate({ formRetries: true, timings: { sessionSecondMs: 1_000 } });
    const { formUrl } = (await register(simulator, 'V-1', 10_006)).body;
    expect(await submit(formUrl, { pan: CARD, action: 'pay' })).toBe(422);
    expect((await status(simulator, 'V-1')).body).toMatchObject({ orderStatus: '0', actionCode: 5 });
    expect(await submit(formUrl, { pan: CARD, action: 'pay' })).toBe(303);
    expect(await simulator.control.order('V-1')).toMatchObject({ status: '2', bookings: 1 });
  });

  test.each(['registered', 'rejected'] as const)(
    'a session that is over leaves the order %s',
    async (end) => {
      const simulator = await simulate({ sessionExpiry: end, timings: { sessionSecondMs: 1 } });
      const { formUrl } = (await register(simulator, 'V-1', 10_000, { sessionTimeoutSecs: 50 })).body;
      await new Promise((resolve) => setTimeout(resolve, 80));
      expect(await submit(formUrl, { pan: CARD, action: 'pay' })).not.toBe(303);
      const { body } = await status(simulator, 'V-1');
      if (end === 'registered') expect(body['orderStatus']).toBe('0');
      else expect(body['errorMessage']).toMatch(/is not registered in the gateway/);
      expect((await simulator.control.order('V-1'))?.bookings).toBe(0);
    },
  );

  test('order numbers and amounts may be narrower', async () => {
    const simulator = await simulate({ orderNumberPattern: '^[0-9]+$', minAmountMinor: 100 });
    expect((await perform(simulator, 'V-1')).body['errorMessage']).toMatch(/^\[orderNumber\] does not match/);
    expect((await perform(simulator, '1', 99)).body['errorMessage']).toMatch(/^\[amount\] does not match/);
    expect((await perform(simulator, '1', 100)).body['orderStatus']).toBe('2');
  });

  test('child merchants per login', async () => {
    const simulator = await simulate({
      logins: { 'b-api': { password: 'b', merchants: ['child-1'] } },
      merchants: ['acme'],
    });
    const asB = { userName: 'b-api', password: 'b' };
    expect((await perform(simulator, 'V-1', 10_000, { ...asB, merchantLogin: 'acme' })).status).toBe(500);
    expect((await perform(simulator, 'V-1', 10_000, { ...asB, merchantLogin: 'child-1' })).status).toBe(200);
    expect((await perform(simulator, 'V-2', 10_000, { merchantLogin: 'acme' })).status).toBe(200);
    expect((await simulator.control.order('V-1'))?.merchantLogin).toBe('child-1');
  });
});

describe('the balance, by an invented method', () => {
  const balance = async (simulator: Awaited<ReturnType<typeof simulate>>) =>
    (await post(simulator, 'sim-invented/getBalance', LOGIN)).body;

  test('is true to bookings, fees and what is pending', async () => {
    const clock = stopClock();
    const simulator = await simulate({ transitBalanceMinor: 100_000, feeMinor: 50 });
    await perform(simulator, 'B-1', 10_000);
    await perform(simulator, 'B-2', 20_006);
    const before = { currency: '643', available: 89_950, reserved: 0 };
    expect(await balance(simulator)).toEqual({ errorCode: '0', balances: [before] });
    await perform(simulator, 'B-3', 30_007);
    const during = { currency: '643', available: 59_943, reserved: 30_007 };
    expect((await balance(simulator))['balances']).toEqual([during]);
    expect((await perform(simulator, 'B-4', 60_000)).body['errorCode']).toBe('116');
    clock.advance(TIMINGS.pendingMs);
    expect((await status(simulator, 'B-3')).body['orderStatus']).toBe('2');
    const after = { currency: '643', available: 59_893, reserved: 0 };
    expect((await balance(simulator))['balances']).toEqual([after]);
  });

  test('a fee that is deducted is borne by the recipient', async () => {
    const simulator = await simulate({ transitBalanceMinor: 10_000, feeMinor: 50, feeMode: 'deducted' });
    const { body } = await perform(simulator, 'B-1', 10_000);
    expect(body).toMatchObject({ amount: 10_000, fee: 50, operationList: [{ amount: 9_950 }] });
    expect((await balance(simulator))['balances']).toMatchObject([{ available: 0 }]);
  });

  test('needs credentials, and can be taken away', async () => {
    const simulator = await simulate();
    const refused = await post(simulator, 'sim-invented/getBalance', { ...LOGIN, password: 'wrong' });
    expect(refused.status).toBe(401);
    const { baseUrl } = await simulate({ balancePath: null });
    expect((await fetch(`${baseUrl}/sim-invented/getBalance.do`, { method: 'POST' })).status).toBe(404);
  });
});
