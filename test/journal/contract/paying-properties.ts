import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { OperationId, PaymentKey, PaymentOperationKey } from '../../../domain/ids.js';
import type { OperationAnswer, StartAnswer } from '../../../domain/payment-answer.js';
import { canMovePayment } from '../../../domain/payment-moves.js';
import type {
  OperationKind,
  PaymentTransaction,
  TransactionStatus,
} from '../../../domain/payment-transaction.js';
import { OPERATION_RULES } from '../../../domain/payment-transaction.js';
import { mayHaveLeft, type Journal } from '../../../journal/port.js';
import * as paying from '../support/payments.js';
import { ENGINE, OPERATOR } from '../support/samples.js';

const { transaction } = paying;

type Deed =
  | { readonly does: 'start'; readonly restart: boolean }
  | { readonly does: 'answer'; readonly answer: StartAnswer }
  | { readonly does: 'news'; readonly told: readonly PaymentTransaction[]; readonly over: boolean }
  | {
      readonly does: 'operate';
      readonly kind: OperationKind;
      readonly id: string;
      readonly minor?: number | undefined;
    }
  | { readonly does: 'send' }
  | { readonly does: 'operated'; readonly how: 'done' | 'lost' | 'unsent' }
  | { readonly does: 'end'; readonly status: 'done' | 'not_done' | 'in_review'; readonly person: boolean };

const status = fc.constantFrom<TransactionStatus>(
  'started',
  'held',
  'released',
  'paid',
  'refunded',
  'release_failed',
  'uncertain',
  'expired',
  'failed',
  'unmapped',
);
const told = fc.array(
  fc
    .record({ id: fc.constantFrom('1', '2'), status, strange: fc.boolean() })
    .map((one) =>
      transaction(
        one.id,
        one.status,
        one.strange && one.id === '2' ? { amount: { minor: 7, currency: 'USD' } } : {},
      ),
    ),
  { maxLength: 3 },
);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('start' as const), restart: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('answer' as const),
      answer: fc.constantFrom(paying.PAGE, paying.LOST, paying.UNSENT),
    }),
  },
  { weight: 7, arbitrary: fc.record({ does: fc.constant('news' as const), told, over: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('operate' as const),
      kind: fc.constantFrom<OperationKind>('refund', 'refund', 'void', 'complete'),
      id: fc.constantFrom('a', 'b', 'c'),
      minor: fc.option(fc.integer({ min: 1, max: 12_000 }), { nil: undefined }),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ does: 'send' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('operated' as const),
      how: fc.constantFrom('done' as const, 'lost' as const, 'unsent' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('end' as const),
      status: fc.constantFrom('done' as const, 'not_done' as const, 'in_review' as const),
      person: fc.boolean(),
    }),
  },
);

