import type { PaymentStatus } from './payment-status.js';

export const PAYMENT_STATUSES = [
  'created',
  'action_required',
  'processing',
  'held',
  'in_review',
  'succeeded',
  'refunded',
  'cancelled',
  'declined',
  'failed',
  'expired',
] as const satisfies readonly PaymentStatus[];

/** What the payer's money may still turn out to be; a late proof is never thrown away. */
const LATE_PROOFS = ['held', 'in_review', 'succeeded', 'refunded'] as const;

/**
 * The table of legal moves. Those out of a final state are corrections: explicit, with a proof. `succeeded → in_review`
 * is a second charge of the same order, or an operation that nobody knows the outcome of.
 */
const MOVES: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  created: [
    'action_required',
    'processing',
    'held',
    'in_review',
    'succeeded',
    'refunded',
    'cancelled',
    'declined',
    'failed',
    'expired',
  ],
  action_required: [
    'processing',
    'held',
    'in_review',
    'succeeded',
    'refunded',
    'cancelled',
    'declined',
    'expired',
  ],
  processing: [
    'action_required',
    'held',
    'in_review',
    'succeeded',
    'refunded',
    'cancelled',
    'declined',
    'failed',
    'expired',
  ],
  held: ['in_review', 'succeeded', 'refunded', 'cancelled'],
  in_review: ['processing', 'held', 'succeeded', 'refunded', 'cancelled', 'declined', 'expired'],
  succeeded: ['refunded', 'in_review'],
  refunded: ['succeeded', 'in_review'],
  cancelled: LATE_PROOFS,
  declined: LATE_PROOFS,
  failed: LATE_PROOFS,
  expired: LATE_PROOFS,
};

const FINAL: ReadonlySet<PaymentStatus> = new Set([
  'succeeded',
  'refunded',
  'cancelled',
  'declined',
  'failed',
  'expired',
]);

export function isFinalPayment(status: PaymentStatus): boolean {
  return FINAL.has(status);
}

/** Nothing more happens by itself: final, or a person must decide. */
export function isSettledPayment(status: PaymentStatus): boolean {
  return isFinalPayment(status) || status === 'in_review';
}

export function canMovePayment(from: PaymentStatus, to: PaymentStatus): boolean {
  return MOVES[from].includes(to);
}

/** The payer's money after the end of the first act: no correction, but what operations are for. */
export function isPaymentCorrection(from: PaymentStatus, to: PaymentStatus): boolean {
  const byOperation = from === 'succeeded' && to === 'refunded';
  return isFinalPayment(from) && canMovePayment(from, to) && !byOperation;
}
