import type { FastifyRequest } from 'fastify';
import { PayoutInvalidError, PayoutNotFoundError } from '../client/errors.js';
import { keyActor } from '../domain/actor.js';
import type { MerchantId } from '../domain/ids.js';
import type { ApiKey } from '../journal/api-keys-port.js';
import type { Doer } from '../journal/audit/port.js';
import { UnauthorizedError } from './errors.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key that opened the door; absent on routes that need none. */
    apiKey: ApiKey | undefined;
  }
}

export function callerOf(request: FastifyRequest): ApiKey {
  if (!request.apiKey) throw new UnauthorizedError('This needs an API key.');
  return request.apiKey;
}

/** Who it was, and by which request, for the audit. */
export function doerOf(request: FastifyRequest): Doer {
  return { actor: keyActor(callerOf(request)), requestId: request.id };
}

/**
 * Whose payout or card is meant: a merchant's key says it by itself, one that acts for all must name one. To a
 * merchant's key those of others do not exist: the answer is given without a look at the journal, and so is the same
 * whatever is there.
 */
export function merchantOf(
  { merchant: own }: ApiKey,
  named: MerchantId | undefined,
  notFound: () => Error = noSuchPayout,
): MerchantId {
  if (own === undefined) {
    if (named !== undefined) return named;
    const remedy = 'This key acts for all merchants: say which one.';
    throw new PayoutInvalidError([{ field: 'merchant', problem: 'is missing', remedy }]);
  }
  if (named !== undefined && named !== own) throw notFound();
  return own;
}

/** Whose are listed: a key that acts for all may see one merchant's or everybody's. */
export function listedMerchant(
  { merchant: own }: ApiKey,
  named: MerchantId | undefined,
): MerchantId | undefined {
  if (own === undefined || named === undefined || named === own) return own ?? named;
  const remedy = 'Leave it out: the key says which merchant it is.';
  throw new PayoutInvalidError([
    { field: 'merchant', problem: 'is not the merchant of this API key', remedy },
  ]);
}

/** A key that acts for all must say whose it is, also when following an address that it was given. */
export function addressFor({ merchant: own }: ApiKey, path: string, merchant: MerchantId): string {
  return own === undefined ? `${path}?merchant=${merchant}` : path;
}

export function noSuchPayout(): PayoutNotFoundError {
  return new PayoutNotFoundError('There is no payout with this id. Check the id and the merchant.');
}
