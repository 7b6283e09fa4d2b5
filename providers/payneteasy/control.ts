import { createHash, timingSafeEqual } from 'node:crypto';

/** What a v2 status request's `control` covers (Payneteasy §4.3); `orderid` is empty where we never learned it. */
export interface StatusParts {
  readonly login: string;
  readonly clientOrderId: string;
  readonly orderId?: string | undefined;
}

/** What the `control` of a callback and of the final redirect covers: neither amount, nor type, nor error. */
export interface CallbackParts {
  readonly status: string;
  readonly orderId: string;
  readonly clientOrderId: string;
}

/** `SHA1(login + client_orderid + orderid + merchant_control)`. */
export function statusControl(
  { login, clientOrderId, orderId = '' }: StatusParts,
  merchantControl: string,
): string {
  return sha1(`${login}${clientOrderId}${orderId}${merchantControl}`);
}

/** `SHA1(status + orderid + client_orderid + merchant_control)`; the vendor's library takes the status in lower case. */
export function callbackControl(parts: CallbackParts, merchantControl: string): string {
  const { status, orderId, clientOrderId } = parts;
  return sha1(`${status.toLowerCase()}${orderId}${clientOrderId}${merchantControl}`);
}

/** In constant time; the length of a control is no secret. */
export function isSameControl(theirs: string, ours: string): boolean {
  const [a, b] = [Buffer.from(theirs, 'utf8'), Buffer.from(ours, 'utf8')];
  return a.length === b.length && timingSafeEqual(a, b);
}

function sha1(text: string): string {
  return createHash('sha1').update(text, 'utf8').digest('hex');
}
