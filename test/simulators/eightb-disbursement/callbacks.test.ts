import { describe, expect, test } from 'vitest';
import { ending, hashOf, KEY, md5, payout, PAYOUT, post, receiveCallbacks, simulate } from './support.js';

const results = (received: readonly { form: Record<string, string> }[], id?: string) =>
  received.filter(({ form }) => id === undefined || form['id'] === id).map(({ form }) => form['result']);

describe('what a callback is', () => {
  test('a signed form: 1 paid, 0 not paid with the reason', async () => {
    const { url, received } = await receiveCallbacks();
    const simulator = await simulate({ callbackUrl: url, timings: { paidMs: 0 } });
    await payout(simulator, 'A');
    await payout(simulator, 'B', ending('01'));
    await expect.poll(() => received.length).toBe(2);
    const of = (id: string) => received.find(({ form }) => form['id'] === id)?.form ?? {};
    expect(of('A')).toMatchObject({ id: 'A', amount: '150.00', result: '1', error: '', destination: '202' });
    expect(of('B')).toMatchObject({ id: 'B', result: '0', error: 'recipient account is closed' });
    for (const form of [of('A'), of('B')]) expect(form['hash']).toBe(hashOf('callback', form));
    expect(received[0]?.type).toBe('application/x-www-form-urlencoded');
    await expect.poll(async () => (await simulator.control.operation('A'))?.callback).toBe('delivered');
  });

  test('the vector of the document', () => {
    const form = {
      id: 'PX7K2M9QH4T6W8Z1C5D0',
      dt: '2025-03-04 05:08:00',
      amount: '150.00',
      result: '1',
      destination: '202',
    };
    expect(hashOf('callback', form)).toBe('ee19caebc8ed276f2e8c744b4692df31');
    expect(md5(`${KEY}`)).not.toBe(hashOf('callback', form));
  });
});

describe('repetition (§5.7)', () => {
  test('until it is acknowledged, in the gaps of the table, the last of which repeats', async () => {
    const { url, received } = await receiveCallbacks([
      ...[{ status: 500 }, { body: 'ok' }, { status: 403, body: '' }, { body: 'OK\n' }],
    ]);
    const simulator = await simulate({ callbackUrl: url });
    await payout(simulator, 'A');
    await expect.poll(() => received.length).toBe(5);
    const gaps = received.slice(1).map(({ at }, place) => at - (received[place]?.at ?? 0));
    expect(gaps[0]).toBeGreaterThanOrEqual(18);
    for (const gap of gaps.slice(1)) expect(gap).toBeGreaterThanOrEqual(38);
    await expect.poll(async () => (await simulator.control.operation('A'))?.callback).toBe('delivered');
    // All the same message.
    expect(new Set(received.map(({ form }) => form['hash'])).size).toBe(1);
  });

  test('ERROR stops it for good', async () => {
    const { url, received } = await receiveCallbacks([{ body: 'ERROR' }]);
    const simulator = await simulate({ callbackUrl: url });
    await payout(simulator, 'A');
    await expect.poll(async () => (await simulator.control.operation('A'))?.callback).toBe('stopped');
    expect(received).toHaveLength(1);
  });

  test('it is given up after its time', async () => {
    const { url } = await receiveCallbacks(Array.from({ length: 50 }, () => ({ status: 500 })));
    const simulator = await simulate({
      callbackUrl: url,
      timings: { callbackGapsMs: [20], callbackGiveUpMs: 90 },
    });
    await payout(simulator, 'A');
    await expect.poll(async () => (await simulator.control.operation('A'))?.callback).toBe('given_up');
  });

  test('nobody there', async () => {
    const simulator = await simulate({
      callbackUrl: 'http://127.0.0.1:9/x',
      timings: { callbackGapsMs: [5], callbackGiveUpMs: 20 },
    });
    await payout(simulator, 'A');
    await expect.poll(async () => (await simulator.control.operation('A'))?.callback).toBe('given_up');
  });

  test('each dated anew, and acknowledged in JSON', async () => {
    const { url, received } = await receiveCallbacks([{ body: 'OK' }, { body: '{"status":"received"}' }]);
    const simulator = await simulate({ callbackUrl: url, ack: 'json', callbackDt: 'sending' });
    await payout(simulator, 'A');
    await expect.poll(async () => (await simulator.control.operation('A'))?.callback).toBe('delivered');
    expect(received).toHaveLength(2);
  });
});

