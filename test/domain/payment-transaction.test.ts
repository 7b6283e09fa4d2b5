import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canMoveTransaction,
  canOperate,
  OPERATION_RULES,
  TRANSACTION_MOVES,
  transactionChange,
  type TransactionStatus,
} from '../../domain/payment-transaction.js';

/** 8b.world /pay §6 "Allowed transitions", copied from the document, in the engine's words. */
const DOCUMENTED: readonly [TransactionStatus, readonly TransactionStatus[]][] = [
  ['started', ['held', 'paid', 'uncertain', 'expired', 'failed']],
  ['uncertain', ['held', 'paid', 'failed']],
  ['held', ['released', 'paid', 'release_failed']],
  ['paid', ['refunded']],
  ['refunded', ['refunded']],
  ['released', []],
  ['release_failed', []],
  ['expired', []],
  ['failed', []],
];
const ALL = Object.keys(TRANSACTION_MOVES) as TransactionStatus[];
const any = fc.constantFrom(...ALL);

describe('transitions', () => {
  it.each(DOCUMENTED)('from %s to %j and nowhere else', (from, to) => {
    expect(ALL.filter((next) => canMoveTransaction(from, next)).sort()).toEqual([...to].sort());
  });

  it('has a row for each', () => {
    expect(ALL.filter((status) => status !== 'unmapped').sort()).toEqual(
      DOCUMENTED.map(([from]) => from).sort(),
    );
  });

  it('an unmapped word may become anything known, and nothing becomes one', () => {
    for (const status of ALL) {
      expect(canMoveTransaction('unmapped', status)).toBe(status !== 'unmapped');
      expect(canMoveTransaction(status, 'unmapped')).toBe(false);
    }
  });
});

describe('news', () => {
  it.each<[TransactionStatus, TransactionStatus, string]>([
    ['started', 'paid', 'move'],
    ['started', 'refunded', 'move'],
    ['uncertain', 'refunded', 'move'],
    ['paid', 'paid', 'same'],
    ['paid', 'started', 'older'],
    ['paid', 'held', 'older'],
    ['refunded', 'paid', 'older'],
    ['failed', 'started', 'older'],
    ['failed', 'paid', 'contradiction'],
    ['paid', 'failed', 'contradiction'],
    ['released', 'paid', 'contradiction'],
    ['expired', 'paid', 'contradiction'],
    ['paid', 'unmapped', 'contradiction'],
    ['started', 'unmapped', 'contradiction'],
    ['unmapped', 'paid', 'move'],
  ])('%s, then %s: %s', (from, to, change) => {
    expect(transactionChange(from, to)).toBe(change);
  });

  it('one way and the other never both move', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        const [there, back] = [transactionChange(a, b), transactionChange(b, a)];
        if (there === 'move' && a !== 'unmapped') expect(back).toBe('older');
        if (canMoveTransaction(a, b) && a !== b) expect(there).toBe('move');
        expect(there === 'same').toBe(a === b);
      }),
    );
  });

  it('told in any order, the last word stands', () => {
    // Any walk along the table.
    const walk = fc.array(fc.nat(20), { maxLength: 5 }).map((steps) =>
      steps.reduce<TransactionStatus[]>(
        (path, step) => {
          const next = TRANSACTION_MOVES[path.at(-1) ?? 'started'];
          return next.length === 0 ? path : [...path, next[step % next.length] ?? 'started'];
        },
        ['started'],
      ),
    );
    const shuffled = walk.chain((path) =>
      fc.shuffledSubarray(path, { minLength: path.length }).map((news) => ({ last: path.at(-1), news })),
    );
    fc.assert(
      fc.property(shuffled, ({ last, news }) => {
        const [first = 'started', ...rest] = news;
        const end = rest.reduce((from, to) => {
          const change = transactionChange(from, to);
          expect(change).not.toBe('contradiction');
          return change === 'move' ? to : from;
        }, first);
        expect(end).toBe(last);
      }),
    );
  });
});

/** 8b.world /pay §4.4. */
it.each([
  ['refund', ['paid', 'refunded'], 'refunded'],
  ['void', ['held'], 'released'],
  ['complete', ['held'], 'paid'],
] as const)('%s is allowed in %j and leads to %s', (kind, from, to) => {
  expect(ALL.filter((status) => canOperate(kind, status))).toEqual(
    ALL.filter((status) => from.some((one) => one === status)),
  );
  expect(OPERATION_RULES[kind].to).toBe(to);
  for (const status of from) expect(canMoveTransaction(status, to)).toBe(true);
});
