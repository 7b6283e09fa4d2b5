import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { All2paySimulator } from '../../../simulators/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { CARD, LOGIN, cardStarting, perform, post, receiveCallbacks, simulate, status } from './support.js';

const target = (simulator: All2paySimulator, orderNumber: string, more: object = {}) =>
  post(simulator, 'createTargetBindingId', { ...LOGIN, orderNumber, clientId: 'cust-9', pan: CARD, ...more });
const source = (simulator: All2paySimulator, orderNumber: string, more: object = {}) =>
  post(simulator, 'createSourceBindingId', {
    ...{ ...LOGIN, orderNumber, clientId: 'payer-1', pan: CARD, cvv: '123' },
    ...more,
  });
const FRICTIONLESS = cardStarting('220070');

describe('createTargetBindingId', () => {
  test('stores a recipient\u2019s card that can be paid to, by its owner alone', async () => {
    const simulator = await simulate({ logins: { 'b-api': { password: 'b' } } });
    const made = await target(simulator, 'B-1', {
      month: '09',
      year: '2031',
      cardholderName: 'OLEG SIDOROV',
    });
    expect(made.body).toMatchObject({
      ...{ errorCode: '0', orderNumber: 'B-1', clientId: 'cust-9', maskedPan: '2200XXXXXXXX0004' },
      orderType: 'createTargetBindingId',
    });
    const { bindingId } = made.body as { bindingId: string };
    const pay = (orderNumber: string, more: object = {}) =>
      perform(simulator, orderNumber, 10_000, {
        target: { bindingId },
        client: { clientId: 'cust-9' },
        ...more,
      });
    expect((await pay('P-1')).body['orderStatus']).toBe('2');
    expect((await pay('P-2', { userName: 'b-api', password: 'b' })).status).toBe(502);
    expect((await status(simulator, 'B-1')).body).toMatchObject({
      orderStatus: '2',
      bindingId,
      clientId: 'cust-9',
    });
    const byId = await post(simulator, 'getPayoutStatus', { ...LOGIN, orderId: made.body['orderId'] });
    expect(byId.body['orderNumber']).toBe('B-1');

    const { bindings, cardOrders, orders } = await simulator.control.ledger();
    expect(bindings).toEqual([
      {
        bindingId,
        clientId: 'cust-9',
        maskedPan: '220000XXXXXX0004',
        direction: 'target',
        login: 'acme-api',
        dead: false,
      },
    ]);
    expect(cardOrders).toMatchObject([{ orderNumber: 'B-1', state: 'active', bindingId }]);
    expect(orders.map(({ orderNumber }) => orderNumber).sort()).toEqual(['P-1', 'P-2']);

    await simulator.control.kill(bindingId);
    expect((await pay('P-3')).body['errorMessage']).toMatch(/^Unable to get card data/);
    await expect(simulator.control.kill('none')).rejects.toThrow(/No stored card/);
  });

  const refused: [object, number, RegExp][] = [
    [{ pan: undefined }, 400, /^\[pan\] is a required parameter$/],
    [{ clientId: undefined }, 400, /^\[clientId\] is a required parameter$/],
    [{ orderNumber: undefined }, 400, /^\[orderNumber\] is a required parameter$/],
    [{ pan: '2200000000000005' }, 400, /^\[pan\] does not match/],
    [{ clientId: 'x'.repeat(31) }, 400, /^\[clientId\] does not match/],
    [{ month: '13' }, 400, /^\[month\] does not match/],
    [{ year: '31st' }, 400, /^\[year\] does not match/],
    [{ cvv: '123' }, 400, /\[cvv\] is not set for method \[createTargetBindingId\]$/],
    [{ merchantLogin: 'acme' }, 400, /\[merchantLogin\] is not set/],
    [{ password: 'wrong' }, 401, /^Wrong password/],
  ];
  test.each(refused)('%j is refused without an order', async (wrong, httpStatus, message) => {
    const simulator = await simulate();
    const answer = await target(simulator, 'B-1', wrong);
    expect(answer.status).toBe(httpStatus);
    expect(answer.body['errorMessage']).toMatch(message);
    expect((await simulator.control.ledger()).cardOrders).toEqual([]);
    expect((await target(simulator, 'B-1')).body['errorCode']).toBe('0');
  });

  test('a card that the provider\u2019s tables refuse leaves row 16', async () => {
    const simulator = await simulate();
    expect((await target(simulator, 'B-1', { pan: cardStarting('999999') })).status).toBe(502);
    expect((await status(simulator, 'B-1')).body['errorMessage']).toMatch(/is not registered in the gateway/);
    expect((await simulator.control.card('B-1'))?.state).toBe('rejected');
  });

  test('shares its order numbers with payouts', async () => {
    const simulator = await simulate({ duplicateOrder: 'executeAgain' });
    await perform(simulator, 'N-1');
    await target(simulator, 'N-2');
    expect((await target(simulator, 'N-1')).body['errorMessage']).toMatch(/already processed/);
    expect((await perform(simulator, 'N-2')).body['errorMessage']).toMatch(/already processed/);
    expect((await simulator.control.order('N-1'))?.bookings).toBe(1);
  });

  test('a second request: refused, replayed or done again, with a new id or the same', async () => {
    const ids = async (simulator: All2paySimulator, second: string) => {
      const first = (await target(simulator, 'B-1')).body;
      return [first['bindingId'], (await target(simulator, second)).body['bindingId']];
    };
    const [, refusedId] = await ids(await simulate(), 'B-1');
    expect(refusedId).toBeUndefined();
    const [one, replayed] = await ids(await simulate({ duplicateOrder: 'replayStored' }), 'B-1');
    expect(replayed).toBe(one);
    const [two, fresh] = await ids(await simulate(), 'B-2');
    expect(fresh).not.toBe(two);
    const [three, same] = await ids(await simulate({ bindingDedup: 'same' }), 'B-2');
    expect(same).toBe(three);
  });
});

