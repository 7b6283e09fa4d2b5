import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paymentStatusOf, type PaymentSituation, type PaymentStatus } from '../../domain/payment-status.js';
import {
  TRANSACTION_MOVES,
  type PaymentTransaction,
  type TransactionStatus,
} from '../../domain/payment-transaction.js';

const ALL = Object.keys(TRANSACTION_MOVES) as TransactionStatus[];
const FINAL: readonly PaymentStatus[] = [
  'succeeded',
  'refunded',
  'cancelled',
  'declined',
  'failed',
  'expired',
];
const EARLY = 500;
const LATE = 1_100;

const transaction = (status: TransactionStatus, id = 1): PaymentTransaction => ({
  id: String(id),
  status,
  providerStatus: '?',
  message: `reason ${id}`,
});
const situation = (
  statuses: TransactionStatus[],
  more: Partial<PaymentSituation> = {},
): PaymentSituation => ({
  transactions: statuses.map((status, index) => transaction(status, index + 1)),
  ...{ expiresAtMs: 1_000, graceMs: 100, nowMs: EARLY, purpose: 'payment' },
  ...more,
});

describe('the order rule (8b.world /pay §6)', () => {
  it.each<[TransactionStatus[], PaymentStatus, PaymentStatus]>([
    // What there is, the status before the end, the status after it.
    [[], 'action_required', 'expired'],
    [['started'], 'action_required', 'processing'],
    [['uncertain'], 'processing', 'processing'],
    [['held'], 'held', 'held'],
    [['released'], 'cancelled', 'cancelled'],
    [['paid'], 'succeeded', 'succeeded'],
    [['refunded'], 'refunded', 'refunded'],
    [['release_failed'], 'in_review', 'in_review'],
    [['unmapped'], 'in_review', 'in_review'],
    [['expired'], 'action_required', 'expired'],
    [['failed'], 'action_required', 'declined'],
    [['failed', 'expired'], 'action_required', 'declined'],
    [['failed', 'started'], 'action_required', 'processing'],
    [['failed', 'uncertain'], 'processing', 'processing'],
    [['failed', 'paid'], 'succeeded', 'succeeded'],
    [['failed', 'held'], 'held', 'held'],
    [['paid', 'unmapped'], 'succeeded', 'succeeded'],
    [['refunded', 'paid'], 'succeeded', 'succeeded'],
    [['refunded', 'started'], 'action_required', 'processing'],
    [['released', 'started'], 'action_required', 'processing'],
    [['refunded', 'failed'], 'refunded', 'refunded'],
  ])('%j: %s, in the end %s', (statuses, early, late) => {
    expect(paymentStatusOf(situation(statuses)).status).toBe(early);
    expect(paymentStatusOf(situation(statuses, { nowMs: LATE })).status).toBe(late);
    // Within the grace period nothing has ended yet.
    expect(paymentStatusOf(situation(statuses, { nowMs: LATE - 1 })).status).toBe(early);
  });

  it('declines with the last reason, whatever came last', () => {
    const failed = [10, 9, 2].map((id) => transaction('failed', id));
    for (const transactions of [failed, [...failed].reverse()]) {
      expect(paymentStatusOf(situation([], { transactions, nowMs: LATE }))).toEqual({
        status: 'declined',
        reason: { code: 'transaction_failed', message: 'reason 10' },
        doubleCharge: false,
      });
    }
  });

  it.each<[TransactionStatus[], PaymentStatus]>([
    [['held'], 'succeeded'],
    [['released'], 'succeeded'],
    // Nobody asked for the money.
    [['paid'], 'in_review'],
    [['released', 'paid'], 'in_review'],
    [['failed'], 'declined'],
    [['release_failed'], 'in_review'],
    [[], 'expired'],
  ])('verifies a card: %j is %s', (statuses, status) => {
    expect(paymentStatusOf(situation(statuses, { purpose: 'card_verification', nowMs: LATE })).status).toBe(
      status,
    );
  });

  it.each<[TransactionStatus[], PaymentStatus]>([
    [[], 'processing'],
    [['started'], 'processing'],
    [['failed'], 'declined'],
    [['expired'], 'expired'],
    [['paid'], 'succeeded'],
  ])('by token, nobody tries again: %j is %s at once', (statuses, status) => {
    expect(paymentStatusOf(situation(statuses, { byToken: true })).status).toBe(status);
  });

  it('ends nothing for being late on what is not proven', () => {
    const unproven = { unproven: true, nowMs: LATE };
    for (const statuses of [[], ['failed'], ['expired']] as TransactionStatus[][]) {
      expect(paymentStatusOf(situation(statuses, unproven))).toMatchObject({
        status: 'processing',
        reason: { code: 'not_proven' },
      });
    }
    expect(paymentStatusOf(situation(['paid'], unproven)).status).toBe('succeeded');
  });

  it('alarms at a double charge, and only then', () => {
    expect(paymentStatusOf(situation(['paid', 'paid'])).doubleCharge).toBe(true);
    expect(paymentStatusOf(situation(['paid', 'refunded', 'held'])).doubleCharge).toBe(false);
    const twice = [transaction('paid'), transaction('paid')];
    expect(paymentStatusOf(situation([], { transactions: twice })).doubleCharge).toBe(false);
  });
});

describe('properties', () => {
  const any = fc.record({
    statuses: fc.array(fc.constantFrom(...ALL), { maxLength: 6 }),
    nowMs: fc.constantFrom(0, EARLY, 1_000, LATE - 1, LATE, 10 ** 9),
    purpose: fc.constantFrom('payment' as const, 'card_verification' as const),
    byToken: fc.boolean(),
    unproven: fc.boolean(),
  });

  it('the order of the news does not matter', () => {
    fc.assert(
      fc.property(any, fc.infiniteStream(fc.nat()), ({ statuses, ...more }, random) => {
        const given = situation(statuses, more);
        const shuffled = given.transactions
          .map((one) => ({ one, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(paymentStatusOf({ ...given, transactions: shuffled })).toEqual(paymentStatusOf(given));
      }),
    );
  });

  it('any paid is a success; where a card is verified, held alone is', () => {
    fc.assert(
      fc.property(any, ({ statuses, ...more }) => {
        const { status } = paymentStatusOf(situation(statuses, more));
        const verifying = more.purpose === 'card_verification';
        const verified = statuses.some((one) => one === 'held' || one === 'released');
        const paid = statuses.includes('paid');
        expect(status === 'succeeded').toBe(verifying ? verified && !paid : paid);
      }),
    );
  });

  it('started or uncertain is never final, whatever the time is', () => {
    fc.assert(
      fc.property(any, ({ statuses, ...more }) => {
        const { status } = paymentStatusOf(situation(statuses, more));
        const open = statuses.some((one) => one === 'started' || one === 'uncertain');
        if (open && status !== 'succeeded') expect(FINAL).not.toContain(status);
      }),
    );
  });

  it('time alone ends only what nobody is at, and never without a proof', () => {
    fc.assert(
      fc.property(any, ({ statuses, ...more }) => {
        const early = paymentStatusOf(situation(statuses, { ...more, nowMs: 0 })).status;
        const { status } = paymentStatusOf(situation(statuses, more));
        if (!FINAL.includes(early) && FINAL.includes(status)) {
          expect(more.nowMs).toBeGreaterThanOrEqual(LATE);
          expect(more.unproven).toBe(false);
          expect(statuses.every((one) => one === 'failed' || one === 'expired')).toBe(true);
        }
      }),
    );
  });
});
