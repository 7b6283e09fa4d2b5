import type { ActivityDeps } from './deps.js';
import { findSource } from './stored-cards/resolve.js';
import { callbackDoor, returnDoors } from './return-doors.js';
import { providerOrderIdIn, type StoredPayout } from '../journal/port.js';
import type { Order } from '../providers/port.js';
import { openCard } from '../secrets/card-seal.js';

/** The order as the provider will get it. The card is open from here to the end of one call, nowhere else. */
export async function openOrder(
  deps: ActivityDeps,
  { payout, request, attempts }: StoredPayout,
): Promise<Order> {
  const { destination } = request;
  return {
    orderId: payout.orderId,
    amount: request.amount,
    destination:
      destination.type === 'card'
        ? { type: 'card', number: await openCard(deps.sealingKeys, destination.sealed, request) }
        : destination,
    // A card that was taken out of use since this payout was accepted is still what it was accepted for.
    source: await findSource(deps.journal, request),
    recipient: request.recipient,
    description: request.description,
    returnUrls: request.returnUrls && returnDoors(deps, payout, request.returnUrls),
    providerFields: request.providerFields,
    metadata: request.metadata,
    acceptedAt: payout.createdAt,
    callbackUrl: callbackDoor(deps, payout.account),
    providerOrderId: providerOrderIdIn(attempts),
  };
}
