import type { Money } from './money.js';

/** How one try of the payer stands at the provider, in the engine's own words (8b.world /pay §6). */
export type TransactionStatus =
  /** The payer is at it. */
  | 'started'
  /** The money is held, to be taken or released. */
  | 'held'
  | 'released'
  | 'paid'
  /** Wholly or in part. */
  | 'refunded'
  /** The hold could not be released: a person must look. */
  | 'release_failed'
  /** The provider does not know yet and will say. */
  | 'uncertain'
  | 'expired'
  | 'failed'
  /** A word that the adapter does not know: never guessed at. */
  | 'unmapped';

/** One order may have many: a payer whose first card is declined tries another. */
export interface PaymentTransaction {
  /** The provider's id. */
  readonly id: string;
  readonly status: TransactionStatus;
  /** The provider's own word. */
  readonly providerStatus: string;
  /** What the order says, which must be what was asked for. */
  readonly amount?: Money | undefined;
  /** What was charged, by the payment system: a partial refund is in this currency (8b.world /pay §4.4). */
  readonly charged?: Money | undefined;
  /** Masked. */
  readonly card?: string | undefined;
  /** Why it failed, in the provider's words, without personal data. */
  readonly message?: string | undefined;
}

/** The allowed transitions (8b.world /pay §6). What an unmapped word becomes is always welcome. */
export const TRANSACTION_MOVES: Readonly<Record<TransactionStatus, readonly TransactionStatus[]>> = {
  started: ['held', 'paid', 'uncertain', 'expired', 'failed'],
  uncertain: ['held', 'paid', 'failed'],
  held: ['released', 'paid', 'release_failed'],
  paid: ['refunded'],
  // By further partial refunds.
  refunded: ['refunded'],
  released: [],
  release_failed: [],
  expired: [],
  failed: [],
  unmapped: [
    'started',
    'held',
    'released',
    'paid',
    'refunded',
    'release_failed',
    'uncertain',
    'expired',
    'failed',
  ],
};

export function canMoveTransaction(from: TransactionStatus, to: TransactionStatus): boolean {
  return TRANSACTION_MOVES[from].includes(to);
}

/**
 * What news of a transaction means. `move`: take it, also over several steps that nobody told of. `older`: it was so
 * before; ignore it. `contradiction`: a person must look, and the old status stays.
 */
export function transactionChange(
  from: TransactionStatus,
  to: TransactionStatus,
): 'same' | 'move' | 'older' | 'contradiction' {
  if (from === to) return 'same';
  if (to === 'unmapped') return 'contradiction';
  if (reaches(from, to)) return 'move';
  return reaches(to, from) ? 'older' : 'contradiction';
}

/** In one step or several; no way leads back. */
function reaches(from: TransactionStatus, to: TransactionStatus): boolean {
  return TRANSACTION_MOVES[from].some((next) => next === to || (next !== from && reaches(next, to)));
}

export type OperationKind = 'refund' | 'void' | 'complete';

/** Did the card work? Of one that was declined nobody keeps a token. */
export function leavesToken(status: TransactionStatus): boolean {
  return status === 'paid' || status === 'held' || status === 'released' || status === 'refunded';
}

/** What may be done to a transaction, and what it becomes by that (8b.world /pay §4.4). */
export const OPERATION_RULES: Readonly<
  Record<OperationKind, { readonly from: readonly TransactionStatus[]; readonly to: TransactionStatus }>
> = {
  refund: { from: ['paid', 'refunded'], to: 'refunded' },
  void: { from: ['held'], to: 'released' },
  complete: { from: ['held'], to: 'paid' },
};

export function canOperate(kind: OperationKind, status: TransactionStatus): boolean {
  return OPERATION_RULES[kind].from.includes(status);
}
