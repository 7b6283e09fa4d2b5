import { defineSearchAttributeKey } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { formatMoney } from '../domain/money.js';
import type { Payout } from '../domain/payout.js';
import type { PaymentStatus } from '../domain/payment-status.js';
import type { PayoutStatus } from '../domain/payout-status.js';

const STATUS = defineSearchAttributeKey('PayoutStatus', 'KEYWORD');
const IN_REVIEW = defineSearchAttributeKey('PayoutInReview', 'BOOL');
const PROVIDER = defineSearchAttributeKey('PayoutProvider', 'KEYWORD');
const ORDER_ID = defineSearchAttributeKey('PayoutOrderId', 'KEYWORD');

/** What only the engine knows at the start: one history event for all of it. */
export function announceOrder(
  { provider, orderId }: Pick<Payout, 'provider' | 'orderId'>,
  status: PayoutStatus | PaymentStatus,
): void {
  upsertSearchAttributes([
    { key: STATUS, value: status },
    ...(status === 'in_review' ? [{ key: IN_REVIEW, value: true }] : []),
    { key: PROVIDER, value: provider },
    { key: ORDER_ID, value: orderId },
  ]);
}

export function announceStatus(status: PayoutStatus | PaymentStatus, wasInReview: boolean): void {
  const inReview = status === 'in_review';
  upsertSearchAttributes([
    { key: STATUS, value: status },
    ...(inReview === wasInReview ? [] : [{ key: IN_REVIEW, value: inReview }]),
  ]);
}

/** Of what has no status among the payouts', and needs a person all the same. */
export function announceReview(): void {
  upsertSearchAttributes([{ key: IN_REVIEW, value: true }]);
}

/** The payout's present state for the Temporal UI; costs no history. */
export function describeNow(payout: Payout): void {
  const lines = [
    ...(payout.status === 'in_review'
      ? ['**A person must decide**: `payouts resolve` with a verdict of paid, not_paid or ask_again.']
      : []),
    `**${payout.status}** · ${formatMoney(payout.amount)} → ${payout.destination}`,
    `order \`${payout.orderId}\` at ${payout.account} (${payout.provider})`,
    ...(payout.reason ? [`why: ${payout.reason.message} (\`${payout.reason.code}\`)`] : []),
    ...(payout.reference !== undefined ? [`provider's reference \`${payout.reference}\``] : []),
  ];
  setCurrentDetails(lines.join('\n\n'));
}
