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
  /**
   * The same for the same content, and readable in Temporal: hence by key alone, because phones and accounts can be
   * guessed. Absent: nothing names it.
   */
  readonly callName?: string | undefined;
}

export async function sealRequest(
  request: PayoutRequest | SealedPayoutRequest,
  keys: () => Promise<SealingKeys>,
  fingerprintKey: FingerprintKey | undefined,
): Promise<Outgoing> {
  const { destination } = request;
  if (destination.type !== 'card') {
    const open = { ...request, destination };
    const looks = visibleFingerprint(open);
    // Without a card, what is visible is all.
    return { request: open, content: { looks, exact: looks }, callName: nameOf(open, fingerprintKey) };
  }
  if ('sealed' in destination) {
    const sealed: SealedPayoutRequest = { ...request, destination };
    return { request: sealed, content: { looks: visibleFingerprint(sealed) } };
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
  const content = { looks: visibleFingerprint(sealed), ...(exact && { exact }) };
  return { request: sealed, content, callName: nameOf(clear, fingerprintKey) };
}

function nameOf(request: PayoutRequest, key: FingerprintKey | undefined): string | undefined {
  return key && contentFingerprint(key, request).slice(0, 32);
}
