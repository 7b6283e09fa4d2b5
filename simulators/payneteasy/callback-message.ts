/** What a callback or a final redirect says. Payneteasy §8. */
import type { Order } from './order.js';
import { callbackSum } from './control-sum.js';
import type { Merchant } from './settings.js';
import { amountText, transactionType } from './status.js';

export type CallbackParams = Readonly<Record<string, string>>;

export interface CallbackTwist {
  /** Spoils the control. */
  readonly forged?: boolean | undefined;
  /** Leaves the control out. */
  readonly unsigned?: boolean | undefined;
  /** Says this instead of the truth. */
  readonly status?: string | undefined;
  /** Replaces or adds parameters, before the control is made. */
  readonly set?: Readonly<Record<string, string>> | undefined;
}

const FORGED = 'f0'.repeat(20);

export function callbackParams(order: Order, merchant: Merchant, twist: CallbackTwist = {}): CallbackParams {
  const { variant, merchantControl } = merchant;
  const type = variant.callbackType === 'said' ? transactionType(order, variant) : undefined;
  const status = twist.status ?? order.status;
  const params: Record<string, string> = {
    status,
    merchant_order: order.clientOrderId,
    client_orderid: order.clientOrderId,
    orderid: order.orderId,
    ...(type !== undefined && { type }),
    amount: amountText(order, variant),
    ...(order.errorCode !== undefined && twist.status === undefined && { error_code: order.errorCode }),
    ...(order.errorMessage !== undefined &&
      twist.status === undefined && { error_message: order.errorMessage }),
    ...twist.set,
  };
  if (twist.unsigned) return params;
  const { client_orderid: clientOrderId = '', orderid: orderId = '', status: said = '' } = params;
  const control = callbackSum({ status: said, orderId, clientOrderId }, merchantControl);
  return { ...params, control: twist.forged ? FORGED : control };
}

/** The parameters appended to an address that may have some of its own. */
export function callbackAddress(url: string, params: CallbackParams): string {
  return `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(params).toString()}`;
}

/** GET, and the HTTP status that the receiver answered; 0 if nobody answered. */
export async function sendCallback(
  url: string,
  params: CallbackParams,
  signal: AbortSignal,
): Promise<number> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    const answer = await fetch(callbackAddress(url, params), { redirect: 'manual', signal: limit });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
