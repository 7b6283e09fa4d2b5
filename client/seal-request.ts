import { maskCardNumber } from '../domain/card.js';
import type { PayoutRequest, SealedPayoutRequest } from '../domain/payout-request.js';
import { sealCard } from '../secrets/card-seal.js';
import { contentFingerprint, visibleFingerprint, type FingerprintKey } from '../secrets/fingerprint.js';
import type { SealingKeys } from '../secrets/sealing-keys.js';
import type { ContentId } from '../workflows/messages.js';

/** A request ready to leave the caller: the card sealed, and its content named. */
export interface Outgoing {
  readonly request: SealedPayoutRequest;
  readonly content: ContentId;
}

export async function sealRequest(
  request: PayoutRequest | SealedPayoutRequest,
  keys: () => Promise<SealingKeys>,
  fingerprintKey: FingerprintKey | undefined,
): Promise<Outgoing> {
  const { destination } = request;
  if (destination.type !== 'card' || 'sealed' in destination) {
    const sealed: SealedPayoutRequest = { ...request, destination };
    const looks = visibleFingerprint(sealed);
    // Without a card, what is visible is all.
    return { request: sealed, content: destination.type === 'card' ? { looks } : { looks, exact: looks } };
  }
  const { number } = destination;
  const clear: PayoutRequest = { ...request, destination };
  const sealed: SealedPayoutRequest = {
    ...request,
    destination: {
      type: 'card',
      sealed: await sealCard(await keys(), number, request),
      masked: maskCardNumber(number),
    },
  };
  const exact = fingerprintKey && contentFingerprint(fingerprintKey, clear);
  return { request: sealed, content: { looks: visibleFingerprint(sealed), ...(exact && { exact }) } };
}
