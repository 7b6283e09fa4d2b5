import { maskCardNumber } from '../domain/card.js';
import type { PayoutRequest, SealedPayoutRequest } from '../domain/payout-request.js';
import { sealCard } from '../secrets/card-seal.js';
import { contentFingerprint, sealedFingerprint, type FingerprintKey } from '../secrets/fingerprint.js';
import type { SealingKeys } from '../secrets/sealing-keys.js';

/** A request ready to leave the caller: the card sealed, and a name for its content. */
export interface Outgoing {
  readonly request: SealedPayoutRequest;
  /**
   * Equal for equal content, so that Temporal itself answers a repeat from its record. Exact where the content can be
   * compared here: without a card, or with the fingerprint key. Otherwise a worker compares.
   */
  readonly contentId: string;
  readonly exact: boolean;
}

export async function sealRequest(
  request: PayoutRequest | SealedPayoutRequest,
  keys: () => Promise<SealingKeys>,
  fingerprintKey: FingerprintKey | undefined,
): Promise<Outgoing> {
  const { destination } = request;
  if (destination.type !== 'card' || 'sealed' in destination) {
    const sealed: SealedPayoutRequest = { ...request, destination };
    return {
      request: sealed,
      contentId: sealedFingerprint(sealed).slice(0, 32),
      exact: destination.type !== 'card',
    };
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
  const fingerprint = fingerprintKey ? contentFingerprint(fingerprintKey, clear) : sealedFingerprint(sealed);
  return { request: sealed, contentId: fingerprint.slice(0, 32), exact: fingerprintKey !== undefined };
}
