import { CURRENCIES } from '../../domain/currencies.js';
import type { OrderId } from '../../domain/ids.js';
import type { Order } from '../port.js';
import { clientOf } from './client-fields.js';
import type { All2payConfig } from './config.js';

type Json = string | number | { readonly [field: string]: Json | undefined };
type Credentials = Pick<All2payConfig, 'userName' | 'password'>;
export type JsonObject = Readonly<Record<string, Json | undefined>>;

/**
 * `POST /performPayout.do` (All2pay payouts document §6): registers and executes in one call. With `seToken` that
 * stands for the card (§8).
 */
export function performPayoutBody(order: Order, config: All2payConfig, seToken?: string): Buffer {
  const target = seToken === undefined ? targetOf(order, config) : { seToken };
  return serialise({ ...commonFields(order, config), target });
}

/** `POST /registerPayout.do` (§5): answers with the page, which executes. */
export function registerPayoutBody(order: Order, config: All2payConfig): Buffer {
  if (order.returnUrls === undefined) throw new Error('A hosted page needs return URLs');
  const { success, failure = success } = order.returnUrls;
  return serialise({
    ...commonFields(order, config),
    sessionTimeoutSecs: config.sessionTimeoutSecs,
    // Both are always sent: that the page falls back to returnUrl is an assumption (§5).
    urls: { returnUrl: success, failUrl: failure },
  });
}

/** `POST /getPayoutStatus.do` (§6.1), always by our own order number; also for the storing of a card. */
export function statusBody(orderNumber: OrderId, { userName, password }: Credentials): Buffer {
  return serialise({ userName, password, orderNumber, language: 'en' });
}

function commonFields(order: Order, config: All2payConfig): JsonObject {
  const { userName, password, merchantLogin } = config;
  return {
    userName,
    password,
    merchantLogin,
    orderNumber: order.orderId,
    amount: order.amount.minor,
    currency: CURRENCIES[order.amount.currency].numeric,
    description: order.description,
    // The error table's texts are English (§11.2 rule 1).
    language: 'en',
    client: clientOf(order, config),
    // Absent: the account's own funds (§3).
    source: order.source && { bindingId: order.source.providerCardId },
    jsonParams: order.metadata,
  };
}

/** Exactly one variant (§3). */
function targetOf({ destination, recipient }: Order, { panPath }: All2payConfig): JsonObject {
  switch (destination.type) {
    case 'card':
      return panPath === 'target.pan' ? { pan: destination.number } : { card: { pan: destination.number } };
    case 'stored_card':
      return { bindingId: destination.storedCardId };
    case 'phone':
      return {
        phone: destination.phone,
        bankId: destination.bankId,
        lastName: recipient?.lastName,
        firstName: recipient?.firstName,
        middleName: recipient?.middleName,
      };
    default:
      throw new Error(`performPayout.do cannot pay to a ${destination.type}`);
  }
}

/** Minified, once: these bytes are fingerprinted, and these bytes leave. */
export function serialise(body: JsonObject): Buffer {
  return Buffer.from(JSON.stringify(body), 'utf8');
}
