import { describe, expect, test } from 'vitest';
import {
  PAYNETEASY_WIRE_FAULTS,
  type PayneteasyFault,
  type PayneteasyWireFaultKind,
} from '../../../simulators/index.js';
import { payout, payoutFields, post, simulate, status } from './support.js';

/** Whether the order is there afterwards. */
const PROCESSED: Readonly<Record<PayneteasyWireFaultKind, boolean>> = {
  reset_before: false,
  reset_after: true,
  hang: true,
  http_500: false,
  http_503: false,
  http_429: false,
  forbidden: false,
  unreadable_body: true,
  empty_body: true,
  mislabelled_body: true,
  slow_body: true,
  truncated_body: true,
  huge_body: true,
  deep_body: true,
  refusal: false,
  status_processing: true,
  status_wrong: true,
  status_not_found: true,
  rewrite: true,
};

test.each(PAYNETEASY_WIRE_FAULTS)('%s on a payout', async (kind) => {
  const simulator = await simulate();
  simulator.control.inject({ kind, on: 'payout', ms: 30, set: { 'paynet-order-id': '1' } });
  const answer = await payout(simulator, 'F-1').catch(() => undefined);
  expect(simulator.control.order('F-1') !== undefined).toBe(PROCESSED[kind]);
  expect(simulator.control.requests('F-1').counts.money).toBe(1);
  // Faults of questions wait for a question.
  if (kind.startsWith('status_')) expect(answer?.body).toMatchObject({ type: 'async-response' });
  if (kind === 'rewrite') expect(answer?.body).toMatchObject({ 'paynet-order-id': '1' });
});

describe('processed or not, as the fault says', () => {
  test.each<[PayneteasyFault, boolean]>([
    [{ kind: 'http_500', processed: true }, true],
    [{ kind: 'hang', processed: false, ms: 10 }, false],
    [{ kind: 'refusal', processed: true, type: 'error', orderId: true }, true],
  ])('%o', async (fault, there) => {
    const simulator = await simulate();
    simulator.control.inject(fault);
    await payout(simulator, 'F-1').catch(() => undefined);
    expect(simulator.control.order('F-1') !== undefined).toBe(there);
  });
});

test('a checked order that is paid although nobody asked for it', async () => {
  const simulator = await simulate({ timings: { checkMs: 0, approveMs: 0 } });
  simulator.control.inject({ kind: 'pay_unasked', clientOrderId: 'F-1' });
  for (const id of ['F-1', 'F-2']) await post(simulator, 'v4/payout-check/39915', payoutFields(id));
  expect((await status(simulator, 'F-1')).body).toMatchObject({
    status: 'approved',
    'transaction-type': 'payout',
  });
  const [unasked, asked] = ['F-1', 'F-2'].map((id) => simulator.control.order(id));
  expect(unasked).toMatchObject({ bookings: 1 });
  expect(asked).toMatchObject({ bookings: 0, phase: 'ready' });
});

test('a refusal is as asked for', async () => {
  const simulator = await simulate();
  simulator.control.inject({ kind: 'refusal', type: 'error', message: 'No', code: '7', orderId: true });
  const { status: http, body } = await payout(simulator, 'F-1');
  expect(http).toBe(400);
  expect(body).toMatchObject({
    type: 'error',
    'error-message': 'No',
    'error-code': '7',
    'paynet-order-id': '1',
  });
});

test('what a question is told, whatever is true', async () => {
  const simulator = await simulate({ timings: { approveMs: 0 } });
  await payout(simulator, 'F-1');
  simulator.control.inject(
    { kind: 'status_processing' },
    { kind: 'status_wrong' },
    { kind: 'status_wrong', status: 'filtered' },
    { kind: 'status_not_found', times: 2 },
    { kind: 'rewrite', on: 'status', set: { amount: '1.00', currency: null } },
  );
  const told = [];
  for (let time = 0; time < 7; time += 1) told.push((await status(simulator, 'F-1')).body);
  expect(told.map((body) => body['status'] ?? body['error-message'])).toEqual([
    'processing',
    'declined',
    'filtered',
    'Order not found',
    'Order not found',
    'approved',
    'approved',
  ]);
  expect(told[0]).not.toHaveProperty('processor-rrn');
  expect(told[5]).toMatchObject({ amount: '1.00' });
  expect(told[5]).not.toHaveProperty('currency');
});

test('a fault waits for its order, command and merchant, and strikes so often as it says', async () => {
  const simulator = await simulate();
  simulator.control.inject(
    { kind: 'http_500', clientOrderId: 'F-2', on: 'money', times: 2 },
    { kind: 'http_500', login: 'other' },
  );
  const codes = [];
  for (const id of ['F-1', 'F-2', 'F-2', 'F-2']) codes.push((await payout(simulator, id)).status);
  expect(codes).toEqual([200, 500, 500, 200]);
  expect((await status(simulator, 'F-2')).status).toBe(200);
});

test('Retry-After', async () => {
  const simulator = await simulate();
  simulator.control.inject({ kind: 'http_429', retryAfterSecs: 7 });
  const answer = await fetch(`${simulator.baseUrl}/api/v2/status/39915`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'client_orderid=F-1',
  });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
});
