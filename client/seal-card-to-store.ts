import { PayoutInvalidError } from './errors.js';
import type { KeepSecret } from './one-time-secrets.js';
import { maskCardNumber } from '../domain/card.js';
import type { SealedStoreCardRequest, StoreCardRequest } from '../domain/stored-card.js';
import { sealCardToStore, sealCvv } from '../secrets/stored-card-seal.js';
import type { SealingKeys } from '../secrets/sealing-keys.js';

/**
 * A request ready to leave the caller: the card in one seal, the CVV in another that waits elsewhere for its one use.
 *
 * @throws PayoutInvalidError if there is a CVV and nowhere to keep it
 */
export async function sealCardOf(
  request: StoreCardRequest | SealedStoreCardRequest,
  keys: () => Promise<SealingKeys>,
  keepSecret: KeepSecret | undefined,
): Promise<SealedStoreCardRequest> {
  const { card } = request;
  if ('sealed' in card) return { ...request, card };
  const { cvv, ...rest } = card;
  if (cvv !== undefined && !keepSecret) throw nowhereToKeep();
  const sealingKeys = await keys();
  const sealed = await sealCardToStore(sealingKeys, rest, request);
  const cvvSecretId =
    cvv === undefined ? undefined : await keepSecret?.(await sealCvv(sealingKeys, cvv, request));
  return {
    ...request,
    card: {
      sealed,
      masked: maskCardNumber(card.number),
      ...(cvvSecretId !== undefined && { cvvSecretId }),
    },
  };
}

function nowhereToKeep(): PayoutInvalidError {
  const remedy =
    'A CVV never goes through Temporal: give createPayoutClient the option oneTimeSecrets with gatewayUrl and apiKey.';
  return new PayoutInvalidError([
    { field: 'card.cvv', problem: 'cannot be handed over by this client', remedy },
  ]);
}
