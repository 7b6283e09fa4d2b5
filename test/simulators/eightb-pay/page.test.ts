import { describe, expect, it } from 'vitest';
import type { EightbPaySimulator } from '../../../simulators/index.js';
import { pay, simulate, statuses, submit, typed } from './support.js';

const open = async (simulator: EightbPaySimulator, more?: object, params?: object): Promise<string> =>
  String((await pay(simulator, 'o', more, params)).document['url']);
const OK = 'https://shop.example/ok';
const KO = 'https://shop.example/ko';

describe('the hosted page', () => {
  it('shows what is to be paid, escaped', async () => {
    const simulator = await simulate();
    const url = await open(simulator, { description: '<b>"x"' });
    const answer = await fetch(url);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await answer.text();
    expect(html).toContain('327.78 USD');
    expect(html).not.toContain('<b>');
  });

  it.each(['4111111111111111', '5555 5555 5555 5599'])('%s with 123 is paid at once', async (pan) => {
    const simulator = await simulate();
    expect(await submit(await open(simulator), typed('123', pan))).toMatchObject({ status: 302, to: OK });
    expect(simulator.control.order('o')).toMatchObject({ bookings: 1, bookedMinor: 32_778 });
    expect(JSON.stringify(simulator.control.orders())).not.toContain(pan.replaceAll(' ', ''));
  });

  it('222 fails, the payer tries again, and the second click pays nothing more', async () => {
    const simulator = await simulate();
    const url = await open(simulator);
    expect(await submit(url, typed('222'))).toMatchObject({ status: 422, to: undefined });
    expect(await submit(url, typed('123'))).toMatchObject({ to: OK });
    expect(await submit(url, typed('123'))).toMatchObject({ to: OK });
    expect(await statuses(simulator, 'o')).toEqual(['99', '3']);
    expect(simulator.control.order('o')?.bookings).toBe(1);
  });

  it('leads to failure_url only when the payer leaves', async () => {
    const simulator = await simulate();
    const url = await open(simulator);
    expect(await submit(url, { action: 'leave' })).toMatchObject({ status: 302, to: KO });
    expect(await statuses(simulator, 'o')).toEqual([]);
  });

  it.each([
    ['no test card', typed('123', '4000000000000002')],
    ['an unheard-of code', typed('999')],
    ['an old card', { ...typed('123'), expiry: '01/20' }],
    ['nothing', { action: 'pay' }],
  ])('%s is mistyped: no transaction', async (_what, fields) => {
    const simulator = await simulate();
    expect((await submit(await open(simulator), fields)).status).toBe(422);
    expect(await statuses(simulator, 'o')).toEqual([]);
  });

  it('888 is uncertain, then paid after 20 seconds', async () => {
    const simulator = await simulate({ timings: { secondMs: 60_000 } });
    const url = await open(simulator);
    expect((await submit(url, typed('888'))).status).toBe(200);
    expect(await statuses(simulator, 'o')).toEqual(['8']);
    expect(await submit(url, typed('123'))).toMatchObject({ to: OK });
    simulator.control.advance(1_200_000);
    expect(await statuses(simulator, 'o')).toEqual(['3']);
    expect(simulator.control.order('o')?.bookings).toBe(1);
  });

  it('000 stays until the order has expired', async () => {
    const simulator = await simulate();
    const url = await open(simulator);
    await submit(url, typed('000'));
    expect(await statuses(simulator, 'o')).toEqual(['0']);
    simulator.control.expire('o');
    expect(await statuses(simulator, 'o')).toEqual(['98']);
    expect((await submit(url, typed('123'))).status).toBe(410);
    expect((await fetch(url)).status).toBe(410);
  });

  it('is nobody’s elsewhere', async () => {
    const simulator = await simulate();
    expect((await fetch(`${simulator.baseUrl}/pay/306-0`)).status).toBe(404);
    expect((await submit(`${simulator.baseUrl}/pay/306-0`, typed('123'))).status).toBe(404);
  });

  it('speaks Ukrainian', async () => {
    const simulator = await simulate();
    expect(await (await fetch(await open(simulator, { lang: 'uk' }))).text()).toContain('Сплатити');
  });
});

describe('3-D Secure', () => {
  it('is asked for by 333, and pays when the payer confirms', async () => {
    const simulator = await simulate();
    const { to: acs = '' } = await submit(await open(simulator), typed('333'));
    expect(acs).toContain('/3ds/');
    expect(await statuses(simulator, 'o')).toEqual(['0']);
    expect(await (await fetch(acs)).text()).toContain('PaRes');
    expect(await submit(acs, { PaRes: 'Y' })).toMatchObject({ status: 302, to: OK });
    expect(await submit(acs, { PaRes: 'Y' })).toMatchObject({ to: OK });
    expect(simulator.control.order('o')?.bookings).toBe(1);
    expect((await fetch(acs)).status).toBe(410);
  });

  it('fails when the payer refuses, and the page is open again', async () => {
    const simulator = await simulate();
    const url = await open(simulator);
    const { to: acs = '' } = await submit(url, typed('333'));
    expect((await submit(acs, { PaRes: 'N' })).status).toBe(422);
    expect(await submit(url, typed('123'))).toMatchObject({ to: OK });
    expect(await statuses(simulator, 'o')).toEqual(['99', '3']);
  });

  it('expires with the order', async () => {
    const simulator = await simulate();
    const { to: acs = '' } = await submit(await open(simulator), typed('333'));
    simulator.control.expire('o');
    await submit(acs, { PaRes: 'Y' });
    expect(await statuses(simulator, 'o')).toEqual(['98']);
    expect(simulator.control.order('o')?.bookings).toBe(0);
  });

  it('of another order is nobody’s', async () => {
    const simulator = await simulate();
    const { to: acs = '' } = await submit(await open(simulator), typed('333'));
    const other = String((await pay(simulator, 'p')).document['url']);
    expect((await fetch(`${other}/3ds/${acs.split('/').at(-1)}`)).status).toBe(404);
  });

  it('cannot pay a second time what was paid meanwhile, but where that is possible', async () => {
    for (const [doubleCharge, bookings] of [
      ['prevented', 1],
      ['possible', 2],
    ] as const) {
      const simulator = await simulate({ doubleCharge });
      const url = await open(simulator);
      const { to: acs = '' } = await submit(url, typed('333'));
      await submit(url, typed('123'));
      await submit(acs, { PaRes: 'Y' });
      expect(simulator.control.order('o')?.bookings).toBe(bookings);
    }
  });
});

it('a card verification holds the money and lets it go', async () => {
  const simulator = await simulate({ timings: { secondMs: 60_000 } });
  await submit(await open(simulator, {}, { verification_flag: 1 }), typed('123'));
  expect(await statuses(simulator, 'o')).toEqual(['1']);
  simulator.control.advance(120_000);
  expect(await statuses(simulator, 'o')).toEqual(['2']);
  expect(simulator.control.order('o')).toMatchObject({ bookings: 0, heldMinor: 0 });
});
