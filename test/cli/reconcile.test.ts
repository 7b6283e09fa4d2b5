import { describe, expect, it } from 'vitest';
import { reportOf } from '../../cli/demo/demo-report.js';
import { reconcile, type BookedPayout, type LedgerOrder } from '../../cli/demo/reconcile.js';
import type { OrderId } from '../../domain/ids.js';
import type { PayoutStatus } from '../../domain/payout-status.js';
import { payout, rowState } from './cli-fixture.js';

function order(change: Partial<LedgerOrder> = {}): LedgerOrder {
  const bookings = change.bookings ?? 1;
  const amount = change.amount ?? 10050;
  return {
    orderNumber: 'o-1',
    amount,
    currency: '643',
    bookings,
    bookedAmount: bookings * amount,
    ...change,
  };
}

function words(payouts: readonly BookedPayout[], orders: readonly LedgerOrder[]): string[] {
  return reconcile(payouts, orders).mismatches.map((mismatch) => mismatch.words);
}

describe('books that agree', () => {
  it.each<[PayoutStatus, LedgerOrder[]]>([
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
    const ours: BookedPayout = { ...payout(), sourceCard: 'bind-1' };
    expect(words([ours], [order({ sourceCard: 'bind-1' })])).toEqual([]);
  });

  it('adds up the bookings, those of payouts in review too', () => {
    const payouts = [payout(), payout({ orderId: 'o-2' as OrderId, status: 'in_review' })];
    const books = reconcile(payouts, [order(), order({ orderNumber: 'o-2' })]);
    expect(books).toEqual({ payouts: 2, bookings: 2, doubleBookings: 0, mismatches: [] });
  });
});

describe('books that do not agree', () => {
  it.each<[string, BookedPayout, LedgerOrder[], RegExp]>([
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
    ['a kopeck apart', payout(), [order({ amount: 10051 })], /100.50 RUB, the provider says 10051/],
    ['another currency', payout(), [order({ currency: '398' })], /minor units of 398/],
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

describe('the demo’s verdict', () => {
  const history = { p50: 23, max: 34 };
  const row = rowState({ status: 'succeeded', payout: payout() });

  it('is good only if every row is as expected and the books agree', () => {
    const books = reconcile([payout()], [order()]);
    expect(reportOf([row], [payout()], books, history).ok).toBe(true);
    expect(reportOf([{ ...row, expect: 'declined' }], [payout()], books, history).ok).toBe(false);
    expect(reportOf([row], [payout()], reconcile([payout()], []), history).ok).toBe(false);
  });

  it('has the figures that programs read', () => {
    const payouts = [payout(), payout({ orderId: 'o-2' as OrderId, status: 'expired' })];
    expect(reportOf([row], payouts, reconcile(payouts, [order()]), history).figures).toEqual({
      payouts: 2,
      succeeded: 1,
      declined: 0,
      failed: 0,
      expired: 1,
      in_review: 0,
      bookings: 1,
      double_bookings: 0,
      mismatches: 0,
      history_events_p50: 23,
      history_events_max: 34,
    });
  });
});
