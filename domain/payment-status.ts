import type { PaymentTransaction, TransactionStatus } from './payment-transaction.js';
import type { PaymentRequest } from './payment.js';
import type { Reason } from './payout.js';

/** `held`, `in_review` and `action_required` wait for somebody; `succeeded` may still become `refunded`. */
export type PaymentStatus =
  | 'created'
  | 'action_required'
  | 'processing'
  | 'held'
  | 'succeeded'
  | 'refunded'
  | 'cancelled'
  | 'declined'
  | 'failed'
  | 'expired'
  | 'in_review';

export interface PaymentSituation {
  /** What is known of the order, each transaction once, by its newest status. */
  readonly transactions: readonly PaymentTransaction[];
  readonly expiresAtMs: number;
  readonly nowMs: number;
  /** How long after its expiry an order's outcome may still come, in ms. */
  readonly graceMs: number;
  readonly purpose: PaymentRequest['purpose'];
  /** Charged by a token: no payer can try another card, so that a failed transaction ends the order. */
  readonly byToken?: boolean | undefined;
  /** The provider's last word was not proven: it may not end an order for being late (money rule 9). */
  readonly unproven?: boolean | undefined;
}

export interface PaymentVerdict {
  readonly status: PaymentStatus;
  /** Present unless everything is in order. */
  readonly reason?: Reason | undefined;
  /** Two transactions of one order are paid: somebody must give one back. */
  readonly doubleCharge: boolean;
}

/**
 * One order, many transactions: a payer whose first card is declined tries another (8b.world /pay §6, order rule). The
 * order of the news means nothing; a paid transaction decides whatever else there is.
 */
export function paymentStatusOf(situation: PaymentSituation): PaymentVerdict {
  const paid = new Set(withStatus(situation, 'paid').map(({ id }) => id));
  return { ...verdictOf(situation), doubleCharge: paid.size > 1 };
}

function verdictOf(situation: PaymentSituation): Omit<PaymentVerdict, 'doubleCharge'> {
  const { purpose, byToken = false, unproven = false } = situation;
  const has = (status: TransactionStatus): boolean => withStatus(situation, status).length > 0;
  const over = situation.nowMs >= situation.expiresAtMs + situation.graceMs;
  const verifying = purpose === 'card_verification';
  const verified = verifying && (has('held') || has('released'));

  // An acquirer that does not know the flag charges the card (8b.world /pay §4.1).
  if (verifying && has('paid')) {
    return because('in_review', 'charged_to_verify', 'Charged instead of verified: give the money back');
  }
  if (has('paid') || verified) return { status: 'succeeded' };
  if (has('release_failed')) return because('in_review', 'release_failed', 'A hold could not be released');
  if (has('unmapped')) return because('in_review', 'unmapped_status', 'A status that nobody documented');
  if (has('held')) return { status: 'held' };
  if (has('uncertain')) return { status: 'processing' };
  if (has('started')) return { status: over || byToken ? 'processing' : 'action_required' };
  if (has('refunded')) return { status: 'refunded' };
  if (has('released')) return because('cancelled', 'released', 'The held money was released');
  const last = lastFailed(situation);
  const noOtherTry = byToken && (last !== undefined || has('expired'));
  if (!over && !noOtherTry) return { status: byToken ? 'processing' : 'action_required' };
  if (unproven && !noOtherTry) {
    return because('processing', 'not_proven', 'The provider gave no signed answer that nobody paid');
  }
  if (last === undefined) return because('expired', 'expired', 'Nobody paid in time');
  return because('declined', 'transaction_failed', last.message ?? 'The payment was declined');
}

function withStatus(
  { transactions }: PaymentSituation,
  status: TransactionStatus,
): readonly PaymentTransaction[] {
  return transactions.filter((transaction) => transaction.status === status);
}

/** By the provider's ids, which grow; so that the order in which the news came means nothing. */
function lastFailed(situation: PaymentSituation): PaymentTransaction | undefined {
  return [...withStatus(situation, 'failed')].sort(byId).at(-1);
}

function byId({ id: a }: PaymentTransaction, { id: b }: PaymentTransaction): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : Number(a > b);
}

function because(status: PaymentStatus, code: string, message: string): Omit<PaymentVerdict, 'doubleCharge'> {
  return { status, reason: { code, message } };
}
