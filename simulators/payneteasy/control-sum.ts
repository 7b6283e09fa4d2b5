/** The SHA-1 `control` of status questions, callbacks and final redirects. Payneteasy §4.3. */
import { createHash } from 'node:crypto';

export function sumOf(...parts: readonly string[]): string {
  return createHash('sha1').update(parts.join(''), 'utf8').digest('hex');
}

/** `login + client_orderid + orderid + merchant_control`. */
export function questionSum(
  { login, clientOrderId, orderId }: { login: string; clientOrderId: string; orderId: string },
  merchantControl: string,
): string {
  return sumOf(login, clientOrderId, orderId, merchantControl);
}

/** `status + orderid + client_orderid + merchant_control`. */
export function callbackSum(
  { status, orderId, clientOrderId }: { status: string; orderId: string; clientOrderId: string },
  merchantControl: string,
): string {
  return sumOf(status, orderId, clientOrderId, merchantControl);
}
