import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canMove,
  isCorrection,
  isFinal,
  PAYOUT_STATUSES,
  statusAfter,
  type PayoutStatus,
} from '../../domain/payout-status.js';
import type { Progress } from '../../domain/provider-answer.js';

const status = fc.constantFrom(...PAYOUT_STATUSES);

/** Every status that some chain of legal moves reaches. */
function reachableFrom(start: PayoutStatus): ReadonlySet<PayoutStatus> {
  const reached = new Set<PayoutStatus>([start]);
  for (const from of reached) for (const to of PAYOUT_STATUSES) if (canMove(from, to)) reached.add(to);
  return reached;
}

describe('the table of moves', () => {
  it('reaches every status from created', () => {
    expect([...reachableFrom('created')].sort()).toEqual([...PAYOUT_STATUSES].sort());
  });

  it('has a way to a final status from every status: nothing is stuck by design', () => {
    for (const from of PAYOUT_STATUSES) expect([...reachableFrom(from)].some(isFinal), from).toBe(true);
  });

  it('leaves a final status only by one of the two corrections', () => {
    const corrections = PAYOUT_STATUSES.flatMap((from) =>
      PAYOUT_STATUSES.filter((to) => isCorrection(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(corrections).toEqual(['succeeded → returned', 'declined → succeeded']);
  });

  it('never moves a status to itself, back to created once sent, or out of review into cancelled', () => {
    for (const one of PAYOUT_STATUSES) expect(canMove(one, one), one).toBe(false);
    for (const sent of ['action_required', 'processing', 'in_review'] as const) {
      expect(canMove(sent, 'created')).toBe(false);
    }
    expect(canMove('in_review', 'cancelled')).toBe(false);
    expect(canMove('action_required', 'cancelled')).toBe(false);
  });

  it('keeps a run of random moves legal: a final status ends it, or a correction follows', () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 60 }), (wishes) => {
        const walk = wishes.reduce<PayoutStatus[]>(
          (path, to) => (canMove(path.at(-1) ?? 'created', to) ? [...path, to] : path),
          ['created'],
        );
        const finals = walk.filter(isFinal);
        const afterFirstFinal = finals.length === 0 ? [] : walk.slice(walk.findIndex(isFinal));
        expect(afterFirstFinal.every(isFinal)).toBe(true);
        // At most declined → succeeded → returned.
        expect(afterFirstFinal.length).toBeLessThanOrEqual(3);
        // Money that moved is never forgotten: after succeeded only returned.
        const paidAt = walk.indexOf('succeeded');
        if (paidAt >= 0) expect(['returned', undefined]).toContain(walk[paidAt + 1]);
      }),
    );
  });
});

describe('where progress leads', () => {
  const progress: fc.Arbitrary<Progress> = fc.oneof(
    fc.constant({ kind: 'pending' } as const),
    fc.constant({
      kind: 'action_required',
      action: { type: 'redirect', url: 'https://page.example/' },
    } as const),
    fc.constant({ kind: 'paid' } as const),
    fc.record({
      kind: fc.constant('not_paid' as const),
      class: fc.constantFrom('declined' as const, 'refused' as const, 'expired' as const),
      code: fc.string(),
      message: fc.string(),
    }),
    fc.record({ kind: fc.constant('contradiction' as const), code: fc.string(), message: fc.string() }),
  );

  it('is always a legal move of a payout in flight, or no move at all', () => {
    fc.assert(
      fc.property(progress, fc.constantFrom('created' as const, 'processing' as const), (word, from) => {
        const to = statusAfter(word);
        expect(to === from || canMove(from, to)).toBe(true);
      }),
    );
  });

  it('says succeeded for paid alone', () => {
    fc.assert(
      fc.property(progress, (word) => (statusAfter(word) === 'succeeded') === (word.kind === 'paid')),
    );
  });
});
