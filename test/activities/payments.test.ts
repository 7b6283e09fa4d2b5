import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActivityDeps } from '../../activities/deps.js';
import { acceptPayment } from '../../activities/payments/accept-payment.js';
import { acceptOperation } from '../../activities/payments/accept-operation.js';
import { askPayment, awaitPayment } from '../../activities/payments/ask-payment.js';
import { awaitOperation, operatePayment } from '../../activities/payments/operate.js';
import { startPayment } from '../../activities/payments/start-payment.js';
import type { OperationId, PaymentId, PaymentKey, PaymentOperationKey } from '../../domain/ids.js';
import type { OperationAnswer, StartAnswer } from '../../domain/payment-answer.js';
import type { PaymentStatus } from '../../domain/payment-status.js';
import type { PaymentTransaction } from '../../domain/payment-transaction.js';
import type { PaymentRequest } from '../../domain/payment.js';
import { readCacheDir } from '../../config/cache-dir.js';
import { openJournal } from '../../journal/open-journal.js';
import type { Journal } from '../../journal/port.js';
import type { PaymentNews, PaymentOrder, PaymentProvider } from '../../providers/payment-port.js';
import { generateSealingKeys, type SealingKeys } from '../../secrets/sealing-keys.js';
import { fakePaymentProvider } from '../gateway/fake-payment-provider.js';
import { LOST, newPayment, PAGE, transaction, UNSENT } from '../journal/support/payments.js';

type StatusAnswer = Awaited<ReturnType<PaymentProvider['status']>>;

const SILENCE: StatusAnswer = { kind: 'unknown', code: 'timeout', message: 'No answer' };
const told = (
  transactions: readonly PaymentTransaction[],
  more: Partial<PaymentNews> = {},
): StatusAnswer => ({
  kind: 'answered',
  progress: { transactions, tokens: {}, ...more },
});

let journal: Journal;
let sealingKeys: SealingKeys;
let count = 0;
let key: PaymentKey;
/** The provider's part of each test: what it answers, and what it was sent. */
let start: () => Promise<StartAnswer>;
let operate: () => Promise<OperationAnswer>;
let status: () => Promise<StatusAnswer>;
let orders: PaymentOrder[];
let sent: { start: number; operate: number };
let limits: Partial<PaymentProvider['limits']>;

beforeAll(async () => {
  journal = await openJournal({ kind: 'pglite', cacheDir: readCacheDir() });
  sealingKeys = await generateSealingKeys();
});
afterAll(() => journal.close());

beforeEach(() => {
  count += 1;
  sent = { start: 0, operate: 0 };
  orders = [];
  start = async () => PAGE;
  operate = async () => ({ kind: 'unknown', code: 'timeout', message: 'No answer' });
  status = async () => told([]);
  limits = { sendBudgetMs: 900_000, expiryGraceMs: 900_000, poll: [{ delayMs: 1_000, times: 60 }] };
});

function deps(): ActivityDeps {
  const base = fakePaymentProvider('demo');
  const provider = fakePaymentProvider('demo', {
    limits: { ...base.limits, reinit: 'same-reference', ...limits },
    start: (order) => {
      orders.push(order);
      const exact = Buffer.from(JSON.stringify(order));
      return {
        exact,
        send: () => {
          sent.start += 1;
          return start();
        },
      };
    },
    status: () => status(),
    operations: ['refund', 'void', 'complete'],
    operate: (operation) => ({
      exact: Buffer.from(JSON.stringify(operation)),
      send: () => {
        sent.operate += 1;
        return operate();
      },
    }),
  });
  const accounts = new Map([[provider.account, { provider }]]);
  return { journal, accounts, sealingKeys, fingerprintKey: Buffer.alloc(32, 1) };
}

async function accepted(changes: Partial<PaymentRequest> = {}): Promise<PaymentKey> {
  const { request } = newPayment(changes);
  const result = await acceptPayment(deps(), {
    request: { ...request, paymentId: `A-${count}` as PaymentId, ...changes },
  });
  if (result.kind !== 'accepted') throw new Error(JSON.stringify(result));
  const { merchant, paymentId } = result.payment;
  key = { merchant, paymentId };
  return key;
}

const run = <T>(work: () => Promise<T>, info: object = {}): Promise<T> =>
  new MockActivityEnvironment({ scheduledTimestampMs: Date.now(), ...info }).run<[], T, () => Promise<T>>(
    work,
  );
const begin = (restartOf?: number) => run(() => startPayment(deps(), { key, restartOf }));
const ask = () => run(() => askPayment(deps(), { key, because: 'a test' }));
const wait = (from: PaymentStatus, info: object = {}) =>
  run(() => awaitPayment(deps(), { key, from }), { attempt: 2, ...info });

