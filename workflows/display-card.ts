import { defineSearchAttributeKey } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { StoredCardView } from '../domain/stored-card.js';

const PROVIDER = defineSearchAttributeKey('PayoutProvider', 'KEYWORD');
const ORDER_ID = defineSearchAttributeKey('PayoutOrderId', 'KEYWORD');

/** What only the engine knows at the start. The card's state is no payout's: `PayoutStatus` stays unset. */
export function announceCard({ provider, orderId }: StoredCardView): void {
  upsertSearchAttributes([
    { key: PROVIDER, value: provider },
    { key: ORDER_ID, value: orderId },
  ]);
}

/** The card's present state for the Temporal UI; costs no history. */
export function describeCard(card: StoredCardView): void {
  const lines = [
    `**${card.status}** · ${card.masked}, to be a ${card.purpose}`,
    `order \`${card.orderId}\` at ${card.account} (${card.provider})`,
    ...(card.reason ? [`why: ${card.reason.message} (\`${card.reason.code}\`)`] : []),
    ...(card.providerCardId === undefined ? [] : [`the provider's id \`${card.providerCardId}\``]),
  ];
  setCurrentDetails(lines.join('\n\n'));
}
