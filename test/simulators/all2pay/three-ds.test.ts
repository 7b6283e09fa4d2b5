import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { All2paySimulator, All2paySimulatorOptions } from '../../../simulators/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { CARD, perform, receiveCallbacks, register, simulate, status } from './support.js';

const SOURCE = { source: { bindingId: 'payer-card' } };
const AMOUNT = 10_003;

async function withSource(options: Partial<All2paySimulatorOptions> = {}): Promise<All2paySimulator> {
  const simulator = await simulate(options);
  const bindingId = SOURCE.source.bindingId;
  await simulator.control.bind({ bindingId, pan: CARD, clientId: 'payer', direction: 'source' });
  return simulator;
}

const challenge = async (simulator: All2paySimulator, orderNumber = 'A-1') =>
  (await perform(simulator, orderNumber, AMOUNT, SOURCE)).body as Record<string, string>;

const form = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers });

/** Presses a button of a bank's page, as a browser would. */
async function press(page: Response, PaRes: 'Y' | 'N', headers: Record<string, string> = {}) {
  const html = await page.text();
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? '';
  const MD = /name="MD" value="([^"]+)"/.exec(html)?.[1] ?? '';
  return form(action, { MD, PaRes }, headers);
}

describe('a payout from a payer\u2019s card', () => {
  test('needs no 3DS unless the amount says so, and takes nothing from the transit account', async () => {
    const simulator = await withSource({ transitBalanceMinor: 5_000 });
    const paid = await perform(simulator, 'A-1', 10_000, SOURCE);
    expect(paid.body).toMatchObject({
      orderStatus: '2',
      source: { bindingId: 'payer-card', maskedPan: '2200XXXXXXXX0004' },
      operationList: [{ operationType: 'P2P_DEBIT' }, { operationType: 'P2P_CREDIT' }],
    });
    expect((await perform(simulator, 'A-2', 5_000)).body['orderStatus']).toBe('2');
    expect(await simulator.control.order('A-1')).toMatchObject({
      sourceBindingId: 'payer-card',
      bookings: 1,
    });
  });

  test('to a phone is row 14; with a dead card row 28, for ever', async () => {
    const simulator = await withSource();
    const sbp = { phone: '79160001122', bankId: '100000000999', lastName: 'Сидоров', firstName: 'Олег' };
    const refused = await perform(simulator, 'A-1', 10_000, { ...SOURCE, target: sbp });
    expect([refused.status, refused.body['errorCode']]).toEqual([400, '98']);
    await simulator.control.kill('payer-card');
    expect((await perform(simulator, 'A-2', 10_000, SOURCE)).body['errorMessage']).toMatch(/^Unable to get/);
    expect((await status(simulator, 'A-2')).body['errorMessage']).toMatch(/is not registered in the gateway/);
  });
});

