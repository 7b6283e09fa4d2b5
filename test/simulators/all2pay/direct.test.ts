import { describe, expect, test } from 'vitest';
import type { RequestInfo } from '../../../simulators/index.js';
import { CARD, LOGIN, perform, post, simulate, status } from './support.js';

describe('a direct payout', () => {
  test('to a card is booked once and reported as the document shows', async () => {
    const simulator = await simulate();
    const client = { clientId: 'cust-9', name: 'Oleg Sidorov' };
    const paid = await perform(simulator, 'PO-1', 10_050, {
      client,
      jsonParams: { run: '2026-03' },
      language: 'en',
    });

    expect(paid.status).toBe(200);
    expect(paid.body).toMatchObject({
      errorCode: '0',
      amount: 10_050,
      fee: 0,
      currency: '643',
      orderNumber: 'PO-1',
      orderStatus: '2',
      orderParams: { run: '2026-03' },
      target: { maskedPan: '220000XXXXXX0004', clientId: 'cust-9' },
      operationList: [
        { operationType: 'P2P_CREDIT', amount: 10_050, resultCode: 0, pan: '220000XXXXXX0004' },
      ],
    });
    expect(paid.body['orderId']).toMatch(/^[0-9a-f-]{36}$/);
    expect(String(paid.body['creationDate'])).toMatch(/^\d{13}$/);

    const asked = await status(simulator, 'PO-1');
    expect(asked.body).toMatchObject({
      errorCode: '0',
      orderStatus: '2',
      actionCode: 0,
      target: { maskedPan: '2200XXXXXXXX0004' },
      operationList: [{ operationType: 'P2P_VERIFY' }, { operationType: 'P2P_CREDIT', resultCode: 0 }],
    });
    expect((asked.body['orderParams'] as Record<string, string>)['mdOrder_svip']).not.toBe(
      paid.body['orderId'],
    );
    const byId = await post(simulator, 'getPayoutStatus', { ...LOGIN, orderId: paid.body['orderId'] });
    expect(byId.body['orderNumber']).toBe('PO-1');

    expect(await simulator.control.order('PO-1')).toMatchObject({
      status: '2',
      bookings: 1,
      bookedAmount: 10_050,
    });
  });

  test('to a stored card needs the client it was stored for', async () => {
    const simulator = await simulate({ bindings: { 'bind-1': { pan: CARD, clientId: 'cust-9' } } });
    const made = await simulator.control.bind({ pan: CARD, clientId: 'cust-7' });
    const pay = (orderNumber: string, bindingId: string, clientId?: string) =>
      perform(simulator, orderNumber, 10_000, {
        target: { bindingId },
        ...(clientId && { client: { clientId } }),
      });

    expect((await pay('B-1', 'bind-1', 'cust-9')).body).toMatchObject({
      orderStatus: '2',
      target: { maskedPan: '220000XXXXXX0004', bindingId: 'bind-1' },
    });
    expect((await pay('B-2', made.bindingId, 'cust-7')).body['orderStatus']).toBe('2');
    expect((await pay('B-3', 'bind-1', 'cust-7')).body['errorMessage']).toMatch(/Unable to get card data/);
    expect((await pay('B-4', 'bind-1')).body['errorMessage']).toBe(
      '[client.clientId] is a required parameter',
    );
  });

  test('to a phone by SBP, at once or after a while', async () => {
    const sbp = { phone: '0079160001122', bankId: '100000000999', lastName: 'Сидоров', firstName: 'Олег' };
    const simulator = await simulate();
    const paid = await perform(simulator, 'S-1', 10_000, { target: sbp });
    expect(paid.body).toMatchObject({ orderStatus: '2', target: { maskedPhone: '7916XXX1122' } });

    const slow = await simulate({ timings: { sbpPendingMs: 200 } });
    expect((await perform(slow, 'S-2', 10_000, { target: sbp })).body['orderStatus']).toBe('7');
    await expect.poll(async () => (await status(slow, 'S-2')).body['orderStatus']).toBe('2');
    expect((await slow.control.order('S-2'))?.bookings).toBe(1);
  });

  test('with the card number where another reading of the document puts it', async () => {
    const simulator = await simulate({ panPath: 'target.card.pan' });
    expect(
      (await perform(simulator, 'P-1', 10_000, { target: { card: { pan: CARD } } })).body['orderStatus'],
    ).toBe('2');
    expect((await perform(simulator, 'P-2')).body['errorMessage']).toMatch(/\[target.pan\] is not set/);
  });
});

test('echo says that the module is there', async () => {
  const { baseUrl } = await simulate();
  const answer = await fetch(`${baseUrl}/echo`);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(await answer.text()).toMatch(/is online in channel/);
});

test('several logins have their own orders, passwords and funds', async () => {
  const logins = { 'a-api': { password: 'a' }, 'b-api': { password: 'b', transitBalanceMinor: 5_000 } };
  const simulator = await simulate({ logins });
  const as = (userName: string, password: string) =>
    perform(simulator, 'same', 10_000, { userName, password });
  expect((await as('a-api', 'a')).body['orderStatus']).toBe('2');
  expect((await as('b-api', 'b')).body['errorCode']).toBe('116');
  expect((await as('b-api', 'a')).body['errorCode']).toBe('90');
  expect((await simulator.control.order('same', 'a-api'))?.bookings).toBe(1);
  expect((await simulator.control.order('same', 'b-api'))?.bookings).toBe(0);
  await expect(simulator.control.order('same')).rejects.toThrow(/409/);
});

test('onRequest is told before anything is processed, and requests are counted', async () => {
  const seen: [RequestInfo, number | undefined][] = [];
  const simulator = await simulate({
    onRequest: async (info) => {
      const order = await simulator.control.order(info.orderNumber ?? '');
      seen.push([info, order?.bookings]);
    },
  });
  await perform(simulator, 'R-1');
  await status(simulator, 'R-1');
  const info = { login: 'acme-api', orderNumber: 'R-1', amount: 10_050 };
  expect(seen[0]).toEqual([expect.objectContaining({ ...info, method: 'performPayout' }), undefined]);
  expect(seen[1]?.[1]).toBe(1);

  const { counts, requests } = await simulator.control.requests('R-1');
  expect(counts).toMatchObject({ registerPayout: 0, performPayout: 1, getPayoutStatus: 1, keys: 0 });
  expect(requests.map(({ method }) => method)).toEqual(['performPayout', 'getPayoutStatus']);
  expect(JSON.stringify(requests)).not.toContain(CARD);
});
