import { describe, expect, it } from 'vitest';
import {
  canMovePayment,
  isFinalPayment,
  isPaymentCorrection,
  isSettledPayment,
  PAYMENT_STATUSES,
} from '../../domain/payment-moves.js';
import { operationProof, type OperationDoubt } from '../../domain/payment-operation.js';

describe('the table of a payment’s moves', () => {
  it('never makes an unpaid end out of money that came in', () => {
    for (const paid of ['succeeded', 'refunded'] as const) {
      for (const unpaid of [
        'declined',
        'failed',
        'expired',
        'cancelled',
        'action_required',
        'processing',
      ] as const) {
        expect(canMovePayment(paid, unpaid), `${paid} → ${unpaid}`).toBe(false);
      }
    }
  });

  it('lets a late proof in from every unpaid end, as a correction', () => {
    for (const end of ['declined', 'failed', 'expired', 'cancelled'] as const) {
      for (const proof of ['succeeded', 'held', 'refunded', 'in_review'] as const) {
        expect([canMovePayment(end, proof), isPaymentCorrection(end, proof)]).toEqual([true, true]);
      }
      expect(canMovePayment(end, 'action_required')).toBe(false);
    }
    expect(isPaymentCorrection('succeeded', 'refunded')).toBe(false);
  });

  it('has a way out of every state that is not final, and none into its beginning', () => {
    for (const from of PAYMENT_STATUSES) {
      expect(canMovePayment(from, 'created')).toBe(false);
      const ends = PAYMENT_STATUSES.filter((to) => isFinalPayment(to) && canMovePayment(from, to));
      if (!isFinalPayment(from)) expect(ends.length, from).toBeGreaterThan(0);
      expect(isSettledPayment(from)).toBe(isFinalPayment(from) || from === 'in_review');
    }
  });
});

describe('what a status proves of an operation', () => {
  const refund: OperationDoubt = { kind: 'refund', whole: true, before: 'paid', refused: false };
  const hold: OperationDoubt = { kind: 'complete', whole: true, before: 'held', refused: false };

  it.each([
    ['all was given back', refund, 'refunded', 'refunded', 'done'],
    ['nothing was', refund, 'paid', 'refunded', 'unchanged'],
    ['a part may have been', { ...refund, whole: false }, 'refunded', 'refunded', 'unprovable'],
    ['a lost part may be on its way', { ...refund, whole: false }, 'paid', 'refunded', 'unprovable'],
    ['a refused part is not', { ...refund, whole: false, refused: true }, 'paid', 'refunded', 'unchanged'],
    [
      'one part looks like two',
      { ...refund, whole: false, before: 'refunded' },
      'refunded',
      'refunded',
      'unprovable',
    ],
    ['the hold was taken', hold, 'paid', 'paid', 'done'],
    ['the hold stands', hold, 'held', 'paid', 'unchanged'],
    ['it was released instead', hold, 'released', 'paid', 'unprovable'],
    ['the provider does not know', hold, 'uncertain', 'paid', 'open'],
    ['an unknown word', hold, 'unmapped', 'paid', 'open'],
    ['the transaction is not told of', hold, undefined, 'paid', 'open'],
  ] as const)('%s', (_name, doubt, now, leadsTo, proof) => {
    expect(operationProof(doubt, now, leadsTo)).toBe(proof);
  });
});