describe('a start', () => {
  it('leaves once, however often the server starts it again', async () => {
    await accepted();
    for (let i = 0; i < 3; i += 1)
      expect(await begin()).toMatchObject({ payment: { status: 'action_required' } });
    expect(sent.start).toBe(1);
  });

  it('whose worker dies is asked about, and the same bytes follow where nothing came of it', async () => {
    await accepted();
    start = async () => {
      throw new Error('the process died here');
    };
    await expect(begin()).rejects.toThrow('died');
    expect(await begin()).toMatchObject({ next: 'ask', payment: { status: 'processing' } });
    expect(await ask()).toMatchObject({ next: 'restart', of: 1 });
    start = async () => PAGE;
    expect(await begin(1)).toMatchObject({ payment: { status: 'action_required' } });
    expect(sent.start).toBe(2);
    expect(new Set(orders.map((order) => JSON.stringify(order))).size).toBe(1);
    await begin(1);
    expect(sent.start).toBe(2);
  });

  it.each(['started', 'held', 'paid', 'uncertain', 'failed'] as const)(
    'is never made again once a transaction is %s',
    async (known) => {
      await accepted();
      start = async () => LOST;
      await begin();
      status = async () => told([transaction('1', known)]);
      expect(await ask()).toMatchObject({ next: 'ask' });
      await begin(1);
      expect(sent.start).toBe(1);
    },
  );

  it('that may not be repeated needs a person', async () => {
    limits = { ...limits, reinit: 'never' };
    await accepted();
    start = async () => LOST;
    await begin();
    expect(await ask()).toMatchObject({
      payment: { status: 'in_review', reason: { code: 'start_unanswered' } },
    });
  });

  it('is not repeated while the provider is silent, nor with other bytes', async () => {
    await accepted();
    start = async () => LOST;
    await begin();
    status = async () => SILENCE;
    expect(await ask()).toMatchObject({ next: 'ask', payment: { status: 'processing' } });
    status = async () => told([]);
    const other = { ...deps(), publicUrl: 'https://moved.example' };
    expect(await run(() => startPayment(other, { key, restartOf: 1 }))).toMatchObject({
      payment: { status: 'in_review', reason: { code: 'restart_differs' } },
    });
    expect(sent.start).toBe(1);
  });

  it('that provably never left is tried again, and fails when the budget is over', async () => {
    await accepted();
    start = async () => UNSENT;
    await expect(begin()).rejects.toMatchObject({ type: 'NotSent', category: 'BENIGN' });
    limits = { ...limits, sendBudgetMs: -1 };
    expect(await begin()).toMatchObject({ payment: { status: 'failed', reason: { code: 'never_sent' } } });
  });

  it('that is refused has failed; the refusal of a repetition proves nothing of the first', async () => {
    const refused: StartAnswer = {
      kind: 'answered',
      progress: { kind: 'refused', code: 'closed', message: 'The shop is closed' },
    };
    await accepted();
    start = async () => refused;
    expect(await begin()).toMatchObject({ payment: { status: 'failed' } });
    await accepted({ paymentId: `B-${count}` as PaymentId });
    start = async () => LOST;
    await begin();
    start = async () => refused;
    expect(await begin(1)).toMatchObject({ payment: { status: 'processing' } });
  });
});