describe('createSourceBindingId', () => {
  test('asks for 3DS, and then the payer\u2019s card can be drawn from, by this login alone', async () => {
    const { url, received } = await receiveCallbacks();
    const simulator = await simulate({ callbacks: { url }, logins: { 'b-api': { password: 'b' } } });
    const asked = await source(simulator, 'B-1', { merchantLogin: 'acme' });
    expect(asked.body).toMatchObject({ errorCode: '0', orderNumber: 'B-1', is3DSVer2: false });
    expect(asked.body).not.toHaveProperty('bindingId');
    expect((await status(simulator, 'B-1')).body).toMatchObject({ orderStatus: '5' });
    expect((await simulator.control.card('B-1'))?.state).toBe('awaiting3ds');

    const finish = `${simulator.baseUrl}/finish3DSv2.do?MD=${String(asked.body['mdOrder'])}&PaRes=Y`;
    const second = (await (await fetch(finish)).json()) as Record<string, string>;
    expect(second).toMatchObject({
      ...{ errorCode: '0', orderNumber: 'B-1', merchantLogin: 'acme', clientId: 'payer-1' },
      orderType: 'createSourceBindingId',
    });
    const bindingId = second['bindingId'];
    expect((await status(simulator, 'B-1')).body).toMatchObject({ orderStatus: '2', bindingId });
    const draw = (orderNumber: string, more: object = {}) =>
      perform(simulator, orderNumber, 10_000, { source: { bindingId }, ...more });
    expect((await draw('P-1')).body['orderStatus']).toBe('2');
    expect((await draw('P-2', { userName: 'b-api', password: 'b' })).status).toBe(400);
    await expect
      .poll(() => received.map(({ params }) => params).find(({ orderNumber }) => orderNumber === 'B-1'))
      .toMatchObject({ operation: 'bindingCreated', status: '1', bindingId });
    expect((await simulator.control.card('B-1'))?.callback).toBe('delivered');
  });

  test('declined, given up, or without 3DS', async () => {
    const { url, received } = await receiveCallbacks();
    const simulator = await simulate({ callbacks: { url } });
    await source(simulator, 'B-1');
    await simulator.control.answerChallenge('B-1', false);
    const declined = (await status(simulator, 'B-1')).body;
    expect(declined).toMatchObject({ errorCode: '0', orderStatus: '6', actionCode: -2006 });
    expect(declined).not.toHaveProperty('bindingId');
    const impatient = await simulate({ callbacks: { url }, timings: { threeDsMs: 100 } });
    await source(impatient, 'B-2');
    await expect.poll(async () => (await impatient.control.card('B-2'))?.state).toBe('expired');
    expect((await status(impatient, 'B-2')).body).toMatchObject({ orderStatus: '6', actionCode: -2007 });
    const at = (await source(simulator, 'B-3', { pan: FRICTIONLESS })).body;
    expect([typeof at['bindingId'], at['acsUrl']]).toEqual(['string', undefined]);
    await expect.poll(() => received.map(({ params }) => params['status']).sort()).toEqual(['0', '0', '1']);
  });

  test('the CVV is mandatory, under one name', async () => {
    const simulator = await simulate({
      logins: { 'c-api': { password: 'c', variant: { cvvField: 'cvc' } } },
    });
    expect((await source(simulator, 'B-1', { cvv: undefined })).body['errorMessage']).toMatch(
      /^\[cvv\] is a required/,
    );
    expect((await source(simulator, 'B-1', { cvv: '12' })).body['errorMessage']).toMatch(
      /^\[cvv\] does not match/,
    );
    const asC = { userName: 'c-api', password: 'c' };
    expect((await source(simulator, 'B-1', asC)).body['errorMessage']).toMatch(/\[cvv\] is not set/);
    expect((await source(simulator, 'B-1', { ...asC, cvv: undefined, cvc: '123' })).body['errorCode']).toBe(
      '0',
    );
  });

  test('variants of the answers', async () => {
    const login = (variant: object) => ({
      password: 'x',
      variant: { frictionlessSourceBinding: true, ...variant },
    });
    const simulator = await simulate({
      logins: {
        nested: login({ bindingFields: 'nested', orderType: 'absent' }),
        hidden: login({ sourceBindingStatus: 'notFound', orderType: 'alwaysSource' }),
      },
    });
    const as = (userName: string) => ({ userName, password: 'x' });
    const ask = async (userName: string, orderNumber: string) =>
      (await post(simulator, 'getPayoutStatus', { ...as(userName), orderNumber })).body;
    const made = (await source(simulator, 'B-1', as('nested'))).body;
    expect(made).not.toHaveProperty('orderType');
    const asked = await ask('nested', 'B-1');
    expect([asked['bindingId'], asked['source']]).toEqual([
      undefined,
      expect.objectContaining({ bindingId: made['bindingId'] }),
    ]);
    await source(simulator, 'B-2', as('hidden'));
    expect((await ask('hidden', 'B-2'))['errorMessage']).toMatch(/^Order not found/);
    expect((await target(simulator, 'B-3', as('hidden'))).body['orderType']).toBe('createSourceBindingId');
    expect((await ask('hidden', 'B-3'))['orderStatus']).toBe('2');
  });
});

test('stored cards and challenges survive the process; card number and CVV are nowhere', async () => {
  const ledgerFile = join(tempDir(), 'ledger.jsonl');
  const before = await simulate({ ledgerFile });
  const { bindingId } = (await target(before, 'B-1')).body;
  await source(before, 'B-2', { cvv: '7391' });
  await before.close();
  const after = await simulate({ ledgerFile });
  await after.control.answerChallenge('B-2', true);
  const { bindings } = await after.control.ledger();
  expect(bindings.map(({ direction }) => direction)).toEqual(['target', 'source']);
  const paid = await perform(after, 'P-1', 10_000, { target: { bindingId }, client: { clientId: 'cust-9' } });
  expect(paid.body['orderStatus']).toBe('2');
  const written = readFileSync(ledgerFile, 'utf8');
  expect(written).not.toContain(CARD);
  expect(written).not.toMatch(/\b7391\b/);
});
