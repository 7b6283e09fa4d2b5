import { describe, expect, test } from 'vitest';
import type { All2paySimulator } from '../../../simulators/index.js';
import { CARD, cardStarting, perform, register, simulate, status } from './support.js';

async function pageOf(simulator: All2paySimulator, amount?: number, more: object = {}): Promise<string> {
  const answer = await register(simulator, 'PG-1', amount, more);
  expect(answer.body).toMatchObject({ errorCode: '0', orderNumber: 'PG-1' });
  expect(new URL(String(answer.body['formUrl'])).searchParams.get('mdOrder')).toBe(answer.body['orderId']);
  return String(answer.body['formUrl']);
}

async function submit(formUrl: string, fields: Record<string, string>) {
  const answer = await fetch(formUrl, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
}

const pay = (formUrl: string, pan = CARD) => submit(formUrl, { pan, action: 'pay' });

describe('the hosted page', () => {
  test('takes a card, pays once and sends the browser back', async () => {
    const simulator = await simulate();
    const formUrl = await pageOf(simulator, 250_000, { language: 'EN', description: '<b>Winnings</b>' });
    expect(new URL(formUrl).pathname).toBe('/payment/merchants/acme-api/payment_en.html');
    expect((await status(simulator, 'PG-1')).body['orderStatus']).toBe('0');

    const shown = await fetch(formUrl);
    const html = await shown.text();
    expect(shown.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(html).toContain('<form method="post"');
    expect(html).toContain('2\u00a0500.00\u00a0\u20bd');
    expect(html).toContain('&#60;b&#62;Winnings');
    expect(html).not.toContain('<b>');
    expect((await simulator.control.order('PG-1'))?.bookings).toBe(0);

    const orderId = new URL(formUrl).searchParams.get('mdOrder') ?? '';
    const back = `https://shop.example/ok?o=1&orderId=${orderId}&lang=en`;
    expect(await pay(formUrl, '2200 0000 0000 0004')).toMatchObject({ status: 303, location: back });
    expect((await status(simulator, 'PG-1')).body).toMatchObject({
      orderStatus: '2',
      target: { maskedPan: '2200XXXXXXXX0004' },
    });
    // A second click
    expect(await pay(formUrl)).toMatchObject({ status: 303, location: back });
    expect(await (await fetch(formUrl)).text()).toContain('The payout has been sent.');
    expect(await simulator.control.order('PG-1')).toMatchObject({
      bookings: 1,
      bookedAmount: 250_000,
      formUrl,
    });
  });

  test('shows what is wrong with a card, never the card, and lets the person try again', async () => {
    const simulator = await simulate();
    const formUrl = await pageOf(simulator);
    for (const pan of ['2200000000000005', '', '<script>', cardStarting('999999'), cardStarting('400000')]) {
      const shown = await pay(formUrl, pan);
      expect(shown.status).toBe(422);
      expect(shown.html).toContain('role="alert"');
      if (pan) expect(shown.html).not.toContain(pan);
    }
    expect((await status(simulator, 'PG-1')).body['orderStatus']).toBe('0');
    expect((await pay(formUrl)).status).toBe(303);
  });

  test('Cancel and a decline end at the fail URL, or at the return URL without one', async () => {
    const cancelled = await simulate();
    const { location } = await submit(await pageOf(cancelled), { action: 'cancel' });
    expect(location).toMatch(/^https:\/\/shop\.example\/fail\?orderId=[^&]+&lang=en$/);
    expect((await status(cancelled, 'PG-1')).body).toMatchObject({ orderStatus: '6', actionCode: -100 });

    const declined = await simulate();
    const urls = { returnUrl: 'https://shop.example/back?#part' };
    const formUrl = await pageOf(declined, 10_116, { urls });
    expect((await pay(formUrl)).location).toMatch(
      /^https:\/\/shop\.example\/back\?orderId=[^&]+&lang=en#part$/,
    );
    expect((await status(declined, 'PG-1')).body).toMatchObject({ orderStatus: '6', actionCode: 116 });
    expect((await declined.control.order('PG-1'))?.bookings).toBe(0);
  });

  test('expires with its session, and then pays nobody', async () => {
    const patient = await simulate({ timings: { sessionSecondMs: 1_000 } });
    expect((await fetch(await pageOf(patient, 10_000, { sessionTimeoutSecs: 100 }))).status).toBe(200);
    const simulator = await simulate({ timings: { sessionSecondMs: 1 } });
    const formUrl = await pageOf(simulator, 10_000, { sessionTimeoutSecs: 100 });
    await expect.poll(async () => (await simulator.control.order('PG-1'))?.status).toBe('6');
    expect((await status(simulator, 'PG-1')).body).toMatchObject({ orderStatus: '6', actionCode: -2007 });
    const shown = await fetch(formUrl);
    expect([shown.status, await shown.text()]).toEqual([
      410,
      expect.stringContaining('This page has expired.'),
    ]);
    expect((await pay(formUrl)).status).toBe(410);
    expect((await simulator.control.order('PG-1'))?.bookings).toBe(0);
  });

  test('speaks Russian and knows only its own addresses', async () => {
    const simulator = await simulate();
    const formUrl = await pageOf(simulator, 10_000, { language: 'ru' });
    expect(await (await fetch(formUrl)).text()).toContain('Номер карты');
    for (const [from, to] of [
      ['acme-api', 'other'],
      ['payment_ru', 'index'],
      ['mdOrder=', 'mdOrder=x'],
    ] as const) {
      expect((await fetch(formUrl.replace(from, to))).status).toBe(404);
    }
    await perform(simulator, 'direct');
    const orderId = (await simulator.control.order('direct'))?.orderId ?? '';
    expect((await fetch(formUrl.replace(/mdOrder=.*/, `mdOrder=${orderId}`))).status).toBe(404);
  });

  test('breaks when the amount says so: the browser does not come back, the money may have moved', async () => {
    const simulator = await simulate({ timings: { pendingMs: 600_000 } });
    expect((await pay(await pageOf(simulator, 10_500))).status).toBe(500);
    expect((await simulator.control.order('PG-1'))?.bookings).toBe(1);
    await simulator.control.reset();
    expect((await pay(await pageOf(simulator, 10_504))).status).toBe(504);
    expect((await simulator.control.order('PG-1'))?.bookings).toBe(1);
    await simulator.control.reset();
    expect((await pay(await pageOf(simulator, 10_501))).status).toBe(500);
    expect((await simulator.control.order('PG-1'))?.bookings).toBe(0);
    await simulator.control.reset();
    expect((await pay(await pageOf(simulator, 10_007))).status).toBe(303);
    expect((await status(simulator, 'PG-1')).body['orderStatus']).toBe('7');
    const quick = await simulate();
    expect((await pay(await pageOf(quick, 10_007))).status).toBe(303);
    await expect.poll(async () => (await quick.control.order('PG-1'))?.bookings).toBe(1);
  });
});

test('return parameters can be left out or others', async () => {
  const simulator = await simulate({ returnParams: ['orderNumber'] });
  expect((await pay(await pageOf(simulator))).location).toBe('https://shop.example/ok?o=1&orderNumber=PG-1');
});