export function payingProperties(journal: () => Journal, numRuns: number): void {
  it('keeps its rules in any order of deeds', { timeout: 300_000 }, async () => {
    const history = fc.array(deed, { minLength: 1, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(history, async (deeds) => {
        const key = await paying.acceptedPayment(journal());
        for (const each of deeds) {
          await perform(key, each);
          await expectSound(key);
        }
        await expectSoundHistory(key);
      }),
      { numRuns },
    );
  });

  it('keeps them when the deeds happen at once', { timeout: 300_000 }, async () => {
    const history = fc.array(deed, { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(history, async (deeds) => {
        const key = await paying.startedPayment(journal());
        await paying.tell(journal(), key, [transaction('1', 'paid')]);
        await Promise.all(deeds.map((each) => perform(key, each)));
        await expectSound(key);
        await expectSoundHistory(key);
      }),
      { numRuns },
    );
  });

  async function perform(key: PaymentKey, each: Deed): Promise<void> {
    const { payments } = journal();
    const stored = await payments.read(key);
    const calls = stored?.calls ?? [];
    const open = stored?.operations.find(({ view }) =>
      ['processing', 'in_review'].includes(view.status),
    )?.view;
    const openKey: PaymentOperationKey = {
      ...key,
      operationId: open?.operationId ?? ('none' as OperationId),
    };
    switch (each.does) {
      case 'start':
        await paying.start(journal(), key, each.restart ? calls.at(-1)?.number : undefined);
        return;
      case 'answer': {
        const number = calls.findLast((call) => call.operationId === undefined)?.number;
        if (number !== undefined) await payments.endStart(key, number, each.answer);
        return;
      }
      case 'news':
        await paying.tell(journal(), key, each.told, { graceMs: each.over ? -1e15 : 900_000 });
        return;
      case 'operate': {
        const { kind, id, minor } = each;
        const amount = minor === undefined ? {} : { amount: { minor, currency: 'USD' as const } };
        await payments.acceptOperation({ ...key, kind, operationId: id as OperationId, ...amount }, OPERATOR);
        return;
      }
      case 'send':
        if (open) await payments.beginOperation(openKey, 'bytes');
        return;
      case 'operated': {
        const number = calls.findLast((call) => call.operationId === open?.operationId)?.number;
        if (open && number !== undefined)
          await payments.answerOperation(openKey, number, answerOf(open, each.how));
        return;
      }
      case 'end':
        if (open) {
          const end = { status: each.status, reason: { code: 'c', message: 'm' } };
          if (each.person) await payments.settleOperation(openKey, end, OPERATOR);
          else await payments.endOperation(openKey, end, ENGINE);
        }
    }
  }

  function answerOf(
    { kind, transactionId }: { readonly kind: OperationKind; readonly transactionId: string },
    how: 'done' | 'lost' | 'unsent',
  ): OperationAnswer {
    if (how === 'lost') return { kind: 'unknown', code: 'timeout', message: 'No answer' };
    if (how === 'unsent') return { kind: 'not_sent', code: 'dns', message: 'No such host' };
    const done = transaction(transactionId, OPERATION_RULES[kind].to);
    return { kind: 'answered', progress: { kind: 'done', transaction: done } };
  }

  /** What must hold of a payment whatever happened to it. */
  async function expectSound(key: PaymentKey): Promise<void> {
    const stored = await journal().payments.read(key);
    if (!stored) throw new Error('It is gone');
    const { payment, calls, operations } = stored;
    const { status: stands, transactions, refundedMinor = 0 } = payment;

    // Money: what is known to be paid is never called unpaid, and never more is given back than was taken.
    const paid = transactions.filter((one) => one.status === 'paid');
    if (paid.length > 0) expect(['succeeded', 'in_review']).toContain(stands);
    if (paid.length > 1) expect(stands).toBe('in_review');
    expect(refundedMinor).toBeLessThanOrEqual(payment.amount.minor);
    for (const { id } of transactions) {
      const given = operations.filter(({ view }) => view.transactionId === id && view.status === 'done');
      const minors = given.map(({ view }) =>
        view.kind === 'refund' ? (view.amount?.minor ?? payment.amount.minor) : 0,
      );
      expect(minors.reduce((sum, minor) => sum + minor, 0)).toBeLessThanOrEqual(payment.amount.minor);
    }
    // One open operation; one of them unclear, and a person must look.
    const open = operations.filter(({ view }) => view.status === 'processing' || view.status === 'in_review');
    expect(open.length).toBeLessThanOrEqual(1);
    if (open[0]?.view.status === 'in_review') expect(stands).toBe('in_review');
    // At most one request of each operation can have reached the provider.
    for (const { view } of operations) {
      const sent = calls.filter((call) => call.operationId === view.operationId && mayHaveLeft(call));
      expect(sent.length).toBeLessThanOrEqual(1);
    }
    // The same start may have been repeated, each after one that got no answer; never after the payer was there.
    const starts = calls.filter((call) => call.kind === 'start' && mayHaveLeft(call));
    expect(starts.slice(0, -1).every(({ answer }) => answer !== undefined)).toBe(true);
    expect(payment.action !== undefined).toBe(stands === 'action_required');
  }

  /** Numbered without gaps, every move legal, and the moves replay to how it stands. */
  async function expectSoundHistory(key: PaymentKey): Promise<void> {
    const events = await journal().payments.events(key);
    const payment = await journal().payments.get(key);
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
    expect(payment?.version).toBe(events.length);
    let at = events[0]?.to;
    for (const { from, to } of events.slice(1)) {
      if (from === undefined || to === undefined) continue;
      expect(from).toBe(at);
      expect(canMovePayment(from, to), `${from} → ${to}`).toBe(true);
      at = to;
    }
    expect(at).toBe(payment?.status);
  }
}