describe('scenarios (§11)', () => {
  test.each([
    ['03', []],
    ['06', ['forged', '1']],
    ['07', ['1', '1', '1']],
    ['09', ['0']],
    ['12', ['1']],
  ])('%s', async (digits, expected) => {
    const { url, received } = await receiveCallbacks();
    const simulator = await simulate({ callbackUrl: url, timings: { paidMs: 0 } });
    await payout(simulator, 'A', ending(digits));
    const seen = () =>
      received.map(({ form }) => (form['hash'] === hashOf('callback', form) ? form['result'] : 'forged'));
    await expect.poll(seen).toEqual(expected);
    expect(await simulator.control.operation('A')).toMatchObject({ status: 'PAID', bookings: 1 });
  });
});

describe('faults', () => {
  test('suppressed, late, doubled, forged, contradicting, out of order, of another amount', async () => {
    const { url, received } = await receiveCallbacks();
    const simulator = await simulate({ callbackUrl: url });
    await simulator.control.topUp('1042', 100_000);
    const kinds = ['suppress', 'delay', 'double', 'forge', 'contradict', 'out_of_order'] as const;
    await simulator.control.inject(
      ...kinds.map((kind) => ({ kind: `callback_${kind}` as const, id: kind.replaceAll('_', ''), ms: 60 })),
      { kind: 'callback_other_amount', id: 'amount', amount: '1.00' },
    );
    for (const id of [...kinds.map((kind) => kind.replaceAll('_', '')), 'amount'])
      await payout(simulator, id);
    await expect.poll(() => received.length).toBe(8);
    expect(results(received, 'suppress')).toEqual([]);
    expect(results(received, 'double')).toEqual(['1', '1']);
    expect(results(received, 'contradict')).toEqual(['0']);
    const of = (id: string) => received.filter(({ form }) => form['id'] === id).map(({ form }) => form);
    for (const form of of('forge')) expect(form['hash']).not.toBe(hashOf('callback', form));
    const [first, second] = of('outoforder');
    expect((second?.['dt'] ?? '') < (first?.['dt'] ?? '')).toBe(true);
    expect(of('amount')[0]).toMatchObject({ amount: '1.00' });
    for (const form of [...of('amount'), ...of('outoforder')])
      expect(form['hash']).toBe(hashOf('callback', form));
  });

  test('early: before the answer of the payout has left', async () => {
    const { url, received } = await receiveCallbacks();
    const simulator = await simulate({ callbackUrl: url });
    await simulator.control.inject({ kind: 'callback_early', id: 'A' });
    await payout(simulator, 'A', ending('00'));
    expect(results(received)).toEqual(['1']);
  });
});

describe('on demand', () => {
  test('notify: again for what has ended, nothing for what has not', async () => {
    const { url, received } = await receiveCallbacks();
    const simulator = await simulate({ callbackUrl: url });
    const { dt } = PAYOUT;
    const notify = async (id: string) => (await post(simulator, 'notify', { id, dt })).of('result');
    await payout(simulator, 'A');
    await payout(simulator, 'B', ending('02'));
    await expect.poll(() => received.length).toBe(1);
    expect(await notify('A')).toBe('OK');
    expect(await notify('B')).toBe('ERROR: not final');
    expect(await notify('C')).toBe('ERROR: invalid parameter id');
    await expect.poll(() => results(received)).toEqual(['1', '1']);
  });

  test('by the control: true, twisted, stray, after an end that was overturned', async () => {
    const { url, received } = await receiveCallbacks([{}, { status: 403, body: '' }]);
    const simulator = await simulate({ callbackUrl: url });
    await payout(simulator, 'A', ending('02'));
    await simulator.control.end('A', 'NOT_PAID');
    await expect.poll(() => results(received)).toEqual(['0']);
    expect(await simulator.control.callback('A', { result: '1', forged: true })).toMatchObject({
      httpStatus: 403,
      body: '',
    });
    expect((await simulator.control.callback('A', { unsigned: true })).fields).not.toHaveProperty('hash');
    await simulator.control.end('A', 'PAID');
    await expect.poll(() => results(received).at(-1)).toBe('1');
    expect(await simulator.control.operation('A')).toMatchObject({ status: 'PAID', bookings: 1 });
    const stray = await simulator.control.strayCallback({ service: '1042', id: 'NOBODY' });
    expect(stray).toMatchObject({ httpStatus: 200, fields: { id: 'NOBODY', result: '1' } });
    await expect(simulator.control.callback('NOBODY')).rejects.toThrow('knows no operation');
  });
});
