import { describe, expect, it, vi } from 'vitest';
import type { EightbPaySimulatorOptions } from '../../../simulators/index.js';
import { operate, pay, receiveCallbacks, SHOP, sign, simulate } from './support.js';

async function shop(options: Partial<EightbPaySimulatorOptions> = {}, answers: string[] = []) {
  const { url, received } = await receiveCallbacks(answers);
  const simulator = await simulate({ callbackUrl: url, ...options });
  await pay(simulator, 'o');
  const told = () => received.map(({ document }) => String(document['status']));
  return { simulator, control: simulator.control, received, told };
}
const soon = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 5 });
/** Many turns of the event loop: whatever this process still has to tell itself is told, however slow it is. */
async function aWhile(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((done) => setTimeout(done, 2));
}

describe('callbacks', () => {
  it('tell every status of every transaction, signed', async () => {
    const { control, received, told } = await shop();
    control.pay('o', { cvv: '222' });
    control.pay('o', { cvv: '333' });
    await soon(() => expect(told().sort()).toEqual(['0', '99']));
    control.answerChallenge('o', true);
    await soon(() => expect(told()[2]).toBe('3'));
    for (const { data, sign: given } of received) expect(given).toBe(sign(data));
    expect(received[2]?.document).toMatchObject({
      reference: 'o',
      api_key: SHOP.apiKey,
      amount: '327.78',
      currency: 'USD',
    });
    await soon(() =>
      expect(new Set(control.callbacks('o').map(({ outcome }) => outcome))).toEqual(
        new Set(['acknowledged']),
      ),
    );
  });

  it('come again until OK, by the schedule', async () => {
    const { control, told } = await shop({ timings: { secondMs: 60_000 } }, ['ok', 'no', '']);
    control.pay('o');
    for (const [tries, secs] of [
      [1, 10],
      [2, 30],
      [3, 60],
    ] as const) {
      await soon(() => expect(control.callbacks()[0]?.tries).toBe(tries));
      await aWhile();
      control.advance((secs - 1) * 60_000);
      expect(told()).toHaveLength(tries);
      control.advance(60_000);
    }
    await soon(() => expect(control.callbacks()).toMatchObject([{ tries: 4, outcome: 'acknowledged' }]));
  });

  it('are given up after a day', async () => {
    const { control } = await shop(
      { timings: { secondMs: 0.0001 } },
      Array.from({ length: 40 }, () => 'no'),
    );
    control.pay('o');
    await soon(() => expect(control.callbacks()).toMatchObject([{ tries: 29, outcome: 'given_up' }]));
  });

  it('with HTTP 200 are enough where the variant says so', async () => {
    const { control } = await shop({ acknowledgement: 'status' }, ['no']);
    control.pay('o');
    await soon(() => expect(control.callbacks()).toMatchObject([{ tries: 1, outcome: 'acknowledged' }]));
  });
});

describe('faults', () => {
  it('lost', async () => {
    const { control, told } = await shop();
    control.inject({ kind: 'callback_lost', reference: 'o' });
    control.pay('o');
    await aWhile();
    expect(told()).toEqual([]);
    expect(control.callbacks()).toMatchObject([{ outcome: 'lost' }]);
  });

  it.each([
    ['callback_double', ['3', '3']],
    ['callback_contradict', ['99']],
    ['callback_out_of_order', ['3', '0']],
  ] as const)('%s', async (kind, expected) => {
    const { control, told } = await shop();
    control.inject({ kind });
    control.pay('o');
    await soon(() => expect(told()).toEqual(expected));
  });

  it('late', async () => {
    const { control, told } = await shop();
    control.inject({ kind: 'callback_delay', ms: 600_000 });
    control.pay('o');
    await aWhile();
    expect(told()).toEqual([]);
    control.advance(600_000);
    await soon(() => expect(told()).toEqual(['3']));
  });

  it('badly signed first, then well', async () => {
    const { control, received } = await shop();
    control.inject({ kind: 'callback_forge' });
    control.pay('o');
    await soon(() => expect(received).toHaveLength(2));
    const right = received.map(({ data, sign: given }) => given === sign(data));
    expect([...right].sort()).toEqual([false, true]);
  });

  it('before the answer', async () => {
    const { simulator, control, told } = await shop();
    control.pay('o', { cvv: '123' });
    await soon(() => expect(told()).toEqual(['3']));
    control.inject({ kind: 'callback_early', reference: 'o' });
    await operate(simulator, 'refund', control.order('o')?.transactions[0]?.id ?? '');
    expect(told()).toEqual(['3', '4']);
  });
});

it('sends one on demand, twisted as wished', async () => {
  const { control, received } = await shop();
  control.pay('o', { cvv: '222' });
  await soon(() => expect(received).toHaveLength(1));
  expect(await control.callback('o', { status: '3', set: { amount: '1.00', currency: null } })).toEqual({
    httpStatus: 200,
    body: 'OK',
  });
  expect(received[1]?.document).toMatchObject({ status: '3', amount: '1.00' });
  expect(received[1]?.document).not.toHaveProperty('currency');
  await control.callback('o', { forged: true });
  expect(received[2]?.sign).not.toBe(sign(received[2]?.data ?? ''));
  await control.strayCallback({ apiKey: SHOP.apiKey, reference: 'nobodys' });
  expect(received[3]?.document).toMatchObject({ reference: 'nobodys', status: expect.anything() as unknown });
});
