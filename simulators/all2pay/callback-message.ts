/** What a callback says and how it leaves. All2pay payouts document §13. */
import { callbackChecksum } from './callback-checksum.js';
import type { Order } from './order.js';
import type { CallbackSettings } from './settings.js';

export interface CallbackTwist {
  /** Spoils the checksum; without a secret, invents one. */
  readonly forged?: boolean | undefined;
  /** Says this instead of the truth. */
  readonly status?: '0' | '1' | undefined;
}

export type CallbackParams = Readonly<Record<string, string>>;

const FORGED = 'F0'.repeat(32);

export function callbackParams(
  order: Order,
  settings: CallbackSettings,
  twist: CallbackTwist = {},
): CallbackParams {
  const params: Record<string, string> = {
    // The bank's id, not the payouts module's: a receiver must go by orderNumber.
    mdOrder: order.bankOrderId,
    orderNumber: order.orderNumber,
    operation: 'deposited',
    status: twist.status ?? (order.status === '2' ? '1' : '0'),
  };
  if (settings.extras.includes('amount')) params['amount'] = String(order.amount);
  if (settings.extras.includes('callbackCreationDate'))
    params['callbackCreationDate'] = new Date().toUTCString();
  if (settings.secret !== undefined) params['checksum'] = callbackChecksum(params, settings.secret);
  if (twist.forged) params['checksum'] = FORGED;
  return params;
}

/** The HTTP status that the receiver answered; 0 if nobody answered. */
export async function sendCallback(
  params: CallbackParams,
  { url, method }: CallbackSettings,
  signal: AbortSignal,
): Promise<number> {
  const query = new URLSearchParams(params).toString();
  const address = method === 'GET' ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url;
  const body = method === 'POST' ? { body: new URLSearchParams(params) } : {};
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    const answer = await fetch(address, { method, redirect: 'manual', signal: limit, ...body });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
