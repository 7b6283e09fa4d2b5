import type { Progress } from './provider-answer.js';

/** The states of one payout's life. */
export const PAYOUT_STATUSES = [
  'created',
  'awaiting_approval',
  'scheduled',
  'action_required',
  'processing',
  'in_review',
  'succeeded',
  'declined',
  'failed',
  'cancelled',
  'expired',
  'returned',
] as const;

export type PayoutStatus = (typeof PAYOUT_STATUSES)[number];

/**
 * The table of legal moves. `declined → succeeded` and `succeeded → returned` are corrections: explicit, with a proof.
 * `processing → cancelled` needs the journal's proof that no attempt left (rule 1); the table alone does not give it.
 */
const MOVES: Readonly<Record<PayoutStatus, readonly PayoutStatus[]>> = {
  created: [
    'awaiting_approval',
    'scheduled',
    'action_required',
    'processing',
    'in_review',
    'succeeded',
    'declined',
    'failed',
    'cancelled',
    'expired',
  ],
  awaiting_approval: ['created', 'scheduled', 'cancelled', 'expired'],
  scheduled: ['created', 'processing', 'failed', 'cancelled'],
  action_required: ['processing', 'in_review', 'succeeded', 'declined', 'failed', 'expired'],
  processing: ['action_required', 'in_review', 'succeeded', 'declined', 'failed', 'cancelled', 'expired'],
  in_review: ['action_required', 'processing', 'succeeded', 'declined', 'failed', 'expired'],
  succeeded: ['returned'],
  declined: ['succeeded'],
  failed: [],
  cancelled: [],
  expired: [],
  returned: [],
};

const FINAL: ReadonlySet<PayoutStatus> = new Set([
  'succeeded',
  'declined',
  'failed',
  'cancelled',
  'expired',
  'returned',
]);

export function isFinal(status: PayoutStatus): boolean {
  return FINAL.has(status);
}

export function canMove(from: PayoutStatus, to: PayoutStatus): boolean {
  return MOVES[from].includes(to);
}

/** A final state that a later proof replaced: written as its own kind of event, never silently. */
export function isCorrection(from: PayoutStatus, to: PayoutStatus): boolean {
  return isFinal(from) && canMove(from, to);
}

/** May an end be replaced by a later proof? */
export function isCorrectable(status: PayoutStatus): boolean {
  return PAYOUT_STATUSES.some((to) => isCorrection(status, to));
}

/** Where a provider's progress leads. */
export function statusAfter(progress: Progress): PayoutStatus {
  switch (progress.kind) {
    case 'pending':
    case 'ready':
      return 'processing';
    case 'action_required':
      return 'action_required';
    case 'paid':
      return 'succeeded';
    case 'returned':
      return 'returned';
    case 'contradiction':
      return 'in_review';
    case 'not_paid':
      return ({ declined: 'declined', refused: 'failed', expired: 'expired' } as const)[progress.class];
  }
}