describe('waiting', () => {
  it('asks by the schedule, and once right when the order is over', async () => {
    limits = { ...limits, expiryGraceMs: 0, poll: [{ delayMs: 600_000, times: 3 }] };
    await accepted({ expiresAt: new Date(Date.now() + 60_000).toISOString() });
    await begin();
    const pending = await wait('action_required').catch((error: unknown) => error);
    expect(pending).toMatchObject({ type: 'Pending' });
    const { nextRetryDelay } = pending as { nextRetryDelay: number };
    expect(nextRetryDelay).toBeGreaterThan(50_000);
    expect(nextRetryDelay).toBeLessThan(70_000);
  });

  it('does not spend the schedule before the order is over', async () => {
    await accepted();
    await begin();
    const long = { scheduledTimestampMs: Date.now() - 10_000_000 };
    await expect(wait('action_required', long)).rejects.toMatchObject({ type: 'Pending' });
  });

  it('ends nothing by time alone: silence and what is not proven go into review', async () => {
    for (const answer of [SILENCE, told([], { unproven: true })]) {
      count += 1;
      limits = { ...limits, expiryGraceMs: 0, poll: [{ delayMs: 50, times: 2 }] };
      const overAt = Date.now() + 1_500;
      await accepted({ expiresAt: new Date(overAt).toISOString() });
      await begin();
      await new Promise((resolve) => setTimeout(resolve, overAt + 600 - Date.now()));
      status = async () => answer;
      const spent = { scheduledTimestampMs: Date.now() - 10_000_000 };
      const first = await wait('action_required', spent);
      const last = first.payment.status === 'processing' ? await wait('processing', spent) : first;
      expect(last).toMatchObject({ payment: { status: 'in_review', reason: { code: 'no_final_answer' } } });
    }
  });

  it('believes a proven answer when the order is over', async () => {
    limits = { ...limits, expiryGraceMs: 0 };
    const overAt = Date.now() + 1_500;
    await accepted({ expiresAt: new Date(overAt).toISOString() });
    await begin();
    await new Promise((resolve) => setTimeout(resolve, overAt + 100 - Date.now()));
    expect(await wait('action_required')).toMatchObject({ payment: { status: 'expired' } });
  });

  it('keeps the token of the card that paid, sealed, and charges it again without a page', async () => {
    const earlier = await accepted({ keepCard: true });
    await begin();
    status = async () =>
      told([transaction('1', 'failed'), transaction('2', 'paid')], { tokens: { 1: 'no', 2: 'tok-2' } });
    expect(await ask()).toMatchObject({ payment: { status: 'succeeded', hasToken: true } });
    expect(JSON.stringify(await journal.payments.read(earlier))).not.toContain('tok-2');

    const { request } = newPayment({ merchant: earlier.merchant, recurrentOf: earlier.paymentId });
    const again = await acceptPayment(deps(), { request });
    if (again.kind !== 'accepted') throw new Error(JSON.stringify(again));
    key = again.payment;
    start = async () => LOST;
    status = async () => told([]);
    await begin();
    expect(orders.at(-1)).toMatchObject({ token: 'tok-2' });
    // It moved money by itself, maybe: it is asked about, and never sent again.
    expect(await ask()).toMatchObject({ next: 'ask', payment: { status: 'processing' } });
    await begin(1);
    expect(sent.start).toBe(2);
  });

  it('that the provider refused has failed, once its books show no charge after the grace', async () => {
    const earlier = await accepted({ keepCard: true });
    await begin();
    status = async () => told([transaction('1', 'paid')], { tokens: { '1': 'tok-1' } });
    await ask();
    const { request } = newPayment({ merchant: earlier.merchant, recurrentOf: earlier.paymentId });
    const again = await acceptPayment(deps(), { request });
    if (again.kind !== 'accepted') throw new Error(JSON.stringify(again));
    key = again.payment;
    const words = { code: 'failure', message: 'The token is not valid' };
    start = async () => ({
      ...{ kind: 'unknown', ...words },
      suspected: { kind: 'not_paid', class: 'refused', ...words },
    });
    await begin();
    status = async () => told([]);
    expect(await ask()).toMatchObject({ payment: { status: 'processing' } });
    limits = { ...limits, expiryGraceMs: 0 };
    // An unsigned word proves nothing.
    status = async () => told([], { unproven: true });
    expect(await ask()).toMatchObject({ payment: { status: 'processing' } });
    status = async () => told([]);
    expect(await ask()).toMatchObject({ payment: { status: 'failed', reason: words } });
    // A late proof is still heard.
    status = async () => told([transaction('9', 'paid')]);
    expect(await ask()).toMatchObject({ payment: { status: 'succeeded' } });
  });
});

