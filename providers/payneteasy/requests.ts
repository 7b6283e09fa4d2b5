import type { OrderId } from '../../domain/ids.js';
import type { Order } from '../port.js';
import { wireAmount } from './amounts.js';
import type { PayneteasyConfig } from './config.js';
import { statusControl } from './control.js';
import { formBody, type FormBody } from './form-body.js';
import { payoutFields } from './payout-fields.js';

/**
 * `payout`, `payout-by-ref` and `payout-check` take the same fields (Payneteasy §6.1 to §6.3). The same order gives the
 * same bytes, always: time and nonce are in the Authorization header alone.
 */
export function payoutBody(order: Order, config: PayneteasyConfig): FormBody {
  const { orderIdField, callbackField } = config;
  return formBody({
    [orderIdField]: order.orderId,
    amount: wireAmount(order.amount),
    currency: order.amount.currency,
    ...Object.fromEntries(payoutFields(order, config).map(({ name, value }) => [name, value])),
    ...(callbackField !== 'none' && { [callbackField]: order.callbackUrl }),
  });
}

/** `payout-pay` (§6.4). */
export function payBody(orderId: OrderId, providerOrderId: string, { login }: PayneteasyConfig): FormBody {
  return formBody({ client_orderid: orderId, orderid: providerOrderId, login });
}

/** What is asked about: our own id, and theirs once it is known (§6.5). */
export interface AskedAbout {
  readonly orderId: OrderId;
  readonly providerOrderId?: string | undefined;
}

/** `status`: v2 carries a control, v4 is signed as a whole (§6.5). */
export function statusBody({ orderId, providerOrderId }: AskedAbout, config: PayneteasyConfig): FormBody {
  const { login, merchantControl, statusVersion } = config;
  const asked = { login, client_orderid: orderId, orderid: providerOrderId };
  if (statusVersion === 'v4') return formBody(asked);
  const parts = { login, clientOrderId: orderId, orderId: providerOrderId };
  return formBody({ ...asked, control: statusControl(parts, merchantControl) });
}
