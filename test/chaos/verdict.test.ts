import { describe, expect, it } from 'vitest';
import type { ClearRequest } from '../../chaos/plan/asks.js';
import type { Obligation } from '../../chaos/plan/obligations.js';
import { brokenWords, type GivenAnswer, type Move } from '../../chaos/verdict/answers.js';
import { compareBooks, type Records } from '../../chaos/verdict/books.js';
import { isAllRight } from '../../chaos/verdict/findings.js';
import type { PayoutStatus } from '../../domain/payout-status.js';
import type { Payout } from '../../domain/payout.js';
import type { BookedPayout } from '../../workers/simulated/simulated-provider.js';

const AMOUNT = { minor: 101_000, currency: 'RUB' } as const;

const OBLIGATION = {
  number: 1,
  atMs: 0,
  request: {
    merchant: 'acme',
    payoutId: 'P-1',
    orderId: 'c0x1',
    account: 'a2p',
    amount: AMOUNT,
  } as ClearRequest & {
    orderId: string;
  },
  visit: 'complete',
  habits: { door: 'client', again: 'no', contradicts: false },
} satisfies Obligation;

function payout(status: PayoutStatus, changes: Partial<Payout> = {}): Payout {
  const ids = { merchant: 'acme', payoutId: 'P-1', orderId: 'c0x1', account: 'a2p', provider: 'all2pay' };
  return { ...ids, amount: AMOUNT, status, destination: '', version: 1, ...changes } as Payout;
}

function booked(bookings: number, changes: Partial<BookedPayout> = {}): BookedPayout {
  const { minor: amount, currency } = AMOUNT;
  return { orderId: 'c0x1', amount, currency, bookings, bookedAmount: bookings * amount, ...changes };
}

function records(payouts: readonly Payout[], orders: readonly BookedPayout[]): Records {
  return {
    obligations: [OBLIGATION],
    payments: [],
    journal: { payouts, payments: [] },
    books: { payouts: orders, payments: [] },
  };
}

it.each<[string, readonly Payout[], readonly BookedPayout[]]>([
  ['paid, and booked once', [payout('succeeded')], [booked(1)]],
  ['came back, and booked once', [payout('returned')], [booked(1)]],
  ['declined, and not booked', [payout('declined')], [booked(0)]],
  ['cancelled, and unknown to the provider', [payout('cancelled')], []],
  [
    'in review with a reason, and booked',
    [payout('in_review', { reason: { code: 'x', message: 'y' } })],
    [booked(1)],
  ],
])('finds nothing wrong: %s', (_name, payouts, orders) => {
  expect(isAllRight(compareBooks(records(payouts, orders)))).toBe(true);
});

it.each<[keyof ReturnType<typeof compareBooks>, string, readonly Payout[], readonly BookedPayout[]]>([
  ['doubleBookings', 'booked twice', [payout('succeeded')], [booked(2)]],
  [
    'doubleBookings',
    'booked again under another order id',
    [payout('succeeded')],
    [booked(1), booked(1, { orderId: 'c0x1r2' })],
  ],
  ['lost', 'not in the journal', [], []],
  ['stuck', 'still under way', [payout('processing')], [booked(0)]],
  ['mismatches', 'succeeded, and not booked', [payout('succeeded')], [booked(0)]],
  ['mismatches', 'declined, and booked', [payout('declined')], [booked(1)]],
  ['mismatches', 'failed, and booked', [payout('failed')], [booked(1)]],
  ['mismatches', 'another amount', [payout('succeeded')], [booked(1, { amount: 1, bookedAmount: 1 })]],
  [
    'mismatches',
    'an order that the journal does not know',
    [payout('succeeded')],
    [booked(1), booked(0, { orderId: 'other' })],
  ],
  ['mismatches', 'in review without a reason', [payout('in_review')], [booked(0)]],
])('finds %s: %s', (kind, _name, payouts, orders) => {
  expect(compareBooks(records(payouts, orders))[kind]).not.toEqual([]);
});

describe('what callers were told', () => {
  const move = (to: PayoutStatus, at: number, isVerdict = false): Move => ({
    payoutId: 'P-1',
    to,
    isVerdict,
    at,
  });
  const told = (what: GivenAnswer['what'], askedAt = 100_000): GivenAnswer => ({
    payoutId: 'P-1',
    what,
    askedAt,
  });

  it.each<[string, GivenAnswer, readonly Move[]]>([
    ['the end', told({ kind: 'stands', status: 'declined' }), [move('processing', 1), move('declined', 2)]],
    [
      'no end yet',
      told({ kind: 'stands', status: 'processing' }),
      [move('processing', 1), move('declined', 2)],
    ],
    [
      'just before a correction',
      told({ kind: 'stands', status: 'declined' }),
      [move('declined', 2), move('succeeded', 99_000)],
    ],
    ['cancelled', told({ kind: 'cancelled' }), [move('cancelled', 2)]],
    [
      'judged, and proven wrong since',
      told({ kind: 'judged', verdict: 'not_paid' }),
      [move('declined', 2, true), move('succeeded', 3)],
    ],
  ])('is borne out: %s', (_name, answer, moves) => expect(brokenWords([answer], moves)).toEqual([]));

  it.each<[string, GivenAnswer, readonly Move[]]>([
    ['an end that it never had', told({ kind: 'stands', status: 'declined' }), [move('succeeded', 2)]],
    [
      'an end that was corrected long before',
      told({ kind: 'stands', status: 'declined' }),
      [move('declined', 2), move('succeeded', 3)],
    ],
    ['cancelled, and paid', told({ kind: 'cancelled' }), [move('succeeded', 2)]],
    [
      'a verdict that is nowhere',
      told({ kind: 'judged', verdict: 'paid' }),
      [move('in_review', 2), move('succeeded', 3)],
    ],
    ['something of no payout', told({ kind: 'cancelled' }), []],
  ])('is not: %s', (_name, answer, moves) => expect(brokenWords([answer], moves)).toHaveLength(1));
});
