import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { paymentStatusOf } from '../../../domain/payment-status.js';
import type { PaymentCallbackReading, PaymentProvider } from '../../../providers/payment-port.js';
import { startEightbPaySimulator } from '../../../simulators/index.js';
import {
  ask,
  at,
  news,
  operate,
  order,
  paid,
  SECOND_MS,
  simulator,
  start,
  told,
  useSimulator,
} from './at-simulator.js';
import { API_KEY, never, SECRET, providerAt } from './fixtures.js';

useSimulator();

describe('the page', () => {
  it('is opened by the same request as often as it takes', async () => {
    const of = order();
    const answer = await start(of);
    expect(answer).toMatchObject({
      kind: 'answered',
      progress: { kind: 'page', action: { type: 'redirect', expiresAt: of.expiresAt } },
    });
    expect(await start(of)).toEqual(answer);
    expect(await start({ ...of, description: 'other' })).toMatchObject({
      progress: { kind: 'refused', code: 'duplicate_reference' },
    });
    expect(simulator.control.order(of.orderId)).toMatchObject({ expiresAt: of.expiresAt, bookings: 0 });
  });

  it('is one and the same request, sent once', async () => {
    const of = order({
      keepCard: true,
      payer: { email: 'a@b', id: 'u', ip: '10.0.0.1' },
      providerFields: { a: 'b' },
    });
    const call = at().start(of);
    expect(at().start(of).exact).toEqual(call.exact);
    await call.send(never);
    await expect(call.send(never)).rejects.toThrow('sent before');
  });

  it.each([
    ['123', ['paid'], 1],
    ['222', ['failed'], 0],
    ['333', ['started'], 0],
    ['888', ['uncertain'], 0],
    ['000', ['started'], 0],
  ])('with code %s comes to %j', async (cvv, statuses, bookings) => {
    const of = order();
    expect(await ask(of)).toMatchObject(told());
    await paid(of, at(), cvv);
    expect(await ask(of)).toMatchObject(told(...statuses));
    expect(simulator.control.order(of.orderId)?.bookings).toBe(bookings);
  });

  it('says why it failed, and shows the card masked', async () => {
    const of = order();
    await paid(of, at(), '222');
    expect((await news(of)).transactions).toMatchObject([
      { card: '411111******1111', message: 'Do not honor (05)' },
    ]);
  });

  it('may be refused, without a trace', async () => {
    const of = order({ amount: { minor: 100, currency: 'GEL' } });
    expect(await start(of)).toMatchObject({ progress: { kind: 'refused', code: 'validation_error' } });
    expect(simulator.control.order(of.orderId)).toBeUndefined();
  });

  it('a failed try and a good one are a success', async () => {
    const of = order();
    await paid(of, at(), '222');
    simulator.control.pay(of.orderId);
    const { transactions } = await news(of);
    const verdict = paymentStatusOf({
      transactions,
      expiresAtMs: 0,
      nowMs: 10,
      graceMs: 1,
      purpose: 'payment',
    });
    expect(verdict).toEqual({ status: 'succeeded', doubleCharge: false });
  });

  it('paid from two tabs raises the alarm', async () => {
    const of = order();
    const by = at({ apiKey: 'tabs' });
    await paid(of, by);
    simulator.control.pay(of.orderId);
    const { transactions } = await news(of, by);
    const verdict = paymentStatusOf({
      transactions,
      expiresAtMs: 0,
      nowMs: 10,
      graceMs: 1,
      purpose: 'payment',
    });
    expect(verdict).toEqual({ status: 'succeeded', doubleCharge: true });
  });

  it('verifies a card: held, then released', async () => {
    const of = order({ purpose: 'card_verification' });
    await paid(of);
    expect(await ask(of)).toMatchObject(told('held'));
    simulator.control.advance(2 * SECOND_MS);
    expect(await ask(of)).toMatchObject(told('released'));
    expect(simulator.control.order(of.orderId)).toMatchObject({ bookings: 0 });
  });
});

describe('a charge by token', () => {
  async function token(): Promise<string> {
    const of = order({ keepCard: true });
    const id = await paid(of);
    const { tokens } = await news(of);
    return tokens[id] ?? '';
  }

  it.each([
    [10_000, 'paid', 1],
    [10_222, 'failed', 0],
    [10_888, 'uncertain', 0],
  ])('of %d is %s', async (minor, status, bookings) => {
    const of = order({ token: await token(), amount: { minor, currency: 'USD' } });
    expect(await start(of)).toMatchObject({
      progress: { kind: 'transaction', transaction: { status, amount: of.amount } },
    });
    expect((await news(of)).transactions).toMatchObject([{ status }]);
    expect(simulator.control.order(of.orderId)).toMatchObject({ bookings, recurrent: true });
  });

  it('is refused only once the status says so', async () => {
    const of = order({ token: 'tok-unheard-of' });
    const answer = await start(of);
    expect(answer).toMatchObject({
      kind: 'unknown',
      suspected: { kind: 'not_paid', class: 'refused', code: 'invalid_token' },
    });
    expect(await ask(of)).toMatchObject(told());
  });
});

