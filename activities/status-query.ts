import type { SealedPayoutRequest } from '../domain/payout-request.js';
import { mayHaveLeft, providerOrderIdIn, suspicionOf, type StoredPayout } from '../journal/port.js';
import type { StatusQuery } from '../providers/port.js';

/** What an adapter needs to ask about a payout. */
export function statusQueryOf({ payout, request, attempts }: StoredPayout): StatusQuery {
  // What provably never left cannot be found, and its absence says nothing.
  const sent = attempts.filter(mayHaveLeft);
  return {
    orderId: payout.orderId,
    amount: payout.amount,
    suspected: suspicionOf(sent),
    withheld: withheldWords(request),
    request,
    acceptedAt: payout.createdAt,
    providerOrderId: providerOrderIdIn(sent),
  };
}

/** What the provider's words must not carry into our records: the recipient's data. */
function withheldWords({ recipient, destination, providerFields }: SealedPayoutRequest): readonly string[] {
  const { type: _type, ...where } = destination;
  return Object.values({ ...recipient, ...where, ...providerFields }).filter(
    (value) => typeof value === 'string',
  );
}
