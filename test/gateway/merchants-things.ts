import { randomUUID } from 'node:crypto';
import type { AccountId, MerchantId, PaymentKey, PayoutKey, StoredCardKey } from '../../domain/ids.js';
import type { Journal } from '../../journal/port.js';
import { acceptedCard } from '../journal/support/cards.js';
import { operation, paidPayment } from '../journal/support/payments.js';
import { accepted } from '../journal/support/samples.js';

/** By the names that paths have for them. */
export type Things = Readonly<Record<string, string>>;

const BY = { actor: 'engine' };

/** One of each thing that a path may name, all of one merchant. */
export async function merchantsThings(journal: Journal, merchant: MerchantId): Promise<Things> {
  const name = `${merchant}-${randomUUID().slice(0, 8)}`;
  const account = (merchant === 'bank' ? 'other' : 'main') as AccountId;
  // A stop of the merchant, also one that a test made, would keep its payments from being begun.
  const scope = { kind: 'merchant', value: merchant } as const;
  const { stop } = await journal.stops.add({ scope, reason: `of ${name}`, ...BY });
  await journal.stops.resume(stop.id, { ...BY, reason: 'to go on' });
  const { payoutId } = await accepted(journal, { merchant, account, payoutId: `po-${name}` as never });
  const { storedCardId } = await acceptedCard(journal, { merchant, storedCardId: `sc-${name}` as never });
  const payment = await paidPayment(journal, { merchant, paymentId: `pm-${name}` as never });
  const asked = operation(payment, 'refund');
  await journal.payments.acceptOperation(asked, BY);
  return {
    ...{ payoutId, storedCardId, account, paymentId: payment.paymentId, operationId: asked.operationId },
    ...{ ...(await aKey(journal, merchant)), 'stops/id': stop.id },
    // Of no merchant.
    ...{ 'callbacks/id': '999999', 'notices/id': '999999' },
  };
}

/** One that any admin may rotate. */
export async function aKey({ apiKeys }: Journal, merchant: MerchantId): Promise<Things> {
  const { key } = await apiKeys.add({ name: 'spare', roles: ['admin'], merchant }, BY);
  return { 'api-keys/id': key.id };
}

/** All that a stranger might have changed of them. */
export async function stateOf(
  { payouts, payments, storedCards, apiKeys, stops }: Journal,
  merchant: MerchantId,
  { payoutId, paymentId, storedCardId }: Things,
): Promise<readonly unknown[]> {
  return Promise.all([
    payouts.events({ merchant, payoutId } as PayoutKey),
    payments.events({ merchant, paymentId } as PaymentKey),
    payments.get({ merchant, paymentId } as PaymentKey),
    storedCards.events({ merchant, storedCardId } as StoredCardKey),
    payouts.list({ merchant }, { limit: 100 }),
    payments.list({ merchant }, { limit: 100 }),
    storedCards.list({ merchant }, { limit: 100 }),
    apiKeys.list(merchant),
    stops.list('all', merchant),
  ]);
}
