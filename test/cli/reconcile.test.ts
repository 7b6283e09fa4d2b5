import { describe, expect, it } from 'vitest';
import { reportOf } from '../../cli/demo/demo-report.js';
import { reconcile, reconcilePayments, type OurPayout } from '../../cli/demo/reconcile.js';
import type { OrderId } from '../../domain/ids.js';
import type { Payment } from '../../domain/payment.js';
import type { PayoutStatus } from '../../domain/payout-status.js';
import type { BookedPayment, BookedPayout } from '../../workers/simulated/simulated-provider.js';
import { payout, rowState } from './cli-fixture.js';

function order(change: Partial<BookedPayout> = {}): BookedPayout {
  const bookings = change.bookings ?? 1;
  const amount = change.amount ?? 10050;
  return {
    orderId: 'o-1',
    amount,
    currency: 'RUB',
    bookings,
    bookedAmount: bookings * amount,
    ...change,
  };
}

function payment(change: Partial<Payment> = {}): Payment {
  const amount = { minor: 2500, currency: 'EUR' };
  return { paymentId: 'order-1', orderId: 'o-1', status: 'succeeded', amount, ...change } as Payment;
}

function taken(change: Partial<BookedPayment> = {}): BookedPayment {
  const whole = { orderId: 'o-1', amount: 2500, currency: 'EUR', bookings: 1 } as const;
  return { ...whole, takenAmount: 2500, refundedAmount: 0, ...change };
}

function words(payouts: readonly OurPayout[], orders: readonly BookedPayout[]): string[] {
  return reconcile(payouts, orders).mismatches.map((mismatch) => mismatch.words);
}

describe('books that agree', () => {
  it.each<[PayoutStatus, BookedPayout[]]>([
    ['succeeded', [order()]],
    ['returned', [order()]],
    ['declined', [order({ bookings: 0 })]],
    ['declined', []],
    ['failed', []],
    ['cancelled', []],
    ['expired', [order({ bookings: 0 })]],
    ['in_review', []],
    ['in_review', [order({ bookings: 0 })]],
    ['in_review', [order({ bookings: 1 })]],
  ])('%s', (status, orders) => {
    expect(words([payout({ status })], orders)).toEqual([]);
  });

  it("takes the payer's card for the same under the provider's id", () => {
    const ours: OurPayout = { ...payout(), sourceCard: 'bind-1' };
    expect(words([ours], [order({ sourceCard: 'bind-1' })])).toEqual([]);
  });

  it('adds up the bookings, those of payouts in review too', () => {
    const payouts = [payout(), payout({ orderId: 'o-2' as OrderId, status: 'in_review' })];
    const books = reconcile(payouts, [order(), order({ orderId: 'o-2' })]);
    expect(books).toEqual({ payouts: 2, bookings: 2, doubleBookings: 0, mismatches: [] });
  });
});

