import type { CardToStore } from '../port.js';
import type { All2payConfig, SignedMethod } from './config.js';
import { serialise } from './requests.js';

interface StoreRequest {
  readonly method: SignedMethod;
  readonly body: Buffer;
}

/** `createTargetBindingId.do` or `createSourceBindingId.do` (All2pay payouts document §7a). */
export function storeRequest(card: CardToStore, config: All2payConfig): StoreRequest {
  return card.purpose === 'destination'
    ? { method: 'createTargetBindingId.do', body: serialise(commonFields(card, config)) }
    : { method: 'createSourceBindingId.do', body: sourceBody(card, config) };
}

function sourceBody(card: CardToStore, config: All2payConfig): Buffer {
  return serialise({
    ...commonFields(card, config),
    merchantLogin: config.merchantLogin,
    [config.cvvField]: card.card.cvv,
  });
}

/** `orderNumber` always: the table of the source method lacks it, its sample and its answer have it (§14 I5). */
function commonFields({ orderId, ownerId, card }: CardToStore, config: All2payConfig) {
  return {
    [config.bindingUserNameField]: config.userName,
    password: config.password,
    orderNumber: orderId,
    clientId: ownerId,
    pan: card.number,
    month: card.expiry && String(card.expiry.month).padStart(2, '0'),
    year: card.expiry && String(card.expiry.year),
    cardholderName: card.holder,
  };
}
