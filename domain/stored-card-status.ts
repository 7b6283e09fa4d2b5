import type { StoreProgress } from './provider-answer.js';

/**
 * The states of a stored card. `in_review`: the provider's answer never became clear. `removed` is ours alone: no
 * provider is told, and payouts may no longer name the card.
 */
export const STORED_CARD_STATUSES = [
  'requested',
  'action_required',
  'active',
  'failed',
  'expired',
  'in_review',
  'removed',
] as const;
export type StoredCardStatus = (typeof STORED_CARD_STATUSES)[number];

/** No money moves here, so a late proof that the card is stored is taken from anywhere but `removed`. */
const MOVES: Readonly<Record<StoredCardStatus, readonly StoredCardStatus[]>> = {
  requested: ['action_required', 'active', 'failed', 'expired', 'in_review', 'removed'],
  action_required: ['requested', 'active', 'failed', 'expired', 'in_review', 'removed'],
  in_review: ['active', 'failed', 'expired', 'removed'],
  active: ['removed'],
  failed: ['active', 'removed'],
  expired: ['active', 'removed'],
  removed: [],
};

export function canMoveStoredCard(from: StoredCardStatus, to: StoredCardStatus): boolean {
  return MOVES[from].includes(to);
}

/** True once the storing has come to an end, whatever it is. */
export function isSettledStoredCard(status: StoredCardStatus): boolean {
  return status !== 'requested' && status !== 'action_required';
}

/** Where a provider's word about the storing leads. */
export function storedCardStatusAfter(progress: StoreProgress): StoredCardStatus {
  switch (progress.kind) {
    case 'pending':
      return 'requested';
    case 'action_required':
      return 'action_required';
    case 'stored':
      return 'active';
    case 'not_stored':
      return progress.class === 'expired' ? 'expired' : 'failed';
    case 'contradiction':
      return 'in_review';
  }
}