describe('a challenge', () => {
  test('by shortUrl: nothing is booked until the person approves', async () => {
    const { url, received } = await receiveCallbacks();
    const simulator = await withSource({ callbacks: { url } });
    const asked = await challenge(simulator);
    expect(asked).toMatchObject({ errorCode: '0', orderNumber: 'A-1', is3DSVer2: false });
    expect(asked).not.toHaveProperty('orderStatus');
    expect(asked['termUrl']).toBe(`${simulator.baseUrl}/finish3DSv2.do`);
    expect((await status(simulator, 'A-1')).body).toMatchObject({ errorCode: '0', orderStatus: '5' });
    expect(await simulator.control.order('A-1')).toMatchObject({ status: '5', bookings: 0 });

    const finished = await press(await fetch(asked['shortUrl'] ?? ''), 'Y');
    expect(await finished.json()).toMatchObject({ errorCode: '0', orderNumber: 'A-1', orderStatus: '2' });
    expect((await status(simulator, 'A-1')).body['orderStatus']).toBe('2');
    expect(await simulator.control.order('A-1')).toMatchObject({ bookings: 1 });
    await expect.poll(() => received.map(({ params }) => params['status'])).toEqual(['1']);
  });

  test('declined, then answered again: the first answer counts', async () => {
    const simulator = await withSource();
    const { mdOrder = '' } = await challenge(simulator);
    const finish = `${simulator.baseUrl}/finish3DSv2.do`;
    const declined = await fetch(`${finish}?mdOrder=${mdOrder}&PaReq=N`);
    expect(await declined.json()).toMatchObject({ orderStatus: '6' });
    expect(await (await form(finish, { MD: mdOrder, PaRes: 'Y' })).json()).toMatchObject({
      orderStatus: '6',
    });
    expect((await status(simulator, 'A-1')).body).toMatchObject({ orderStatus: '6', actionCode: -2006 });
    expect(await simulator.control.order('A-1')).toMatchObject({ bookings: 0 });
    expect((await form(finish, { MD: 'unknown', PaRes: 'Y' })).status).toBe(400);
    expect((await form(finish, { MD: mdOrder })).status).toBe(400);
  });

  test('by the classic form: exactly these three fields', async () => {
    const simulator = await withSource({ threeDs: 'classic', challengeStatus: '5' });
    const { acsUrl = '', paReq, mdOrder, termUrl, ...rest } = await challenge(simulator);
    expect(rest).toMatchObject({ orderStatus: '5' });
    expect(rest).not.toHaveProperty('shortUrl');
    const fields = { MD: String(mdOrder), PaReq: String(paReq), TermUrl: String(termUrl) };
    expect(fields.PaReq).toBe('white page');
    expect((await form(acsUrl, { ...fields, TermUrl: 'https://evil.example/' })).status).toBe(400);
    expect((await form(acsUrl, { MD: fields.MD, paReq: fields.PaReq, TermUrl: fields.TermUrl })).status).toBe(
      400,
    );
    const page = await form(acsUrl, fields);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(await (await press(page, 'Y')).json()).toMatchObject({ orderStatus: '2' });
    expect((await form(acsUrl, fields)).status).toBe(410);
  });

  test('by creq', async () => {
    const simulator = await withSource({ threeDs: 'creq', is3DSVer2: true });
    const { acsUrl = '', packedCReq = '', ...rest } = await challenge(simulator);
    expect(rest).toMatchObject({ is3DSVer2: true });
    for (const name of ['shortUrl', 'paReq', 'termUrl']) expect(rest).not.toHaveProperty(name);
    expect((await form(acsUrl, { creq: 'nonsense' })).status).toBe(400);
    expect(await (await press(await form(acsUrl, { creq: packedCReq }), 'Y')).json()).toMatchObject({
      orderStatus: '2',
    });
  });

  test('unsupported: row 27, and no challenge without a source', async () => {
    const simulator = await withSource({ threeDs: 'unsupported' });
    for (const more of [SOURCE, {}]) {
      const orderNumber = `A-${Object.keys(more).length}`;
      const refused = await perform(simulator, orderNumber, AMOUNT, more);
      expect(refused.body['errorMessage']).toMatch(/^3DS authorization was requested/);
      expect((await status(simulator, orderNumber)).body['orderStatus']).toBe('6');
    }
  });

  test('nobody answers: declined after a while, or never', async () => {
    const simulator = await withSource({
      timings: { threeDsMs: 60 },
      logins: { 'b-api': { password: 'b', variant: { challengeExpiry: 'never' } } },
    });
    const { shortUrl = '' } = await challenge(simulator);
    await perform(simulator, 'A-2', AMOUNT, { ...SOURCE, userName: 'b-api', password: 'b' });
    await expect.poll(async () => (await simulator.control.order('A-1'))?.status).toBe('6');
    expect((await status(simulator, 'A-1')).body).toMatchObject({ actionCode: -2007 });
    expect((await fetch(shortUrl)).status).toBe(410);
    expect((await simulator.control.order('A-2'))?.status).toBe('5');
  });

  test('a browser is sent back where the login said; a page order to its return URL', async () => {
    const returnUrl = 'https://shop.example/3ds/{orderNumber}';
    const simulator = await withSource({ returnUrl });
    const browser = { accept: 'text/html,application/xhtml+xml' };
    const { shortUrl = '', orderId } = await challenge(simulator);
    const back = await press(await fetch(shortUrl), 'Y', browser);
    expect([back.status, back.headers.get('location')]).toEqual([
      303,
      `https://shop.example/3ds/A-1?orderId=${orderId}&lang=en`,
    ]);

    const { formUrl } = (await register(simulator, 'A-2', AMOUNT, SOURCE)).body;
    const typed = await form(String(formUrl), { pan: CARD, action: 'pay' });
    const bank = typed.headers.get('location') ?? '';
    expect(bank).toContain('/sim/acs?orderId=');
    const refused = await press(await fetch(bank), 'N', browser);
    expect(refused.headers.get('location')).toMatch(/^https:\/\/shop\.example\/fail\?orderId=/);
    expect((await status(simulator, 'A-2')).body['orderStatus']).toBe('6');
  });

  test('survives the process', async () => {
    const ledgerFile = join(tempDir(), 'ledger.jsonl');
    const before = await withSource({ ledgerFile });
    await challenge(before);
    await challenge(before, 'A-2');
    await before.close();
    const after = await simulate({ ledgerFile, timings: { threeDsMs: 60 } });
    expect((await status(after, 'A-1')).body['orderStatus']).toBe('5');
    await after.control.answerChallenge('A-1', true);
    await after.control.answerChallenge('A-2', false);
    expect(await after.control.order('A-1')).toMatchObject({ status: '2', bookings: 1 });
    expect(await after.control.order('A-2')).toMatchObject({ status: '6', bookings: 0 });
    await expect(after.control.answerChallenge('A-3', true)).rejects.toThrow(/knows no order/);
  });

  test('a repeated request gets the challenge again where answers are stored', async () => {
    const simulator = await withSource({ duplicateOrder: 'replayStored' });
    expect(await challenge(simulator)).toEqual(await challenge(simulator));
  });
});
