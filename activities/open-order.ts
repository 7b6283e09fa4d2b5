import type { ActivityDeps } from './deps.js';
import type { StoredPayout } from '../journal/port.js';
import type { ReturnUrls } from '../domain/payout-request.js';
import type { Order } from '../providers/port.js';
import { openCard } from '../secrets/card-seal.js';

/** The order as the provider will get it. The card is open from here to the end of one call, nowhere else. */
export async function openOrder(deps: ActivityDeps, { payout, request }: StoredPayout): Promise<Order> {
  const { destination } = request;
  return {
    orderId: payout.orderId,
    amount: request.amount,
    destination:
      destination.type === 'card'
        ? { type: 'card', number: await openCard(deps.sealingKeys, destination.sealed, request) }
        : destination,
    recipient: request.recipient,
    description: request.description,
    returnUrls: request.returnUrls && returnDoors(deps, payout, request.returnUrls),
    metadata: request.metadata,
  };
}

/** Browsers come back by our gateway, which tells the payout and then sends them on to the merchant's pages. */
function returnDoors(
  { publicUrl }: ActivityDeps,
  { account, orderId }: StoredPayout['payout'],
  merchantPages: ReturnUrls,
): ReturnUrls {
  if (publicUrl === undefined) return merchantPages;
  const door = `${publicUrl.replace(/\/$/, '')}/return/${account}/${orderId}`;
  return { success: `${door}?to=success`, failure: `${door}?to=failure` };
}