describe('an operation', () => {
  let operation: PaymentOperationKey;

  async function takenOn(
    before: 'paid' | 'held',
    kind: 'refund' | 'void' | 'complete',
    minor?: number,
  ): Promise<void> {
    await accepted();
    await begin();
    status = async () => told([transaction('1', before)]);
    await ask();
    operation = { ...key, operationId: `O-${count}` as OperationId };
    const amount = minor === undefined ? {} : { amount: { minor, currency: 'USD' as const } };
    const result = await acceptOperation(deps(), {
      request: { ...operation, kind, ...amount },
      actor: 'merchant:m',
    });
    expect(result).toMatchObject({ kind: 'accepted' });
  }
  const send = () => run(() => operatePayment(deps(), { key: operation }));
  const prove = (info: object = {}) => run(() => awaitOperation(deps(), { key: operation }), info);

  it('is sent once, also when its worker dies with the answer', async () => {
    await takenOn('paid', 'refund');
    operate = async () => {
      throw new Error('the process died here');
    };
    await expect(send()).rejects.toThrow('died');
    for (let i = 0; i < 3; i += 1)
      expect(await send()).toMatchObject({ operation: { status: 'processing' } });
    expect(sent.operate).toBe(1);
    status = async () => told([transaction('1', 'refunded')]);
    expect(await prove()).toMatchObject({
      operation: { status: 'done' },
      payment: { status: 'refunded', refundedMinor: 10_000 },
    });
  });

  it('that changed nothing did not happen, but only once the grace is over', async () => {
    await takenOn('held', 'void');
    await send();
    await expect(prove()).rejects.toMatchObject({ type: 'Pending' });
    limits = { ...limits, expiryGraceMs: 0 };
    expect(await prove()).toMatchObject({ operation: { status: 'not_done' }, payment: { status: 'held' } });
  });

  it('that was refused is believed once the status shows no change, at once', async () => {
    await takenOn('held', 'complete');
    const refused = { kind: 'not_paid', class: 'refused', code: 'no', message: 'Not today' } as const;
    operate = async () => ({ kind: 'unknown', code: 'no', message: 'Not today', suspected: refused });
    await send();
    expect(await prove()).toMatchObject({
      operation: { status: 'not_done', reason: { message: 'Not today' } },
    });
  });

  it('in part, whose answer was lost, is a matter for a person, whatever the status says', async () => {
    for (const now of ['paid', 'refunded'] as const) {
      count += 1;
      await takenOn('paid', 'refund', 4_000);
      await send();
      status = async () => told([transaction('1', now)]);
      expect(await prove()).toMatchObject({
        operation: { status: 'in_review' },
        payment: { status: 'in_review', reason: { code: 'operation_unclear' } },
      });
      expect((await journal.payments.get(key))?.refundedMinor).toBeUndefined();
    }
  });

  it('of which nothing more is heard ends in review with the schedule', async () => {
    await takenOn('held', 'complete');
    await send();
    status = async () => SILENCE;
    const spent = { scheduledTimestampMs: Date.now() - 10_000_000 };
    expect(await prove(spent)).toMatchObject({
      operation: { status: 'in_review' },
      payment: { status: 'in_review' },
    });
  });

  it('that never left is not done', async () => {
    await takenOn('paid', 'refund');
    operate = async () => ({ kind: 'not_sent', code: 'dns', message: 'No such host' });
    await expect(send()).rejects.toMatchObject({ type: 'NotSent' });
    limits = { ...limits, sendBudgetMs: -1 };
    expect(await send()).toMatchObject({ operation: { status: 'not_done', reason: { code: 'never_sent' } } });
  });
});

describe('a stop', () => {
  const stop = async () => {
    const scope = { kind: 'merchant', value: key.merchant } as const;
    return (await journal.stops.add({ scope, actor: 'cli:olga', reason: 'double charges' })).stop;
  };
  const resume = (id: string) => journal.stops.resume(id, { actor: 'cli:olga', reason: 'mended' });

  it('keeps a payment from being begun until it is lifted, and its budget whole', async () => {
    await accepted();
    const { id } = await stop();
    limits = { ...limits, sendBudgetMs: -1 };
    expect(await begin()).toMatchObject({
      next: 'stopped',
      stop: { id },
      payment: { status: 'created', reason: { code: 'stopped' } },
    });
    expect([sent.start, orders]).toEqual([0, []]);
    await resume(id);
    expect(await begin()).toMatchObject({ payment: { status: 'action_required' } });
  });

  it('keeps one from being begun again, which is asked about meanwhile', async () => {
    await accepted();
    start = async () => LOST;
    await begin();
    const { id } = await stop();
    await expect(wait('processing')).rejects.toThrow('double charges');
    expect(await begin(1)).toMatchObject({ next: 'ask' });
    expect(sent.start).toBe(1);
    await resume(id);
    expect(await wait('processing')).toMatchObject({ next: 'restart', of: 1 });
  });

  it('keeps an operation from being sent until it is lifted', async () => {
    await accepted();
    await begin();
    status = async () => told([transaction('1', 'paid')]);
    await ask();
    const operationId = 'refund-1' as OperationId;
    await acceptOperation(deps(), {
      request: { ...key, kind: 'refund', operationId },
      actor: 'cli:olga',
    });
    const { id } = await stop();
    const refund = () => run(() => operatePayment(deps(), { key: { ...key, operationId } }));
    expect(await refund()).toMatchObject({
      stop: { id },
      operation: { status: 'processing', reason: { code: 'stopped' } },
    });
    expect(sent.operate).toBe(0);
    await resume(id);
    expect(await refund()).not.toHaveProperty('stop');
    expect(sent.operate).toBe(1);
  });
});