describe('books that do not agree', () => {
  it.each<[string, OurPayout, BookedPayout[], RegExp]>([
    ['paid, and unknown to the provider', payout(), [], /the provider does not know it/],
    ['paid, and no money moved', payout(), [order({ bookings: 0 })], /is succeeded, and no money moved/],
    ['declined, and money moved', payout({ status: 'declined' }), [order()], /is declined, and money moved/],
    ['expired, and money moved', payout({ status: 'expired' }), [order()], /is expired, and money moved/],
    ['paid twice', payout(), [order({ bookings: 2 })], /money moved 2 times/],
    [
      'in review, and paid twice',
      payout({ status: 'in_review' }),
      [order({ bookings: 2 })],
      /money moved 2 times/,
    ],
    ['a kopeck apart', payout(), [order({ amount: 10051 })], /100.50 RUB, the provider says 100.51 RUB/],
    ['another currency', payout(), [order({ currency: 'KZT' })], /the provider says 100.50 KZT/],
    [
      "a payer's card of ours, and the account's funds there",
      { ...payout(), sourceCard: 'bind-1' },
      [order()],
      /we take it from the card bind-1, the provider from the account's own funds/,
    ],
    [
      "a payer's card there, and none of ours",
      payout(),
      [order({ sourceCard: 'bind-1' })],
      /we take it from the account's own funds, the provider from the card bind-1/,
    ],
    ['less moved than ordered', payout(), [order({ bookedAmount: 10049 })], /10049 minor units moved/],
    ['not final', payout({ status: 'processing' }), [order()], /is not final: processing/],
  ])('%s', (_, ours, theirs, expected) => {
    const found = words([ours], theirs);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it('finds an order that the journal does not know', () => {
    expect(reconcile([], [order()]).mismatches).toEqual([
      { orderId: 'o-1', words: 'the provider has this order (bookings: 1), the journal does not' },
    ]);
  });

  it('finds an order id used twice, on either side', () => {
    expect(words([payout(), payout()], [order()])).toEqual(['several payouts share this order id']);
    expect(words([payout()], [order(), order()])).toEqual([
      'the provider has this order number more than once',
    ]);
  });

  it('counts orders booked more than once', () => {
    expect(reconcile([payout()], [order({ bookings: 3 })])).toMatchObject({ bookings: 3, doubleBookings: 1 });
  });
});

describe('payments', () => {
  const wordsOf = (ours: Partial<Payment>, theirs: Partial<BookedPayment> | undefined): string[] =>
    reconcilePayments([payment(ours)], theirs ? [taken(theirs)] : []).map(({ words: said }) => said);

  it.each<[string, Partial<Payment>, Partial<BookedPayment> | undefined]>([
    ['taken', {}, {}],
    ['taken, a part given back', { refundedMinor: 500 }, { refundedAmount: 500 }],
    ['given back', { status: 'refunded', refundedMinor: 2500 }, { refundedAmount: 2500 }],
    ['declined', { status: 'declined' }, { bookings: 0, takenAmount: 0 }],
    ['failed, and never there', { status: 'failed' }, undefined],
  ])('%s: the books agree', (_what, ours, theirs) => {
    expect(wordsOf(ours, theirs)).toEqual([]);
  });

  it.each<[string, Partial<Payment>, Partial<BookedPayment> | undefined, RegExp]>([
    ['unknown there', {}, undefined, /is succeeded, and money was taken 0 times/],
    ['taken twice', {}, { bookings: 2, takenAmount: 5000 }, /taken 2 times/],
    ['declined, and taken', { status: 'declined' }, {}, /is declined, and money was taken 1 times/],
    ['another amount', {}, { takenAmount: 2501 }, /2501 minor units were taken instead of 2500/],
    ['given back there alone', {}, { refundedAmount: 500 }, /gave 0 minor units back, the provider says 500/],
    ['unknown here', { orderId: 'o-9' as OrderId, status: 'expired' }, {}, /the journal does not/],
  ])('%s: said in words', (_what, ours, theirs, expected) => {
    expect(wordsOf(ours, theirs)).toEqual([expect.stringMatching(expected)]);
  });
});

describe('the demo’s verdict', () => {
  const history = { p50: 23, max: 34 };
  const row = rowState({ status: 'succeeded', payout: payout() });

  it('is good only if every row is as expected and the books agree', () => {
    const ours = { payouts: [payout()], payments: [] };
    const books = { ...reconcile([payout()], [order()]), payments: [] };
    expect(reportOf([row], ours, books, history).ok).toBe(true);
    expect(reportOf([{ ...row, expect: 'declined' }], ours, books, history).ok).toBe(false);
    expect(reportOf([row], ours, { ...reconcile([payout()], []), payments: [] }, history).ok).toBe(false);
    const payments = reconcilePayments([], [taken()]);
    expect(reportOf([row], ours, { ...books, payments }, history).ok).toBe(false);
  });

  it('has the figures that programs read', () => {
    const payouts = [payout(), payout({ orderId: 'o-2' as OrderId, status: 'expired' })];
    const books = { ...reconcile(payouts, [order()]), payments: [] };
    expect(reportOf([row], { payouts, payments: [payment()] }, books, history).figures).toEqual({
      payouts: 2,
      succeeded: 1,
      declined: 0,
      failed: 0,
      expired: 1,
      in_review: 0,
      bookings: 1,
      double_bookings: 0,
      payments: 1,
      payments_succeeded: 1,
      mismatches: 0,
      history_events_p50: 23,
      history_events_max: 34,
    });
  });
});
