/** Opens the two form fields of a request: whose it is, and what it says. 8b.world /pay §3.1 and §4. */
import { isObject, type JsonObject } from './fields.js';
import { Refusal } from './refusal.js';
import type { Settings, Shop } from './settings.js';
import { isSigned } from './signature.js';

/** What an arriving request claims, before any check. */
export interface Claimed {
  readonly data: string | undefined;
  readonly sign: string | undefined;
  readonly document: JsonObject | undefined;
}

export function claimedBy(body: unknown): Claimed {
  const fields = isObject(body) ? body : {};
  const data = typeof fields['data'] === 'string' ? fields['data'] : undefined;
  const sign = typeof fields['sign'] === 'string' ? fields['sign'] : undefined;
  return { data, sign, document: data === undefined ? undefined : open(data) };
}

/** @throws Refusal */
export function authenticate(
  { data, sign, document }: Claimed,
  { shops }: Settings,
): { readonly shop: Shop; readonly document: JsonObject } {
  if (data === undefined || sign === undefined)
    throw new Refusal('bad_request', 'data and sign are required', true);
  const apiKey = document?.['api_key'];
  const shop = typeof apiKey === 'string' ? shops.get(apiKey) : undefined;
  if (!document || !shop) throw new Refusal('unknown_shop', 'Unknown api_key', true);
  if (!isSigned(data, sign, shop.secretKey, shop.variant.signAlgorithm))
    throw new Refusal('invalid_sign', 'Invalid sign', true);
  return { shop, document };
}

/** Strict: a blank where a raw plus sign was is no base64. */
function open(data: string): JsonObject | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data) || data.length % 4 !== 0) return undefined;
  try {
    const document: unknown = JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}
