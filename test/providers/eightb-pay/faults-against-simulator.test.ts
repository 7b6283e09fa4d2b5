import { describe, expect, it } from 'vitest';
import { ask, at, operate, order, paid, simulator, start, told, useSimulator } from './at-simulator.js';
import { pastTimeLimit } from '../past-time-limit.js';
import { never, providerAt } from './fixtures.js';

useSimulator();

describe('when the exchange goes wrong', () => {
  const LIMITS = { connectTimeoutMs: 5_000, responseTimeoutMs: 5_000 };
  const KINDS = [
    ['reset_before', false],
    ['reset_after', true],
    ['hang', true],
    ['http_500', false],
    ['http_503', false],
    ['http_429', false],
    ['unreadable_body', true],
    ['empty_body', true],
    ['truncated_body', true],
    ['huge_body', true],
    ['deep_body', true],
    ['bad_sign', true],
    ['no_sign', true],
  ] as const;

  /** What a call comes to under a fault of this kind, which leaves a call without an answer, or breaks it. */
  async function under<T>(kind: (typeof KINDS)[number][0], call: () => Promise<T>): Promise<T> {
    if (kind !== 'hang') return call();
    const before = simulator.control.requests().requests.length;
    return pastTimeLimit(10_000, call, () => simulator.control.requests().requests.length > before);
  }

  it.each(KINDS)('%s: a page is unknown, and the same request opens it', async (kind, processed) => {
    const of = order();
    simulator.control.inject({ kind, reference: of.orderId });
    expect(await under(kind, () => start(of, at(LIMITS)))).toMatchObject({ kind: 'unknown' });
    expect(simulator.control.order(of.orderId) !== undefined).toBe(processed);
    expect(await start(of)).toMatchObject({ progress: { kind: 'page' } });
    expect(simulator.control.order(of.orderId)?.sessions).toHaveLength(1);
  });

  it.each(KINDS)('%s: a refund is unknown, never refused, and the status tells', async (kind, processed) => {
    const of = order();
    const transactionId = await paid(of);
    simulator.control.inject({ kind, method: 'refund', reference: of.orderId });
    const answer = await under(kind, () => operate({ kind: 'refund', transactionId }, at(LIMITS)));
    expect(answer.kind).toBe('unknown');
    expect(answer).not.toHaveProperty('suspected');
    expect(await ask(of)).toMatchObject(told(processed ? 'refunded' : 'paid'));
  });

  it.each(KINDS)('%s: a status query says nothing', async (kind) => {
    const of = order();
    await paid(of);
    simulator.control.inject({ kind, method: 'status', reference: of.orderId });
    expect(await under(kind, () => ask(of, at(LIMITS)))).toMatchObject({ kind: 'unknown' });
    expect(await ask(of)).toMatchObject(told('paid'));
  });

  it('says how long to wait', async () => {
    const of = order();
    simulator.control.inject({ kind: 'http_503', retryAfterSecs: 7, reference: of.orderId });
    expect(await start(of)).toMatchObject({ kind: 'unknown', retryAfterMs: 7_000 });
  });

  it('a refusal that was processed all the same is only suspected', async () => {
    for (const kind of ['refuse', 'http_404', 'login_refused'] as const) {
      const of = order();
      const transactionId = await paid(of);
      simulator.control.inject({ kind, method: 'refund', reference: of.orderId, processed: true });
      expect(await operate({ kind: 'refund', transactionId })).toMatchObject({
        kind: 'unknown',
        suspected: {},
      });
      expect(await ask(of)).toMatchObject(told('refunded'));
    }
  });

  it.each([
    ['status_empty', {}, told()],
    ['status_wrong', { status: '0' }, told('started')],
    ['rewrite', { set: { reference: 'other' } }, { kind: 'unknown', code: 'foreign_order' }],
    ['rewrite', { set: { api_key: 'other' } }, { kind: 'unknown', code: 'foreign_shop' }],
    ['rewrite', { set: { amount: null } }, { progress: { transactions: [{ amount: undefined }] } }],
    ['rewrite', { set: { amount: '0.01' } }, { progress: { transactions: [{ amount: { minor: 1 } }] } }],
    ['rewrite', { set: { status: 42 } }, { progress: { transactions: [{ status: 'unmapped' }] } }],
    ['rewrite', { set: { status: null } }, { kind: 'unknown', code: 'unreadable' }],
    ['mislabelled_body', {}, told('paid')],
    ['slow_body', { ms: 50 }, told('paid')],
    ['refuse', {}, { progress: { transactions: [], unproven: true } }],
    ['http_404', {}, { kind: 'unknown' }],
  ] as const)('%s %j of a status', async (kind, more, expected) => {
    const of = order();
    await paid(of);
    simulator.control.inject({ kind, ...more, method: 'status', reference: of.orderId });
    expect(await ask(of)).toMatchObject(expected);
  });

  it('nothing was sent where nobody listens', async () => {
    // No test server is ever given this port.
    const by = providerAt('http://127.0.0.1:1');
    const of = order();
    expect((await start(of, by)).kind).toBe('not_sent');
    expect((await operate({ kind: 'refund', transactionId: '1' }, by)).kind).toBe('not_sent');
    expect((await ask(of, by)).kind).toBe('not_sent');
    expect(await by.ping(never)).toMatchObject({ ok: false });
  });

  it('wrong keys are reported, and refuse a page alone', async () => {
    const refusals: unknown[] = [];
    const by = providerAt(
      simulator.baseUrl,
      { secretKey: 'wrong' },
      { onLoginRefused: (one) => refusals.push(one) },
    );
    const of = order();
    expect(await start(of, by)).toMatchObject({ progress: { kind: 'refused', code: 'http_403' } });
    expect(await operate({ kind: 'refund', transactionId: '1' }, by)).toMatchObject({
      kind: 'unknown',
      suspected: {},
    });
    expect(await ask(of, by)).toMatchObject({ kind: 'unknown' });
    expect(await by.ping(never)).toMatchObject({ ok: false });
    expect(refusals).toHaveLength(4);
    expect(refusals[0]).toMatchObject({ protocol: 'eightb_pay', http: 403, pausedMs: 0 });
  });
});
