import type { AccountId, OrderId } from '../domain/ids.js';
import { openJson, sealJson, SealError, type Seal } from './seal.js';
import type { SealingKeys } from './sealing-keys.js';

/** Whose token it is: the order that left it behind. */
export interface TokenOwner {
  readonly account: AccountId;
  readonly orderId: OrderId;
}

/** Seals the token by which a payer's card can be charged again; copied to another order it does not open. */
export function sealPaymentToken(keys: SealingKeys, token: string, owner: TokenOwner): Promise<string> {
  return sealJson(keys, { token }, sealOf('payment-token', owner));
}

/** @throws SealError if no key opens it, or it was sealed for another order */
export async function openPaymentToken(
  keys: SealingKeys,
  sealed: string,
  owner: TokenOwner,
): Promise<string> {
  const content = await openJson(keys, sealed, sealOf('payment-token', owner));
  const token =
    typeof content === 'object' && content !== null && 'token' in content ? content.token : undefined;
  if (typeof token !== 'string' || token === '') throw new SealError('It does not hold a token');
  return token;
}

/** Seals the body of a payment's callback, which may hold a token: evidence for a dispute, readable to nobody else. */
export function sealCallbackBody(keys: SealingKeys, body: Uint8Array, owner: TokenOwner): Promise<string> {
  return sealJson(keys, { body: Buffer.from(body).toString('base64') }, sealOf('callback-body', owner));
}

/**
 * The body as it was received: for a dispute, by whoever holds the private key.
 *
 * @throws SealError if it was sealed for another order, by another key, or is no such body
 */
export async function openCallbackBody(
  keys: SealingKeys,
  sealed: string,
  owner: TokenOwner,
): Promise<Uint8Array> {
  const { body } = (await openJson(keys, sealed, sealOf('callback-body', owner))) as {
    readonly body?: unknown;
  };
  if (typeof body !== 'string') throw new SealError('It does not hold the body of a callback');
  return Buffer.from(body, 'base64');
}

function sealOf(typ: 'payment-token' | 'callback-body', { account, orderId }: TokenOwner): Seal {
  return { typ, boundTo: ['order', `${account}:${orderId}`] };
}
