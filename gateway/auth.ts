import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PayoutInvalidError, PayoutNotFoundError } from '../client/errors.js';
import type { MerchantId } from '../domain/ids.js';
import type { ApiKey, ApiKeys } from '../journal/port.js';
import { ForbiddenError, UnauthorizedError } from './errors.js';
import type { GatewayMetrics } from './metrics.js';

/** How long a good key is believed without asking the journal: the longest that a revoked one still works. */
const BELIEVED_MS = 3_000;
const MAX_BELIEVED = 1_000;
const MAX_SECRET = 200;

declare module 'fastify' {
  interface FastifyRequest {
    /** The key that opened the door; absent on routes that need none. */
    apiKey: ApiKey | undefined;
  }
}

/** Who is behind a request. */
export interface Auth {
  /** Every route of this plugin needs a good key. */
  protect(app: FastifyInstance): void;
  /** Call after a revocation, so that it works at once in this process. */
  forget(): void;
  /** @throws ForbiddenError for a merchant's key */
  requireOperator(request: FastifyRequest): ApiKey;
}

export function createAuth(apiKeys: ApiKeys, metrics: GatewayMetrics): Auth {
  const believed = new Map<string, { readonly key: ApiKey; readonly until: number }>();

  async function keyOf(header: string | undefined): Promise<ApiKey> {
    const secret = /^Bearer +([^\s]+) *$/i.exec(header ?? '')?.[1];
    if (secret === undefined) {
      metrics.authRefused('missing');
      throw new UnauthorizedError('Send the header "Authorization: Bearer payk_…" with an API key.');
    }
    const key = secret.length <= MAX_SECRET ? await verify(secret) : undefined;
    if (!key) {
      metrics.authRefused('unknown');
      throw new UnauthorizedError('The API key is unknown or revoked. Ask an operator for one.');
    }
    return key;
  }

  async function verify(secret: string): Promise<ApiKey | undefined> {
    const digest = createHash('sha256').update(secret).digest('base64');
    const now = performance.now();
    const known = believed.get(digest);
    if (known && known.until > now) return known.key;
    believed.delete(digest);
    const key = await apiKeys.verify(secret);
    if (!key || key.revokedAt !== undefined) return undefined;
    if (believed.size >= MAX_BELIEVED) believed.clear();
    believed.set(digest, { key, until: now + BELIEVED_MS });
    return key;
  }

  return {
    protect(app) {
      app.decorateRequest('apiKey', undefined);
      app.addHook('onRequest', async (request) => {
        request.apiKey = await keyOf(request.headers.authorization);
      });
    },
    forget: () => believed.clear(),
    requireOperator(request) {
      const key = callerOf(request);
      if (key.role === 'operator') return key;
      metrics.authRefused('role');
      throw new ForbiddenError('Only an operator may do this. Use the key of an operator.');
    },
  };
}

export function callerOf(request: FastifyRequest): ApiKey {
  if (!request.apiKey) throw new UnauthorizedError('This needs an API key.');
  return request.apiKey;
}

/** Who it was, for the history: `operator:<name>` or `merchant:<id>`. */
export function actorOf(key: ApiKey): string {
  return key.role === 'operator' ? `operator:${key.name}` : `merchant:${ownMerchant(key)}`;
}

/**
 * Whose payout or card is meant: a merchant's key says it by itself, an operator must name one. To a merchant's key
 * those of others do not exist.
 */
export function merchantOf(
  key: ApiKey,
  named: MerchantId | undefined,
  notFound: () => Error = noSuchPayout,
): MerchantId {
  if (key.role === 'operator') {
    if (named !== undefined) return named;
    const remedy = "An operator's key acts for all merchants: say which one.";
    throw new PayoutInvalidError([{ field: 'merchant', problem: 'is missing', remedy }]);
  }
  const own = ownMerchant(key);
  if (named !== undefined && named !== own) throw notFound();
  return own;
}

/** Whose are listed: an operator may see one merchant's or everybody's. */
export function listedMerchant(caller: ApiKey, named: MerchantId | undefined): MerchantId | undefined {
  if (caller.role === 'operator') return named;
  const own = ownMerchant(caller);
  if (named === undefined || named === own) return own;
  const remedy = 'Leave it out: the key says which merchant it is.';
  throw new PayoutInvalidError([
    { field: 'merchant', problem: 'is not the merchant of this API key', remedy },
  ]);
}

export function ownMerchant(key: ApiKey): MerchantId {
  if (key.merchant !== undefined) return key.merchant;
  throw new ForbiddenError('This API key belongs to no merchant. Ask an operator for another one.');
}

export function noSuchPayout(): PayoutNotFoundError {
  return new PayoutNotFoundError('There is no payout with this id. Check the id and the merchant.');
}