describe('operations', () => {
  it('refund in parts and wholly', async () => {
    const of = order();
    const transactionId = await paid(of);
    const amount = { minor: 10_000, currency: 'USD' } as const;
    const done = {
      kind: 'answered',
      progress: { kind: 'done', transaction: { id: transactionId, status: 'refunded' } },
    };
    expect(await operate({ kind: 'refund', transactionId, amount })).toMatchObject(done);
    expect(simulator.control.order(of.orderId)).toMatchObject({ refundedMinor: 10_000 });
    expect(await operate({ kind: 'refund', transactionId })).toMatchObject(done);
    expect(simulator.control.order(of.orderId)).toMatchObject({ refundedMinor: of.amount.minor });
    expect(await operate({ kind: 'refund', transactionId })).toMatchObject({
      kind: 'unknown',
      suspected: { code: 'invalid_amount' },
    });
  });

  it('refund in the currency that was charged', async () => {
    const of = order();
    const by = at({ apiKey: 'abroad' });
    const transactionId = await paid(of, by);
    const [{ charged } = {}] = (await news(of, by)).transactions;
    expect(charged).toEqual({ minor: of.amount.minor * 40, currency: 'UAH' });
    await operate({ kind: 'refund', transactionId, amount: { minor: 40_000, currency: 'UAH' } }, by);
    expect(simulator.control.order(of.orderId)).toMatchObject({ refundedMinor: 1_000 });
  });

  it.each([
    ['complete', 'paid', 1, of(100)],
    ['void', 'released', 0, of(100)],
  ] as const)('%s a hold', async (kind, status, bookings, amount) => {
    const by = at({ apiKey: 'two-stage' });
    const held = order({ amount });
    const transactionId = await paid(held, by);
    expect((await news(held, by)).transactions).toMatchObject([{ status: 'held' }]);
    expect(await operate({ kind, transactionId }, by)).toMatchObject({
      progress: { kind: 'done', transaction: { status } },
    });
    expect(simulator.control.order(held.orderId)).toMatchObject({ bookings, heldMinor: 0 });
  });

  it('a hold that cannot be released is not done', async () => {
    const by = at({ apiKey: 'two-stage' });
    const held = order({ amount: of(1_777) });
    const transactionId = await paid(held, by);
    expect(await operate({ kind: 'void', transactionId }, by)).toMatchObject({
      kind: 'unknown',
      code: 'status_7',
    });
    expect((await news(held, by)).transactions).toMatchObject([{ status: 'release_failed' }]);
  });

  it('on an unknown transaction or a wrong status are to be confirmed', async () => {
    const transactionId = await paid(order());
    for (const [kind, id] of [
      ['refund', '1'],
      ['void', transactionId],
      ['complete', transactionId],
    ] as const) {
      expect(await operate({ kind, transactionId: id })).toMatchObject({ kind: 'unknown', suspected: {} });
    }
  });
});

function of(minor: number) {
  return { minor, currency: 'USD' } as const;
}

describe('callbacks', () => {
  /** A gateway: verifies, remembers, acknowledges. */
  async function gateway(by: PaymentProvider) {
    const readings: PaymentCallbackReading[] = [];
    const server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const raw = { method: 'POST', url: '/', headers: {}, body: Buffer.concat(pieces) } as const;
        const reading = by.readCallback(raw);
        readings.push(reading);
        const { status, contentType, body } =
          reading.kind === 'verified' ? reading.acknowledge : reading.answer;
        response.writeHead(status, { 'content-type': contentType }).end(body);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, readings };
  }

  it('are verified, acknowledged, and the same whenever they come', async () => {
    const { url, readings } = await gateway(at());
    const own = await startEightbPaySimulator({
      apiKey: API_KEY,
      secretKey: SECRET,
      callbackUrl: url,
      wrapBase64At: 60,
    });
    onTestFinished(() => own.close());
    const of = order();
    const by = providerAt(own.baseUrl);
    expect((await start(of, by)).kind).toBe('answered');
    own.control.inject({ kind: 'callback_double' }, { kind: 'callback_forge' });
    const id = own.control.pay(of.orderId);
    await vi.waitFor(() => expect(readings).toHaveLength(3), { timeout: 30_000, interval: 5 });
    const [refused, verified] = ['refused', 'verified'].map((kind) =>
      readings.filter((one) => one.kind === kind),
    );
    expect(refused).toMatchObject([{ answer: { status: 403 } }]);
    const same = { orderId: of.orderId, dedupeKey: `${id}:3`, news: told('paid').progress };
    expect(verified).toMatchObject([same, same]);
    await vi.waitFor(() => expect(own.control.callbacks()).toMatchObject([{ outcome: 'acknowledged' }]), {
      timeout: 30_000,
      interval: 5,
    });
    expect((await own.control.callback(of.orderId, { status: '99' })).body).toBe('OK');
    expect((await own.control.callback(of.orderId, { set: { api_key: 'x' } })).httpStatus).toBe(403);
    expect((await own.control.strayCallback({ apiKey: API_KEY, reference: 'nobodys' })).body).toBe('OK');
  });
});

it('is there', async () => {
  expect(await at().ping(never)).toEqual({ ok: true, words: 'It answers, and its signature is right' });
});
