import { PayoutInvalidError } from '../client/errors.js';
import type { Problem } from '../domain/problem.js';
import type { ApiKey } from '../journal/api-keys-port.js';

type Parsed<Request> =
  | { readonly ok: true; readonly request: Request }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * A body as the request it stands for; a merchant's key says by itself whose it is.
 *
 * @throws PayoutInvalidError with all problems at once
 */
export function readBody<Request>(
  body: unknown,
  caller: ApiKey,
  parse: (input: unknown) => Parsed<Request>,
): Request {
  const parsed = parse(withMerchant(body, caller));
  const found = [...(parsed.ok ? [] : parsed.problems), ...otherMerchant(body, caller)];
  if (!parsed.ok || found.length > 0) throw new PayoutInvalidError(found);
  return parsed.request;
}

function withMerchant(body: unknown, { merchant }: ApiKey): unknown {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return merchant !== undefined && isObject ? { ...body, merchant } : body;
}

function otherMerchant(body: unknown, { merchant }: ApiKey): Problem[] {
  if (merchant === undefined || typeof body !== 'object' || body === null || !('merchant' in body)) return [];
  if (body.merchant === undefined || body.merchant === merchant) return [];
  const remedy = 'Leave it out: the key says which merchant it is.';
  return [{ field: 'merchant', problem: 'is not the merchant of this API key', remedy }];
}
